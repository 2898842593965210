/** What a provider can do wrong, on command and by seed. */
export const FAULT_MODES = [
  ...(['error500', 'status401', 'status429', 'hang', 'drip', 'garbage', 'truncated', 'huge'] as const),
  ...(['negative_price', 'absurd', 'slow', 'stock_out'] as const),
] as const;

export interface Fault {
  mode: (typeof FAULT_MODES)[number];
  /** Share of data calls it hits; 1 by default. */
  probability?: number;
  /** How often it hits before it is gone; without end by default. */
  count?: number;
  /** For `slow`. */
  ms?: number;
}

export interface Latency {
  medianMs: number;
  p99Ms: number;
}

/** A seeded generator of numbers in [0, 1) (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** z of the 99th percentile of a normal distribution. */
const Z99 = 2.326;

/** A lognormal delay in ms with the given median and 99th percentile; 0 for a median of 0. */
export function delayMs({ medianMs, p99Ms }: Latency, random: () => number): number {
  if (medianMs === 0) return 0;
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return medianMs * Math.exp((Math.log(Math.max(1, p99Ms / medianMs)) / Z99) * normal);
}

const PRICES = /("(?:price|salePrice|msrp|regular|promo|original_price)":)-?\d+(?:\.\d+)?/g;
const EMPTIED = /("(?:data|items|products)":)\[.*\]/s;

/** The reply's JSON text with a fault put into it; null where the mode is not one of content. */
export function spoil(mode: Fault['mode'], json: string): string | null {
  switch (mode) {
    case 'garbage':
      return '<html><body>Service temporarily odd</body></html>';
    case 'truncated':
      return json.slice(0, Math.floor(json.length / 2));
    case 'negative_price':
      return json.replace(PRICES, '$1-5');
    case 'absurd':
      return json.replace(PRICES, (_all, key: string) => `${key}1e309`);
    case 'stock_out':
      return json.replace(EMPTIED, '$1[]');
    default:
      return null;
  }
}
