import { databaseNow } from '../../../common/clock.js';
import { fail, parseAnswer } from '../adapting/answers.js';
import type { ConnectOffers, Near, OffersResult } from '../offer.js';
import type { Probed, ProviderSettings, ProviderTools } from '../provider.js';
import { offersOf, queryOf } from './salling.mapping.js';
import { FoodWaste } from './salling.wire.js';

const PROBED_POSTAL_CODE = '8000';
/** Of one city's clearances, which come whole and without paging. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Salling Group (Netto, føtex, Bilka, Basalt in Denmark): food that is sold for less before it expires. HTTP only, one call; their limit
 * is 10,000 a day. Credentials: `token`. Failures are values like those of quotes.
 */
class SallingAdapter {
  constructor(
    private readonly settings: ProviderSettings,
    private readonly tools: ProviderTools,
  ) {}

  probe(signal: AbortSignal): Promise<Probed> {
    return this.offers({ postalCode: PROBED_POSTAL_CODE }, signal);
  }

  async offers(near: Near, signal: AbortSignal): Promise<OffersResult> {
    const query = queryOf(near);
    if (!query) return fail('bad_request', 'Salling wants a Danish postal code of 4 digits, or a point with a radius');
    const headers = { authorization: `Bearer ${this.settings.credentials.token ?? ''}`, accept: 'application/json' };
    const url = `${this.settings.baseUrl}/v1/food-waste/?${query.toString()}`;
    const answer = await this.tools.http.call({ method: 'GET', url, headers, maxBytes: MAX_BYTES }, signal);
    const reply = parseAnswer('Salling', answer, FoodWaste);
    if (!reply.ok) return reply;
    const offers = offersOf(reply.value, databaseNow());
    if (!offers) return fail('invalid_response', 'Salling stated a price that is none');
    return { ok: true, offers, simulated: this.settings.simulated };
  }
}

export const connect: ConnectOffers = (settings, tools) => new SallingAdapter(settings, tools);
