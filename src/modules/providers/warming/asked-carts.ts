import { Injectable } from '@nestjs/common';
import type { Connected } from '../calling/connections.js';
import type { ProviderAnswer, ProviderId, QuoteRequest } from '../provider.js';
import { QuoteCache, quoteKey } from '../quote-cache.js';
import { Popularity } from './popularity.js';

const HALF_LIFE_MS = 10 * 60_000;
/** With their lines and addresses some MB. */
const MOST = 2000;
/** A longer cart is seldom asked for twice, and dear to ask. */
const MOST_LINES = 40;

/** A cart at one provider. */
export interface AskedCart {
  key: string;
  providerId: ProviderId;
  request: QuoteRequest;
  /** That its last asking took, at least one. */
  calls: number;
}

/** The carts that this process was asked for of late, and until when their quotes are kept. In memory alone. */
@Injectable()
export class AskedCarts {
  private readonly popularity = new Popularity<AskedCart>(HALF_LIFE_MS, MOST);
  private readonly keptUntil = new Map<string, number>();

  constructor(private readonly quoteCache: QuoteCache) {}

  /** Somebody asked, and was answered. */
  answered(connected: Connected, request: QuoteRequest, answer: ProviderAnswer): void {
    if (this.quoteCache.ttlMs === 0 || request.isFresh || request.items.length > MOST_LINES || !answer.result.ok)
      return;
    const key = quoteKey(connected, request);
    const calls = Math.max(1, answer.calls);
    this.popularity.asked(key, { key, providerId: answer.providerId, request, calls }, performance.now());
    if (!answer.result.offer.cached) this.kept(key, answer);
  }

  /** The cart's quote was kept now. */
  kept(key: string, { result }: ProviderAnswer): void {
    if (!result.ok) return;
    const now = performance.now();
    if (this.keptUntil.size > MOST)
      for (const [old, until] of this.keptUntil) if (until < now) this.keptUntil.delete(old);
    this.keptUntil.set(key, now + this.quoteCache.ttlMs);
  }

  /** Those that are asked for within `withinMs` with at least this chance, and whose quotes are not kept for `soonMs` more; likeliest first. */
  due(withinMs: number, chance: number, soonMs: number): AskedCart[] {
    const now = performance.now();
    return this.popularity
      .likely(withinMs, chance, now)
      .filter(({ key }) => (this.keptUntil.get(key) ?? 0) < now + soonMs)
      .map(({ what }) => what);
  }

  get known(): number {
    return this.popularity.size;
  }
}
