import type { ProviderId } from './provider.js';

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
  nowMs(): number;
}

/** One provider's dialect: its paths, auth, fields, errors and limits. Called once per request; may keep state (tokens, counters). */
export interface ProviderSimulator {
  readonly id: ProviderId;
  respond(request: SimulatedRequest, world: SimulatedWorld): SimulatedReply;
}
