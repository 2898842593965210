import { inTurns } from '../../../common/pacing/turns.js';
import { jsonOf, type HttpAnswer } from '../../../platform/outgoing/http.client.js';
import { fail, parseAnswer } from '../adapting/answers.js';
import { assembleQuote } from '../adapting/assemble-quote.js';
import { chooseProduct } from '../matching/choose-product.js';
import { inParallel } from '../adapting/in-parallel.js';
import { searchText } from '../matching/search-text.js';
import { KnownProducts } from '../adapting/known-products.js';
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
} from '../provider.js';
import { candidatesOf, distanceOf, handoffUrl, searchTerm, type KrogerCandidate } from './kroger.mapping.js';
import { KrogerSession } from './kroger.session.js';
import { Chain, ErrorBody, Locations, Products } from './kroger.wire.js';

const PAGE = 25;
/** In the outage of November 2025 every larger page was answered by 500 PRODUCT-4011. */
const SMALL_PAGE = 10;
const PAGE_OUTAGE = 'PRODUCT-4011';
/** Of one look-up, by their rules. */
const MAX_IDS = 50;
const LINES_AT_ONCE = 5;
/** They ask to cache stores for days; locations and chains have 1,600 calls a day each. */
const PLACE_TTL_MS = 24 * 3_600_000;
/** That there is no store, or no chain's site: asked again after this. */
const NOTHING_TTL_MS = 3_600_000;

interface Store {
  id: string;
  name: string;
  chain: string | null;
  /** Absent in what was kept before there was any. */
  place?: { latitude: number; longitude: number } | undefined;
}

interface Found {
  line: QuoteLine;
  page: string | null;
  reference: string | null;
}

/** HTTP only: a token and a store that all workers share, then one search per line. */
class KrogerAdapter extends ProviderAdapter {
  private readonly session: KrogerSession;

  constructor(
    private readonly settings: ProviderSettings,
    private readonly tools: ProviderTools,
  ) {
    super();
    this.session = new KrogerSession(settings, tools);
  }

  async quote(request: QuoteRequest, signal: AbortSignal): Promise<QuoteResult> {
    const { country, postalCode } = request.shippingAddress;
    if (country.toUpperCase() !== 'US') return fail('no_store', 'Kroger has stores in the US only');
    // Of a ZIP+4 they take the ZIP.
    const near = await this.storeNear(postalCode.trim().slice(0, 5), signal);
    if (!near.ok) return near;
    if (!near.value) return fail('no_store', 'Kroger has no store near the postal code');
    const { id, name, chain } = near.value;
    const [found, domain] = await Promise.all([
      this.found(request.items, id, signal),
      chain === null ? null : this.domainOf(chain, signal),
    ]);
    if (!found.ok) return found;
    const lines = found.values.map(({ line }) => line);
    const pages = new Map(
      found.values.flatMap(({ line, page }) => (line.productId && page ? [[line.productId, page]] : [])),
    );
    return assembleQuote({
      lines,
      feesCents: null,
      taxCents: null,
      deliveryCents: null,
      deliveryMinutes: null,
      commissionCents: null,
      store: { id, name, ...distanceOf(request.shippingAddress, near.value.place) },
      handoffUrl: handoffUrl(domain, lines, pages),
      simulated: this.settings.simulated,
      providerReference: found.values.find(({ reference }) => reference !== null)?.reference ?? null,
    });
  }

  probe(signal: AbortSignal): Promise<Probed> {
    return this.session.probe(signal);
  }

  /** For each line its product: one look-up for all that are known from lately, and a search for each of the others. */
  private async found(items: readonly CartLine[], locationId: string, signal: AbortSignal) {
    const known = new KnownProducts(this.tools, `KROGER_API:${this.settings.baseUrl}:${locationId}`);
    const again = await this.known(await known.idsFor(items), items, locationId, signal);
    return inParallel(
      items.map((line, index) => [line, again[index] ?? null] as const),
      LINES_AT_ONCE,
      async ([line, found]) => {
        if (found !== null) return { ok: true as const, value: found };
        const searched = await this.search(line, locationId, signal);
        if (searched.ok) await known.remember(line, searched.value.line);
        return searched;
      },
    );
  }

  /** Null for a line that what is looked up no longer serves surely, and for all when nothing can be looked up. */
  private async known(
    ids: readonly string[][],
    items: readonly CartLine[],
    locationId: string,
    signal: AbortSignal,
  ): Promise<readonly (Found | null)[]> {
    const wanted = [...new Set(ids.flat())].slice(0, MAX_IDS);
    if (wanted.length === 0) return [];
    const query = new URLSearchParams({ 'filter.productId': wanted.join(','), 'filter.locationId': locationId });
    const answer = await this.session.get(`/v1/products?${query.toString()}`, signal);
    const reply = answer.ok ? parseAnswer('Kroger', answer.value, Products) : answer;
    const candidates = reply.ok ? candidatesOf(reply.value) : null;
    if (!reply.ok || !candidates) return []; // the searches tell what is wrong
    return inTurns(items, (line, index) => {
      const own = candidates.filter(({ productId }) => ids[index]!.includes(productId));
      const found = foundOf(line, own, reply.headers['x-nonce'] ?? null);
      return found.line.status === 'matched' ? found : null;
    });
  }

  private async search(line: CartLine, locationId: string, signal: AbortSignal): Promise<Looked<Found>> {
    const term = searchTerm(searchText(line.name));
    if (term === null) return { ok: true, value: { line: chooseProduct(line, []), page: null, reference: null } };
    let answer = await this.searchPage(term, locationId, PAGE, signal);
    if (answer.ok && isPageOutage(answer.value)) {
      answer = await this.searchPage(term, locationId, SMALL_PAGE, signal);
    }
    if (!answer.ok) return answer;
    const reply = parseAnswer('Kroger', answer.value, Products);
    if (!reply.ok) return reply;
    const candidates = candidatesOf(reply.value);
    if (!candidates) return fail('invalid_response', 'Kroger stated a price that is none');
    return { ok: true, value: foundOf(line, candidates, reply.headers['x-nonce'] ?? null) };
  }

  private searchPage(term: string, locationId: string, limit: number, signal: AbortSignal) {
    const query = new URLSearchParams({
      'filter.term': term,
      'filter.locationId': locationId,
      'filter.limit': String(limit),
    });
    return this.session.get(`/v1/products?${query.toString()}`, signal);
  }

  /** Null where none is near. Their order is taken: a postal code alone gives no point to measure from. */
  private storeNear(postalCode: string, signal: AbortSignal): Promise<Looked<Store | null>> {
    const key = `kroger:location:${this.settings.baseUrl}:${postalCode}`;
    return lookUp(this.tools.cache, key, signal, async () => {
      const query = new URLSearchParams({ 'filter.zipCode.near': postalCode, 'filter.limit': '1' });
      const answer = await this.session.get(`/v1/locations?${query.toString()}`, signal, 'locations');
      if (!answer.ok) return answer;
      const reply = parseAnswer('Kroger', answer.value, Locations);
      if (!reply.ok) return reply;
      const [nearest] = reply.value.data;
      if (!nearest) return { ok: true, value: null, ttlMs: NOTHING_TTL_MS };
      const { locationId, name, chain, geolocation: place } = nearest;
      return { ok: true, value: { id: locationId, name, chain: chain ?? null, place }, ttlMs: PLACE_TTL_MS };
    });
  }

  /** The host of the chain's site, for the hand-off; a quote is good without it, so no failure of this is one of the quote. */
  private async domainOf(chain: string, signal: AbortSignal): Promise<string | null> {
    const key = `kroger:chain:${this.settings.baseUrl}:${chain}`;
    const looked = await lookUp<string | null>(this.tools.cache, key, signal, async () => {
      const answer = await this.session.get(`/v1/chains/${encodeURIComponent(chain)}`, signal, 'chains');
      if (!answer.ok) return answer;
      const reply = parseAnswer('Kroger', answer.value, Chain);
      if (!reply.ok && reply.failure.reason === 'timeout') return reply;
      const domain = reply.ok ? (reply.value.data.domain ?? null) : null;
      return { ok: true, value: domain, ttlMs: domain === null ? NOTHING_TTL_MS : PLACE_TTL_MS };
    });
    return looked.ok ? looked.value : null;
  }
}

function foundOf(line: CartLine, candidates: readonly KrogerCandidate[], reference: string | null): Found {
  const chosen = chooseProduct(line, candidates);
  const page = candidates.find(({ productId }) => productId === chosen.productId)?.page ?? null;
  return { line: chosen, page, reference };
}

function isPageOutage(answer: HttpAnswer): boolean {
  if (!answer.ok || answer.status !== 500) return false;
  const code = ErrorBody.safeParse(jsonOf(answer.bytes));
  return code.success && code.data === PAGE_OUTAGE;
}

export const connect: Connect = (settings, tools) => new KrogerAdapter(settings, tools);
