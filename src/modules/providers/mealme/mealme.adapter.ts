import { inTurns } from '../../../common/pacing/turns.js';
import type { HttpCall } from '../../../platform/outgoing/http.client.js';
import { fail, parseAnswer, type Parsed } from '../adapting/answers.js';
import { assembleQuote } from '../adapting/assemble-quote.js';
import { chooseProduct } from '../matching/choose-product.js';
import { inParallel } from '../adapting/in-parallel.js';
import { searchText } from '../matching/search-text.js';
import { lookUp, type Looked } from '../adapting/look-up.js';
import {
  ProviderAdapter,
  type Connect,
  type CartLine,
  type Probed,
  type ProviderSettings,
  type ProviderTools,
  type QuoteLine,
  type QuoteRequest,
  type QuoteResult,
  type ShippingAddress,
} from '../provider.js';
import {
  addressOf,
  bestStore,
  buyerOf,
  candidatesOf,
  finalParts,
  orderOf,
  partsOf,
  termsOf,
  type Parts,
  type StoreCandidate,
} from './mealme.mapping.js';
import { FinalQuote, Geocode, Products, Stores } from './mealme.wire.js';

const LINES_AT_ONCE = 5;
const GEOCODE_TTL_MS = 24 * 3_600_000;
const STORES_TTL_MS = 3_600_000;
const PROBED_PLACE = '1600 Pennsylvania Avenue NW, Washington, DC 20500';
/** Of their addresses. */
const COUNTRIES = ['US', 'CA'];

type Point = { latitude: number; longitude: number };

/** HTTP only: the address as a point (shared for a day), then one search per line, all lines from one store. */
class MealmeAdapter extends ProviderAdapter {
  constructor(
    private readonly settings: ProviderSettings,
    private readonly tools: ProviderTools,
  ) {
    super();
  }

  async quote(request: QuoteRequest, signal: AbortSignal): Promise<QuoteResult> {
    const address = request.shippingAddress;
    if (!COUNTRIES.includes(address.country.toUpperCase())) {
      return fail('no_store', 'MealMe delivers in the US and Canada only');
    }
    const point = await this.locate(address, signal);
    if (!point.ok) return point;
    let reference: string | null = null;
    const found = await inParallel(request.items, LINES_AT_ONCE, async (line) => {
      const reply = await this.search(line, address, point.value, signal);
      if (reply.ok) reference = reply.headers['x-nonce'] ?? null;
      return reply;
    });
    if (!found.ok) return found;
    const store = bestStore(found.values);
    if (!store) return this.nothingFound(address, point.value, signal);
    const offered = found.values.map((candidates) => candidates.filter((candidate) => candidate.store.id === store.id));
    const lines = await inTurns(request.items, (line, index) => chooseProduct(line, offered[index]!));
    const quote = offered.flat().find((candidate) => candidate.quote !== null)?.quote ?? null;
    const itemsCents = lines.reduce((sum, line) => sum + (line.lineTotalCents ?? 0), 0);
    const parts =
      (await this.finalParts(lines, itemsCents, address, point.value, signal)) ?? partsOf(quote, itemsCents);
    const terms = termsOf(quote);
    return assembleQuote({
      lines,
      store,
      ...(terms ? { terms } : {}),
      ...parts,
      commissionCents: null,
      handoffUrl: null,
      simulated: this.settings.simulated,
      providerReference: reference,
    });
  }

  async probe(signal: AbortSignal): Promise<Probed> {
    const query = new URLSearchParams({ input: PROBED_PLACE });
    return parseAnswer('MealMe', await this.get(`/location/geocode/v2?${query.toString()}`, signal), Geocode);
  }

  private async search(
    line: CartLine,
    address: ShippingAddress,
    point: Point,
    signal: AbortSignal,
  ): Promise<Parsed<StoreCandidate[]>> {
    const query = new URLSearchParams({
      query: searchText(line.name),
      user_latitude: String(point.latitude),
      user_longitude: String(point.longitude),
      store_type: 'grocery',
      pickup: 'false',
      fetch_quotes: 'true',
      ...addressOf(address),
    });
    const reply = parseAnswer('MealMe', await this.get(`/search/product/v4?${query.toString()}`, signal), Products);
    if (!reply.ok) return reply;
    const candidates = candidatesOf(reply.value);
    return candidates
      ? { ...reply, value: candidates }
      : fail('invalid_response', 'MealMe stated a price that is none');
  }

  /** Nothing for any line: because they have no such goods, or because no store of theirs is near? */
  private async nothingFound(address: ShippingAddress, point: Point, signal: AbortSignal): Promise<QuoteResult> {
    const key = `mealme:stores:${this.settings.baseUrl}:${address.postalCode}`;
    const count = await lookUp<number>(this.tools.cache, key, signal, async () => {
      const query = new URLSearchParams({ latitude: String(point.latitude), longitude: String(point.longitude) });
      const reply = parseAnswer('MealMe', await this.get(`/search/store/v3?${query.toString()}`, signal), Stores);
      return reply.ok ? { ok: true, value: reply.value.stores.length, ttlMs: STORES_TTL_MS } : reply;
    });
    return count.ok && count.value === 0
      ? fail('no_store', 'MealMe has no store near the address')
      : fail('no_match', 'not a single line of the cart could be matched');
  }

  /**
   * Fees as an order would have them, from an order that is not placed. Needs a buyer in the settings; null without one, and when they
   * do not answer it well: the estimate beside the products stands then.
   */
  private async finalParts(
    lines: readonly QuoteLine[],
    itemsCents: number,
    address: ShippingAddress,
    point: Point,
    signal: AbortSignal,
  ): Promise<Parts | null> {
    const buyer = buyerOf(this.settings.credentials);
    if (!buyer || itemsCents === 0) return null;
    const body = JSON.stringify(orderOf(lines, buyer, address, point));
    const answer = await this.call(
      { method: 'POST', path: '/order/order/v3', body, headers: { 'content-type': 'application/json' } },
      signal,
    );
    const reply = parseAnswer('MealMe', answer, FinalQuote);
    return reply.ok ? finalParts(reply.value.final_quote.quote, itemsCents) : null;
  }

  private locate(address: ShippingAddress, signal: AbortSignal): Promise<Looked<Point>> {
    const { street, city, state, postalCode, country } = address;
    // One point per postal code is near enough to find stores; the street goes with each search.
    const key = `mealme:geocode:${this.settings.baseUrl}:${country}:${postalCode}`;
    return lookUp<Point>(this.tools.cache, key, signal, async () => {
      const query = new URLSearchParams({ input: `${street}, ${city}, ${state} ${postalCode}` });
      const reply = parseAnswer('MealMe', await this.get(`/location/geocode/v2?${query.toString()}`, signal), Geocode);
      return reply.ok ? { ok: true, value: reply.value, ttlMs: GEOCODE_TTL_MS } : reply;
    });
  }

  private get(path: string, signal: AbortSignal) {
    return this.call({ method: 'GET', path }, signal);
  }

  private call({ path, headers, ...call }: Omit<HttpCall, 'url'> & { path: string }, signal: AbortSignal) {
    const key = { 'id-token': this.settings.credentials.apiKey ?? '', accept: 'application/json' };
    return this.tools.http.call(
      { ...call, url: this.settings.baseUrl + path, headers: { ...key, ...headers } },
      signal,
    );
  }
}

export const connect: Connect = (settings, tools) => new MealmeAdapter(settings, tools);
