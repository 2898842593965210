/** What every price is told by: what was asked for how much of it. Pure. */

export const PRICE_KINDS = ['paid', 'shelf', 'quoted', 'clearance', 'manual'] as const;
export type PriceKind = (typeof PRICE_KINDS)[number];

export const BASE_UNITS = ['g', 'ml', 'each'] as const;
export type BaseUnit = (typeof BASE_UNITS)[number];

/** So many grams, millilitres or pieces. */
export interface Pack {
  amount: number;
  unit: BaseUnit;
}

/** An observation as it is judged by. Days are ISO dates, prices in the smallest unit of the currency. */
export interface Seen extends Pack {
  id: string;
  kind: PriceKind;
  storeKey: string;
  observedOn: string;
  /** The last day on which it was still so. */
  lastSeenOn: string;
  cents: number;
  currency: string;
  /** Millionths of a cent for one g, ml or piece: what prices of different packs are compared by. */
  unitMicros: number;
  source: string;
  sourceRef: string;
}

/** A price as it is told: `cents` may be a fraction of one, `at` is RFC 3339. */
export interface Told extends Pack {
  productKey: string;
  storeKey: string;
  kind: PriceKind;
  observedOn: string;
  at: string;
  cents: number;
  currency: string;
  regularCents: number | null;
  source: string;
  sourceRef: string;
  /** Where the shop is, where who told it knows; kept nowhere. */
  place?: { latitude: number; longitude: number } | null;
}

/** Millionths of a cent for one of the base. `cents` may be a fraction, as of two for 5.01. */
export const unitMicrosOf = (cents: number, { amount }: Pack): number => Math.round((cents * 1e6) / amount);

/** What so much costs at a price of the base, in whole cents. */
export const centsFor = (unitMicros: number, { amount }: Pack): number => Math.round((unitMicros * amount) / 1e6);

/** A price as it is stored. `lastSeen`: RFC 3339. */
export interface Priced extends Pack {
  id: string;
  productKey: string;
  storeKey: string;
  kind: PriceKind;
  observedOn: string;
  lastSeen: string;
  cents: number;
  currency: string;
  unitMicros: number;
  /** Where the shop is, of a price that is being stored. */
  place?: { latitude: number; longitude: number } | null;
}
