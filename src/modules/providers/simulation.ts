import type { SourceId } from './provider.js';

/** Sources of words, figures and music are simulated like the others and never asked for a quote. */
export type SimulatedId = SourceId | 'ANTHROPIC' | 'USDA' | 'SPOTIFY';

/** What a provider's simulator is given and answers. Plain data: the HTTP server around it is in simulator/. */
export interface SimulatedRequest {
  method: string;
  /** Below the provider's mount, with a leading slash. */
  path: string;
  query: URLSearchParams;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface SimulatedReply {
  status: number;
  /** An object is sent as JSON, a string as it stands, null without a body. */
  body: unknown;
  headers?: Readonly<Record<string, string>>;
}

export interface SimulatedProduct {
  id: string;
  /** 12 digits. */
  gtin: string;
  name: string;
  brand: string;
  department: string;
  aisle: string;
  soldBy: 'weight' | 'each';
  sizeText: string;
  priceCents: number;
  salePriceCents: number | null;
  inStock: boolean;
}

export interface SimulatedWorld {
  /** Best lexical matches in one store of the catalogue: valuemart, freshway, greenleaf or bulkbarn. */
  search(store: string, term: string, limit: number): SimulatedProduct[];
  find(store: string, productId: string): SimulatedProduct | undefined;
  /** By its 12 digits. */
  findGtin(store: string, gtin: string): SimulatedProduct | undefined;
  /** The simulator's clock: lives of tokens, quotas and prices follow it, and it may stand still or be moved on. */
  nowMs(): number;
  /** The host's clock, by which signatures are judged: moving the other one must not refuse an honest caller. */
  wallMs(): number;
  /** A fresh name of 32 hex digits for a token or an order; the same one for the same seed and the same order of asking. */
  freshId(): string;
  /** False once `limit` calls of `bucket` were made in a window that began with its first. Always true while limits are off. */
  allows(bucket: string, limit: number, windowMs: number): boolean;
}

/** One provider's dialect: its paths, auth, fields, errors and limits. Called once per request; may keep state (tokens, orders). */
export interface ProviderSimulator {
  readonly id: SimulatedId;
  /** Paths of token, store and address look-ups; all others are what a quote is made of. */
  readonly auxiliary: RegExp;
  respond(request: SimulatedRequest, world: SimulatedWorld): SimulatedReply;
  /** How they word a refusal with this status (400 to 599), for faults on command. */
  refusal(status: number, world: SimulatedWorld): SimulatedReply;
}

export const DAY_MS = 24 * 3_600_000;
