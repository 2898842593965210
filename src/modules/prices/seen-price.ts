import type { Pack, PriceKind } from './deciding/observation.js';

/** A price as it was seen, for who asks what something costs. */
export interface SeenPrice extends Pack {
  productKey: string;
  storeKey: string;
  kind: PriceKind;
  observedOn: string;
  lastSeenOn: string;
  cents: number;
  regularCents: number | null;
  currency: string;
  source: string;
}
