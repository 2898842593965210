import type { EventData } from '../../../events/catalogue.js';
import type { ProviderAnswer } from '../../providers/provider.js';

/** An answer as those who watch the race are told of it. Pure. */
export function quotedOf(id: string, { providerId, result, latencyMs }: ProviderAnswer): EventData<'route.quoted'> {
  const about = { id, providerId, latencyMs };
  if (!result.ok) {
    return { ...about, status: 'failed', totalCents: null, currency: null, reason: result.failure.reason };
  }
  if (result.offer.kind === 'link') return { ...about, status: 'link', totalCents: null, currency: null, reason: null };
  const { totalCents, currency } = result.offer;
  return { ...about, status: 'counted', totalCents, currency, reason: null };
}
