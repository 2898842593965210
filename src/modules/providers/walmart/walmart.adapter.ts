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
import { candidatesOf, cartLink, signedHeaders, type WalmartCredentials } from './walmart.mapping.js';
import { Search } from './walmart.wire.js';

const LINES_AT_ONCE = 5;
/** Their largest page. */
const PAGE = 25;

/** HTTP only: one signed search per line. */
export class WalmartAdapter extends ProviderAdapter {
  constructor(
    private readonly settings: ProviderSettings,
    private readonly tools: ProviderTools,
  ) {
    super();
  }

  async quote(request: QuoteRequest, signal: AbortSignal): Promise<QuoteResult> {
    let reference: string | null = null;
    const lines = await inParallel(request.items, LINES_AT_ONCE, async (line) => {
      const found = await this.search(line, signal);
      if (found.ok) reference = found.headers['x-nonce'] ?? null;
      return found;
    });
    if (!lines.ok) return lines;
    return assembleQuote({
      ...{ lines: lines.values, feesCents: null, taxCents: null, deliveryCents: null, deliveryMinutes: null },
      ...{ commissionCents: null, store: null, handoffUrl: cartLink(lines.values), simulated: this.settings.simulated },
      providerReference: reference,
    });
  }

  private async search(line: CartLine, signal: AbortSignal): Promise<Parsed<QuoteLine>> {
    const query = new URLSearchParams({ query: line.name, numItems: String(PAGE), responseGroup: 'full' });
    let headers: Record<string, string>;
    try {
      headers = signedHeaders(this.settings.credentials as unknown as WalmartCredentials, Date.now());
    } catch {
      // The parser's message may repeat parts of the key.
      return fail(
        'unauthorized',
        'Unauthorized: the Walmart private key cannot be read; give PKCS#8 PEM or its base64',
      );
    }
    const url = `${this.settings.baseUrl}/search?${query.toString()}`;
    const reply = parseAnswer('Walmart', await this.tools.http.call({ method: 'GET', url, headers }, signal), Search);
    if (!reply.ok) return reply;
    const candidates = candidatesOf(reply.value);
    if (!candidates) return fail('invalid_response', 'Walmart stated a price that is none');
    return { ...reply, value: chooseProduct(line, candidates) };
  }
}
