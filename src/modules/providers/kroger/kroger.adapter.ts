import { createHash } from 'node:crypto';
import { fail, parseAnswer, type Parsed } from '../answers.js';
import { assembleQuote, chooseProduct } from '../choose-product.js';
import { inParallel } from '../in-parallel.js';
import {
  ProviderAdapter,
  type CartLine,
  type ProviderSettings,
  type ProviderTools,
  type QuoteLine,
  type QuoteRequest,
  type QuoteResult,
} from '../provider.js';
import { candidatesOf, searchTerm } from './kroger.mapping.js';
import { Locations, Products, Token } from './kroger.wire.js';

const PAGE = 25;
const LINES_AT_ONCE = 5;
const LOCATION_TTL_MS = 24 * 3_600_000;
/** Renewed this long before it expires (30 min), so that no call carries a token that lapses under way. */
const TOKEN_MARGIN_MS = 120_000;

type Fetched<T> = Parsed<T>;

/** HTTP only: a token and a store that all workers share, then one search per line. */
export class KrogerAdapter extends ProviderAdapter {
  constructor(
    private readonly settings: ProviderSettings,
    private readonly tools: ProviderTools,
  ) {
    super();
  }

  async quote(request: QuoteRequest, signal: AbortSignal): Promise<QuoteResult> {
    const location = await this.location(request.shippingAddress.postalCode, signal);
    if (!location.ok) return location;
    const { id, name } = location.value;
    let reference: string | null = null;
    const lines = await inParallel(request.items, LINES_AT_ONCE, async (line) => {
      const found = await this.search(line, id, signal);
      if (found.ok) reference = found.headers['x-nonce'] ?? null;
      return found.ok ? { ok: true as const, value: found.value } : found;
    });
    if (!lines.ok) return lines;
    return assembleQuote({
      ...{ lines: lines.values, feesCents: null, taxCents: null, deliveryCents: null, deliveryMinutes: null },
      ...{ commissionCents: null, store: { id, name }, handoffUrl: null, simulated: this.settings.simulated },
      providerReference: reference,
    });
  }

  private async search(line: CartLine, locationId: string, signal: AbortSignal): Promise<Fetched<QuoteLine>> {
    const query = new URLSearchParams({
      'filter.term': searchTerm(line.name),
      'filter.locationId': locationId,
      'filter.limit': String(PAGE),
    });
    const reply = await this.get(`/v1/products?${query.toString()}`, Products, signal);
    if (!reply.ok) return reply;
    const candidates = candidatesOf(reply.value);
    if (!candidates) return fail('invalid_response', 'Kroger stated a price that is none');
    return { ...reply, value: chooseProduct(line, candidates) };
  }

  private async location(postalCode: string, signal: AbortSignal): Promise<Fetched<{ id: string; name: string }>> {
    const key = `kroger:location:${this.settings.baseUrl}:${postalCode}`;
    const cached = await this.tools.cache.get<{ id: string; name: string }>(key);
    if (cached) return { ok: true, value: cached, headers: {} };
    const query = new URLSearchParams({ 'filter.zipCode.near': postalCode, 'filter.limit': '1' });
    const reply = await this.get(`/v1/locations?${query.toString()}`, Locations, signal);
    if (!reply.ok) return reply;
    const [nearest] = reply.value.data;
    if (!nearest) return fail('no_store', 'Kroger has no store near the postal code');
    const value = { id: nearest.locationId, name: nearest.name };
    await this.tools.cache.set(key, value, LOCATION_TTL_MS);
    return { ok: true, value, headers: reply.headers };
  }

  /** A data call; a 401 drops the shared token and tries once more with a new one. */
  private async get<T>(
    path: string,
    schema: Parameters<typeof parseAnswer<T>>[2],
    signal: AbortSignal,
  ): Promise<Fetched<T>> {
    for (let attempt = 1; ; attempt++) {
      const token = await this.token(signal);
      if (!token.ok) return token;
      const headers = { authorization: `Bearer ${token.value}`, accept: 'application/json' };
      const answer = await this.tools.http.call({ method: 'GET', url: this.settings.baseUrl + path, headers }, signal);
      const parsed = parseAnswer('Kroger', answer, schema);
      if (parsed.ok || parsed.failure.reason !== 'unauthorized' || attempt === 2) return parsed;
      await this.tools.cache.delete(this.tokenKey());
    }
  }

  private async token(signal: AbortSignal): Promise<Fetched<string>> {
    const cached = await this.tools.cache.get<string>(this.tokenKey());
    if (cached) return { ok: true, value: cached, headers: {} };
    const { clientId = '', clientSecret = '' } = this.settings.credentials;
    const answer = await this.tools.http.call(
      {
        method: 'POST',
        url: `${this.settings.baseUrl}/v1/connect/oauth2/token`,
        headers: {
          authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials&scope=product.compact',
      },
      signal,
    );
    const parsed = parseAnswer('Kroger', answer, Token);
    if (!parsed.ok) return parsed;
    const ttlMs = Math.max(1000, parsed.value.expires_in * 1000 - TOKEN_MARGIN_MS);
    await this.tools.cache.set(this.tokenKey(), parsed.value.access_token, ttlMs);
    return { ok: true, value: parsed.value.access_token, headers: parsed.headers };
  }

  /** Bound to host and credential, so that environments and rotated credentials never share a token. */
  private tokenKey(): string {
    const { clientId = '', clientSecret = '' } = this.settings.credentials;
    const digest = createHash('sha256').update(`${this.settings.baseUrl} ${clientId} ${clientSecret}`).digest('hex');
    return `kroger:token:${digest.slice(0, 16)}`;
  }
}
