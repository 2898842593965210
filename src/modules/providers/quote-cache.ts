import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { Cache } from '../../platform/cache/cache.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { InForceService } from '../switches/in-force.service.js';
import type { Connected } from './calling/connections.js';
import { lookUp } from './adapting/look-up.js';
import type { QuoteRequest, QuoteResult } from './provider.js';
import { providersMetrics } from './providers.metrics.js';

type Offer = Extract<QuoteResult, { ok: true }>['offer'];
/** As it is kept: whether it was asked for by somebody, or ahead of need. */
type Kept = Offer & { warmed?: true };

/** Warmed ones whose first use was counted; forgotten all at once, long after they have expired. */
const COUNTED = 20_000;

/**
 * What a provider said for the same cart and address just before, for the same tenant: none is told by it what another asked for. The
 * address stands for the store. Same requests at once share one asking; failures are kept for nobody.
 */
@Injectable()
export class QuoteCache {
  /** How long a quote is kept; 0 is not at all. */
  readonly ttlMs: number;
  private readonly counted = new Set<string>();

  constructor(
    private readonly cache: Cache,
    private readonly metrics: Metrics,
    private readonly inForce: InForceService,
    config: Config,
  ) {
    this.ttlMs = config.values.LOOPGPT_QUOTE_CACHE_SECONDS * 1000;
  }

  /** What `ask` answers, or what it answered before, marked as such. */
  async through(
    connected: Connected,
    request: QuoteRequest,
    signal: AbortSignal,
    ask: () => Promise<QuoteResult>,
  ): Promise<QuoteResult> {
    if (this.ttlMs === 0 || request.isFresh) return ask();
    let isAsked = false;
    const key = this.keyOf(connected, request);
    const looked = await lookUp<Kept>(this.cache, key, signal, async () => {
      isAsked = true;
      const result = await ask();
      return result.ok ? { ok: true, value: result.offer, ttlMs: this.ttlMs } : result;
    });
    const { quoteCache, warmedUsed } = this.metrics.of(providersMetrics);
    quoteCache.inc({ result: looked.ok && !isAsked ? 'hit' : 'miss' });
    if (!looked.ok || isAsked) return looked.ok ? { ok: true, offer: looked.value } : looked;
    const { warmed, ...offer } = looked.value;
    if (warmed && this.isFirstUse(`${key} ${offer.observedAt}`)) warmedUsed.inc();
    return { ok: true, offer: { ...ofThisCart(offer, request), cached: true } };
  }

  /** Keeps what was asked ahead of need. */
  async keepWarmed(connected: Connected, request: QuoteRequest, offer: Offer): Promise<void> {
    await this.cache.set(this.keyOf(connected, request), { ...offer, warmed: true } satisfies Kept, this.ttlMs);
  }

  /** A later epoch finds nothing that an earlier one kept. */
  private keyOf(connected: Connected, request: QuoteRequest): string {
    return `${quoteKey(connected, request)}:${this.inForce.values.LOOPGPT_QUOTE_CACHE_EPOCH}`;
  }

  private isFirstUse(entry: string): boolean {
    if (this.counted.has(entry)) return false;
    if (this.counted.size >= COUNTED) this.counted.clear();
    this.counted.add(entry);
    return true;
  }
}

/** Lines are told apart by their place: their ids are the caller's own and may differ from last time. */
function ofThisCart(offer: Offer, { items }: QuoteRequest): Offer {
  if (offer.kind === 'link') return offer;
  return { ...offer, lines: offer.lines.map((line, index) => ({ ...line, lineId: items[index]!.id })) };
}

/** One for all requests that get the same quote; names the tenant and address in a hash alone. */
export function quoteKey({ id, fingerprint }: Connected, { tenantId, items, shippingAddress }: QuoteRequest): string {
  const { street, city, state, postalCode, country } = shippingAddress;
  const lines = items.map(({ name, quantity, unit, brand, substitution, allergens, diets }) => [
    name,
    quantity,
    unit,
    brand,
    allergens,
    diets,
    substitution?.policy,
    substitution?.productNames,
    substitution?.maxPriceIncreasePercent,
  ]);
  const asked = JSON.stringify([tenantId, fingerprint, street, city, state, postalCode, country, lines]);
  return `quote:${id}:${createHash('sha256').update(asked).digest('base64url')}`;
}
