import { databaseNow } from '../../../common/clock.js';
import { inTurns } from '../../../common/pacing/turns.js';
import { fail, parseAnswer, type Parsed } from '../adapting/answers.js';
import { assembleQuote } from '../adapting/assemble-quote.js';
import { inParallel } from '../adapting/in-parallel.js';
import { KnownProducts } from '../adapting/known-products.js';
import { searchText } from '../matching/search-text.js';
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
import {
  candidatesOf,
  cartLink,
  chooseOwnFirst,
  MAX_IDS,
  signedHeaders,
  worthLookingUp,
  type WalmartCandidate,
  type WalmartCredentials,
} from './walmart.mapping.js';
import { Items } from './walmart.wire.js';

const LINES_AT_ONCE = 5;
/** Their largest page. */
const PAGE = 25;
/** URL and body are not signed, and a signature is good for 180 s: one serves all calls of this time instead of 1 ms of work each. */
const REUSE_MS = 60_000;
const signatures = new WeakMap<object, { headers: Readonly<Record<string, string>>; atMs: number }>();

/** HTTP only: one signed search per line, and one look-up for what the searches left without a price. */
class WalmartAdapter extends ProviderAdapter {
  constructor(
    private readonly settings: ProviderSettings,
    private readonly tools: ProviderTools,
  ) {
    super();
  }

  async quote(request: QuoteRequest, signal: AbortSignal): Promise<QuoteResult> {
    if (request.shippingAddress.country.toUpperCase() !== 'US')
      return fail('no_store', 'Walmart sells here in the US only');
    const { items } = request;
    const known = new KnownProducts(this.tools, `WALMART_API:${this.settings.baseUrl}`);
    const again = await this.known(await known.idsFor(items), items, signal);
    let reference = again.reference;
    const searched = await inParallel(items, LINES_AT_ONCE, async (line) => {
      const candidates = again.candidates.get(line);
      if (candidates) return { ok: true as const, value: candidates };
      const reply = await this.search(line, signal);
      if (reply.ok) reference = reply.headers['x-nonce'] ?? null;
      return reply;
    });
    if (!searched.ok) return searched;
    const lines = await this.chosen(items, searched.values, signal);
    await Promise.all(
      items.map(async (line, index) => {
        if (!again.candidates.has(line)) await known.remember(line, lines[index]!);
      }),
    );
    return assembleQuote({
      lines,
      feesCents: null,
      taxCents: null,
      deliveryCents: null,
      deliveryMinutes: null,
      commissionCents: null,
      store: null,
      handoffUrl: cartLink(lines),
      simulated: this.settings.simulated,
      providerReference: reference,
    });
  }

  probe(signal: AbortSignal): Promise<Probed> {
    return this.get('/search?query=milk&numItems=1', signal);
  }

  /** What was found lately, by one look-up: the candidates of each line that they still serve surely; the others are searched. */
  private async known(
    ids: readonly string[][],
    items: readonly CartLine[],
    signal: AbortSignal,
  ): Promise<{ candidates: ReadonlyMap<CartLine, WalmartCandidate[]>; reference: string | null }> {
    const wanted = [...new Set(ids.flat())].slice(0, MAX_IDS);
    const reply = wanted.length > 0 ? await this.get(`/items?ids=${wanted.join(',')}`, signal) : null;
    if (!reply?.ok) return { candidates: new Map(), reference: null }; // the searches tell what is wrong
    const served = await inTurns(items, (line, index) => {
      const own = reply.value.filter(({ productId }) => ids[index]!.includes(productId));
      return chooseOwnFirst(line, own).status === 'matched' ? [[line, own] as const] : [];
    });
    return {
      candidates: new Map(served.flat()),
      reference: reply.headers['x-nonce'] ?? null,
    };
  }

  /**
   * The lines' products. Where nothing priced serves a line, what was found without a price is looked up; when that fails the lines stay
   * as they are, for the others are good without it.
   */
  private async chosen(
    items: readonly CartLine[],
    found: readonly WalmartCandidate[][],
    signal: AbortSignal,
  ): Promise<QuoteLine[]> {
    const first = await inTurns(items, (line, index) => chooseOwnFirst(line, found[index]!));
    const ids = worthLookingUp(first.map((line, index) => [line, found[index]!]));
    const reply = ids.length > 0 ? await this.get(`/items?ids=${ids.join(',')}`, signal) : null;
    if (!reply?.ok) return first;
    const known = new Map(reply.value.map((candidate) => [candidate.productId, candidate]));
    const better = (index: number) => found[index]!.map((candidate) => known.get(candidate.productId) ?? candidate);
    return inTurns(first, (line, index) =>
      line.status === 'missing' ? chooseOwnFirst(items[index]!, better(index)) : line,
    );
  }

  private search(line: CartLine, signal: AbortSignal): Promise<Parsed<WalmartCandidate[]>> {
    // The base group leaves out stock and size.
    const query = new URLSearchParams({ query: searchText(line.name), numItems: String(PAGE), responseGroup: 'full' });
    return this.get(`/search?${query.toString()}`, signal);
  }

  private async get(path: string, signal: AbortSignal): Promise<Parsed<WalmartCandidate[]>> {
    const headers = this.signed(databaseNow());
    if (!headers) {
      return fail(
        'unauthorized',
        'Unauthorized: the Walmart private key cannot be read; give PKCS#8 PEM or its base64',
      );
    }
    const url = this.settings.baseUrl + path;
    const reply = parseAnswer('Walmart', await this.tools.http.call({ method: 'GET', url, headers }, signal), Items);
    if (!reply.ok) return reply;
    const candidates = candidatesOf(reply.value);
    return candidates
      ? { ...reply, value: candidates }
      : fail('invalid_response', 'Walmart stated a price that is none');
  }

  /** Null when the key cannot be read; the parser's own message is dropped, as it may repeat parts of the key. */
  private signed(nowMs: number): Readonly<Record<string, string>> | null {
    const { credentials } = this.settings;
    const last = signatures.get(credentials);
    if (last && Math.abs(nowMs - last.atMs) < REUSE_MS) return last.headers;
    try {
      const headers = signedHeaders(credentials as unknown as WalmartCredentials, nowMs);
      signatures.set(credentials, { headers, atMs: nowMs });
      return headers;
    } catch {
      return null;
    }
  }
}

export const connect: Connect = (settings, tools) => new WalmartAdapter(settings, tools);
