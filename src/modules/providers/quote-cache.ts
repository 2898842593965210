import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { Cache } from '../../platform/cache/cache.js';
import type { Connected } from './calling/connections.js';
import { lookUp } from './adapting/look-up.js';
import type { QuoteRequest, QuoteResult } from './provider.js';

type Offer = Extract<QuoteResult, { ok: true }>['offer'];

/**
 * What a provider said for the same cart and address just before, for the same tenant: none is told by it what another asked for. The
 * address stands for the store. Same requests at once share one asking; failures are kept for nobody.
 */
@Injectable()
export class QuoteCache {
  private readonly ttlMs: number;

  constructor(
    private readonly cache: Cache,
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
    const looked = await lookUp<Offer>(this.cache, keyOf(connected, request), signal, async () => {
      isAsked = true;
      const result = await ask();
      return result.ok ? { ok: true, value: result.offer, ttlMs: this.ttlMs } : result;
    });
    if (!looked.ok || isAsked) return looked.ok ? { ok: true, offer: looked.value } : looked;
    return { ok: true, offer: { ...ofThisCart(looked.value, request), cached: true } };
  }
}

/** Lines are told apart by their place: their ids are the caller's own and may differ from last time. */
function ofThisCart(offer: Offer, { items }: QuoteRequest): Offer {
  if (offer.kind === 'link') return offer;
  return { ...offer, lines: offer.lines.map((line, index) => ({ ...line, lineId: items[index]!.id })) };
}

function keyOf({ id, fingerprint }: Connected, { tenantId, items, shippingAddress }: QuoteRequest): string {
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
