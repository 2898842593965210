import type { CartLine } from '../../providers/provider.js';
import { ASSUMED, UNKNOWN_MINUTES } from './contender.js';
import type { SeenLately } from './policy.js';

/** One quote as the track record needs it; `lines` gives the price of each served line of `items`, in cents, by its id. */
export interface PastQuote {
  providerId: string;
  items: readonly CartLine[];
  lines: readonly { lineId: string; cents: number | null }[];
  deliveryCents: number | null;
  feesCents: number | null;
  taxCents: number | null;
  minutes: number | null;
}

/** How a provider answered lately. */
export interface TrackRecord {
  answers: number;
  usable: number;
  seen: ((items: readonly CartLine[]) => SeenLately | null) | null;
}

/** Fewer quotes than this tell nothing of what else a provider may answer. */
export const ENOUGH_QUOTES = 50;
/** It may become this much better than the best it was seen with: prices to 85 %, times to three quarters. */
const BEST_PRICE = 0.85;
const BEST_TIME = 0.75;
const MOST_LINES = 20_000;

/**
 * What one provider was seen with: the lowest price of every line as it was asked for, its shortest time, and which parts of a price it
 * has never told. It forgets the lines not heard of for longest.
 */
export class Seen {
  private quotes = 0;
  private minutes = Infinity;
  private readonly told = { delivery: false, fees: false, tax: false };
  private readonly lowest = new Map<string, number>();

  learn(quote: PastQuote): void {
    this.quotes++;
    this.minutes = Math.min(this.minutes, quote.minutes ?? UNKNOWN_MINUTES);
    this.told.delivery ||= quote.deliveryCents !== null;
    this.told.fees ||= quote.feesCents !== null;
    this.told.tax ||= quote.taxCents !== null;
    const asked = new Map(quote.items.map((item) => [item.id, item]));
    for (const { lineId, cents } of quote.lines) {
      const item = asked.get(lineId);
      if (item && cents !== null) this.learnPrice(keyOf(item), cents);
    }
  }

  /** The best that it is expected to answer for a cart, or null while too little is known of it. */
  bestFor(items: readonly CartLine[]): SeenLately | null {
    if (this.quotes < ENOUGH_QUOTES) return null;
    const itemsCents = items.reduce((sum, item) => sum + (this.lowest.get(keyOf(item)) ?? 0), 0) * BEST_PRICE;
    const bps = (this.told.fees ? 0 : ASSUMED.feesBps) + (this.told.tax ? 0 : ASSUMED.taxBps);
    const cents = itemsCents * (1 + bps / 10_000) + (this.told.delivery ? 0 : ASSUMED.deliveryCents);
    const minutes = this.minutes === UNKNOWN_MINUTES ? UNKNOWN_MINUTES : this.minutes * BEST_TIME;
    return { comparedAtLeastCents: Math.max(1, Math.floor(cents)), minutesAtLeast: Math.floor(minutes) };
  }

  private learnPrice(key: string, cents: number): void {
    const before = this.lowest.get(key) ?? Infinity;
    this.lowest.delete(key);
    this.lowest.set(key, Math.min(before, cents));
    if (this.lowest.size > MOST_LINES) this.lowest.delete(this.lowest.keys().next().value!);
  }
}

const keyOf = ({ id: _id, name, quantity, unit, ...wishes }: CartLine): string =>
  JSON.stringify([name, quantity, unit, wishes]);
