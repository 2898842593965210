import { z } from 'zod';

/** Faults that are an HTTP status. */
export const FAULT_STATUSES = {
  status400: 400,
  status401: 401,
  status403: 403,
  status404: 404,
  status429: 429,
  error500: 500,
  error503: 503,
  overloaded529: 529,
} as const;

/** Faults of the line: what comes is right but never, slowly, not whole or far too much. */
const OF_THE_LINE = ['hang', 'slow', 'drip', 'reset', 'huge', 'million_items', 'gzip_bomb'] as const;

/** Faults of content: an answer with 200 that says something odd. `echo` is a 400 that repeats the caller's headers and body. */
const OF_CONTENT = [
  ...(['garbage', 'truncated', 'nan', 'absurd', 'negative_price', 'wrong_currency', 'wrong_types'] as const),
  ...(['stock_out', 'unfit_text', 'echo'] as const),
] as const;

/** Faults of a language model's answer: the message is well-formed and what it says is not. */
const OF_WORDS = ['refusal', 'cut_short', 'nonsense', 'unknown_ids', 'injected'] as const;

/** What a provider can do wrong, on command and by seed. */
export const FAULT_MODES = [
  ...(Object.keys(FAULT_STATUSES) as (keyof typeof FAULT_STATUSES)[]),
  ...OF_THE_LINE,
  ...OF_CONTENT,
  ...OF_WORDS,
] as const;

export const Fault = z.strictObject({
  mode: z.enum(FAULT_MODES),
  /** Share of calls it hits; 1 by default. */
  probability: z.number().min(0).max(1).optional(),
  /** How often it hits before it is gone; without end by default. */
  count: z.int().positive().optional(),
  /** For `slow`. */
  ms: z.number().nonnegative().optional(),
  /** Which calls it hits: those a quote is made of (the default), the look-ups around them, or all. */
  on: z.enum(['data', 'auxiliary', 'all']).optional(),
});
export type Fault = z.infer<typeof Fault>;

const PRICE_KEYS = 'price|salePrice|msrp|regular|promo|original_price|newPrice|originalPrice';
const PRICES = new RegExp(`("(?:${PRICE_KEYS})":)-?\\d+(?:\\.\\d+)?`, 'g');
const CURRENCY = /("currency":)"[A-Z]{3}"/g;
const NAMES = /("(?:name|title|description|brand)":")([^"\\]*)"/g;
const EMPTIED: ReadonlySet<string> = new Set(['data', 'items', 'products', 'clearances']);

/** The reply's JSON text with a fault put into it; null where the mode is not one of content. */
export function spoil(mode: Fault['mode'], json: string): string | null {
  const priced = (value: string) => json.replace(PRICES, (_all, key: string) => key + value);
  switch (mode) {
    case 'garbage':
      return '<html><body>Service temporarily odd</body></html>';
    case 'truncated':
      return json.slice(0, Math.floor(json.length / 2));
    case 'nan':
      return json.search(PRICES) < 0 ? 'NaN' : priced('NaN');
    case 'negative_price':
      return priced('-5');
    case 'absurd':
      return priced('1e309');
    case 'wrong_currency':
      return json.search(CURRENCY) < 0
        ? json.replace(PRICES, (all: string) => `"currency":"EUR",${all}`)
        : json.replace(CURRENCY, '$1"EUR"');
    case 'wrong_types':
      return json.replace(/:"[^"]*"/g, ':{"odd":[1,2]}');
    case 'unfit_text':
      return json.replace(NAMES, '$1\\u0000\\u0007$2 \\ud83e"');
    case 'stock_out':
      return /^[[{]/.test(json) ? JSON.stringify(JSON.parse(json), soldOut) : null;
    default:
      return null;
  }
}

function soldOut(key: string, value: unknown): unknown {
  return EMPTIED.has(key) && Array.isArray(value) ? [] : value;
}
