import type { Told } from '../deciding/observation.js';

/** What is the same as at most so long ago is no news: when it was last seen is known to within this. */
const NEWS_AFTER_MS = 10 * 60_000;
const MOST = 50_000;

type Price = Told & { tenantId: string };

/**
 * The prices that this process kept lately, so that the same quote again and again costs nothing. It may be behind another process's; what
 * it leaves out is kept when it comes again a few minutes later.
 */
export class RecentPrices {
  private readonly kept = new Map<string, { price: string; at: number }>();

  isNews(told: Price): boolean {
    const before = this.kept.get(placeOf(told));
    return before?.price !== priceOf(told) || Date.parse(told.at) - before.at > NEWS_AFTER_MS;
  }

  keep(told: Price): void {
    const place = placeOf(told);
    this.kept.delete(place);
    this.kept.set(place, { price: priceOf(told), at: Date.parse(told.at) });
    if (this.kept.size > MOST) this.kept.delete(this.kept.keys().next().value!);
  }
}

const placeOf = ({ tenantId, productKey, storeKey, kind }: Price): string =>
  `${tenantId} ${productKey} ${storeKey} ${kind}`;
const priceOf = ({ cents, currency, amount, unit }: Price): string => `${cents} ${currency} ${amount} ${unit}`;
