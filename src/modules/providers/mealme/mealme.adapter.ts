import { fail, parseAnswer, type Parsed } from '../answers.js';
import { assembleQuote, chooseProduct } from '../choose-product.js';
import { inParallel } from '../in-parallel.js';
import {
  ProviderAdapter,
  type CartLine,
  type ProviderSettings,
  type ProviderTools,
  type QuoteRequest,
  type QuoteResult,
  type ShippingAddress,
} from '../provider.js';
import { bestStore, candidatesOf, partsOf, type StoreCandidate } from './mealme.mapping.js';
import { Geocode, Products } from './mealme.wire.js';

const LINES_AT_ONCE = 5;
const GEOCODE_TTL_MS = 24 * 3_600_000;

type Point = { latitude: number; longitude: number };

/** HTTP only: the address as a point (shared for a day), then one search per line, all lines from one store. */
export class MealmeAdapter extends ProviderAdapter {
  constructor(
    private readonly settings: ProviderSettings,
    private readonly tools: ProviderTools,
  ) {
    super();
  }

  async quote(request: QuoteRequest, signal: AbortSignal): Promise<QuoteResult> {
    const point = await this.locate(request.shippingAddress, signal);
    if (!point.ok) return point;
    let reference: string | null = null;
    const found = await inParallel(request.items, LINES_AT_ONCE, async (line) => {
      const reply = await this.search(line, request.shippingAddress, point.value, signal);
      if (reply.ok) reference = reply.headers['x-nonce'] ?? null;
      return reply;
    });
    if (!found.ok) return found;
    const store = bestStore(found.values);
    const offered = found.values.map((candidates) =>
      candidates.filter((candidate) => candidate.store.id === store?.id),
    );
    const lines = request.items.map((line, index) => chooseProduct(line, offered[index] ?? []));
    const itemsCents = lines.reduce((sum, line) => sum + (line.lineTotalCents ?? 0), 0);
    const quote = offered.flat().find((candidate) => candidate.quote !== null)?.quote ?? null;
    return assembleQuote({
      ...{ lines, store, ...partsOf(quote, itemsCents) },
      ...{ commissionCents: null, handoffUrl: null, simulated: this.settings.simulated, providerReference: reference },
    });
  }

  private async search(
    line: CartLine,
    address: ShippingAddress,
    point: Point,
    signal: AbortSignal,
  ): Promise<Parsed<StoreCandidate[]>> {
    const [number = '', ...street] = address.street.split(' ');
    const query = new URLSearchParams({
      query: line.name,
      user_latitude: String(point.latitude),
      user_longitude: String(point.longitude),
      store_type: 'grocery',
      pickup: 'false',
      fetch_quotes: 'true',
      user_street_num: number,
      user_street_name: street.join(' '),
      user_city: address.city,
      user_state: address.state,
      user_zipcode: address.postalCode,
      user_country: address.country,
    });
    const reply = parseAnswer('MealMe', await this.get(`/search/product/v4?${query.toString()}`, signal), Products);
    if (!reply.ok) return reply;
    const candidates = candidatesOf(reply.value);
    return candidates
      ? { ...reply, value: candidates }
      : fail('invalid_response', 'MealMe stated a price that is none');
  }

  private async locate(
    { street, city, state, postalCode }: ShippingAddress,
    signal: AbortSignal,
  ): Promise<Parsed<Point>> {
    const key = `mealme:geocode:${postalCode}`;
    const cached = await this.tools.cache.get<Point>(key);
    if (cached) return { ok: true, value: cached, headers: {} };
    const query = new URLSearchParams({ input: `${street}, ${city}, ${state} ${postalCode}` });
    const reply = parseAnswer('MealMe', await this.get(`/location/geocode/v2?${query.toString()}`, signal), Geocode);
    if (reply.ok) await this.tools.cache.set(key, reply.value, GEOCODE_TTL_MS);
    return reply;
  }

  private get(path: string, signal: AbortSignal) {
    const headers = { 'id-token': this.settings.credentials.apiKey ?? '', accept: 'application/json' };
    return this.tools.http.call({ method: 'GET', url: this.settings.baseUrl + path, headers }, signal);
  }
}
