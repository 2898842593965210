import type { z } from 'zod';

/** What a provider can do; served by `GET /v1/providers`. */
export interface ProviderCapabilities {
  quotes: boolean;
  links: boolean;
  offers: boolean;
  orders: boolean;
  feesKnown: boolean;
  deliveryTimeKnown: boolean;
}

/** What the calls of a quote count against, unless the adapter says otherwise. */
export const MAIN_CALLS = 'main';

/** One part of what opens a provider. */
export interface Credential {
  /** As its adapter reads it, e.g. `clientId`. */
  readonly part: string;
  /** As operators set it, in the environment or while the product runs, e.g. `KROGER_CLIENT_ID`. It begins with the card's prefix. */
  readonly variable: string;
  /** Described, and optional unless it has a default. Its value is a secret: it is sealed where it is kept, and never shown. */
  readonly schema: z.ZodType<string | undefined>;
}

/**
 * All that is known of a provider without asking it, as plain data that costs nothing to import. Its variables, switches, limits and what
 * the simulator accepts come from here, and nobody else lists them.
 */
export interface Card {
  /** In answers, stored rows and logs; never changed once it is in use. */
  readonly id: string;
  /** In its variables (`LOOPGPT_ENABLE_<prefix>`, `<prefix>_BASE_URL` …); in lower case and with hyphens it is the name of its folder. */
  readonly prefix: string;
  /** As operators know it, e.g. "Walmart Direct". */
  readonly name: string;
  /** Only those of `offers` are never asked for a quote; for `direct` ones operators may set a boost. */
  readonly kind: 'direct' | 'aggregator' | 'offers';
  /** 0..100, larger is preferred; the seed's scale. */
  readonly priority: number;
  readonly capabilities: ProviderCapabilities;
  /** Expected commission in basis points of the items total; null when the provider pays none that we know of. */
  readonly commissionBps: number | null;
  /** How long it is waited for, unless an operator says otherwise. */
  readonly timeoutMs: number;
  /** What its terms allow a day on the real host, by what a call counts against (`MAIN_CALLS` is a quote's own); others have no limit. */
  readonly callsPerDay: Readonly<Record<string, number>>;
  /** Its hosts by the value of `<prefix>_ENV`, a variable that is there only where `hostsAbout` says what for. */
  readonly hosts: Readonly<Record<string, string>> & { readonly production: string };
  readonly hostsAbout?: string;
  /** Of every path, below the host; "" for none. */
  readonly basePath: string;
  readonly credentials: readonly Credential[];
  /** What the simulator accepts, by part. No secrets: they open nothing else. */
  readonly simulatedCredentials: Readonly<Record<string, string>>;
}
