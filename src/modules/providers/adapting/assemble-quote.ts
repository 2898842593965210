import { databaseNow } from '../../../common/clock.js';
import type { BasketTerms, QuoteLine, QuoteResult } from '../provider.js';
import { fail } from './answers.js';

export interface QuoteParts {
  lines: QuoteLine[];
  feesCents: number | null;
  taxCents: number | null;
  deliveryCents: number | null;
  deliveryMinutes: { min: number; max: number } | null;
  commissionCents: number | null;
  store: { id: string; name: string; distanceKm?: number } | null;
  handoffUrl: string | null;
  simulated: boolean;
  providerReference: string | null;
  terms?: BasketTerms;
}

/** No provider says how long its prices hold. Ten minutes: a quote may be served again for five, and then still has five left. */
const VALID_MS = 10 * 60_000;

/** The normalised quote of a cart's lines; `no_match` when not a single line is served. Amounts add up by construction. */
export function assembleQuote(parts: QuoteParts): QuoteResult {
  const served = parts.lines.filter((line) => line.lineTotalCents !== null);
  if (served.length === 0) return fail('no_match', 'not a single line of the cart could be matched');
  const itemsCents = served.reduce((sum, line) => sum + line.lineTotalCents!, 0);
  const { feesCents, taxCents, deliveryCents } = parts;
  const unknown = { fees: feesCents, tax: taxCents, delivery: deliveryCents };
  const now = databaseNow();
  return {
    ok: true,
    offer: {
      kind: 'quote',
      status: served.length === parts.lines.length ? 'complete' : 'partial',
      currency: 'USD',
      itemsCents,
      totalCents: itemsCents + (feesCents ?? 0) + (taxCents ?? 0) + (deliveryCents ?? 0),
      unknownParts: (['fees', 'tax', 'delivery'] as const).filter((part) => unknown[part] === null),
      observedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + VALID_MS).toISOString(),
      ...parts,
    },
  };
}
