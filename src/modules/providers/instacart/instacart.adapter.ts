import { createHash } from 'node:crypto';
import { databaseNow } from '../../../common/clock.js';
import { parseAnswer } from '../adapting/answers.js';
import {
  ProviderAdapter,
  type Connect,
  type Probed,
  type ProviderSettings,
  type ProviderTools,
  type QuoteRequest,
  type QuoteResult,
} from '../provider.js';
import { EXPIRES_DAYS, listOf } from './instacart.mapping.js';
import { Link, Retailers } from './instacart.wire.js';

const DAY_MS = 24 * 3_600_000;
/** Their documents ask not to create the same page twice. */
const REUSE_MS = DAY_MS;

interface Page {
  url: string;
  createdAt: number;
  reference: string | null;
}

/** HTTP only: one page per distinct list. */
class InstacartAdapter extends ProviderAdapter {
  constructor(
    private readonly settings: ProviderSettings,
    private readonly tools: ProviderTools,
  ) {
    super();
  }

  async quote(request: QuoteRequest, signal: AbortSignal): Promise<QuoteResult> {
    const body = JSON.stringify(listOf(request.items));
    const { apiKey = '' } = this.settings.credentials;
    // A page belongs to the key that made it: commission is attributed by it.
    const made = createHash('sha256').update(JSON.stringify([this.settings.baseUrl, apiKey, body]));
    const key = `instacart:list:${made.digest('hex')}`;
    const cached = await this.tools.cache.get<Page>(key);
    if (cached) return this.offer(cached, true);
    const headers = {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      accept: 'application/json',
    };
    const url = `${this.settings.baseUrl}/idp/v1/products/products_link`;
    const reply = parseAnswer(
      'Instacart',
      await this.tools.http.call({ method: 'POST', url, headers, body }, signal),
      Link,
    );
    if (!reply.ok) return reply;
    const page: Page = {
      url: reply.value.products_link_url,
      createdAt: databaseNow(),
      reference: reply.headers['x-nonce'] ?? null,
    };
    await this.tools.cache.set(key, page, REUSE_MS);
    return this.offer(page, false);
  }

  /** Makes no page. */
  async probe(signal: AbortSignal): Promise<Probed> {
    const headers = {
      authorization: `Bearer ${this.settings.credentials.apiKey ?? ''}`,
      accept: 'application/json',
    };
    const url = `${this.settings.baseUrl}/idp/v1/retailers?postal_code=10001&country_code=US`;
    return parseAnswer('Instacart', await this.tools.http.call({ method: 'GET', url, headers }, signal), Retailers);
  }

  private offer(page: Page, cached: boolean): QuoteResult {
    return {
      ok: true,
      offer: {
        kind: 'link',
        url: page.url,
        expiresAt: new Date(page.createdAt + EXPIRES_DAYS * DAY_MS).toISOString(),
        observedAt: new Date(page.createdAt).toISOString(),
        simulated: this.settings.simulated,
        providerReference: page.reference,
        ...(cached ? { cached } : {}),
      },
    };
  }
}

export const connect: Connect = (settings, tools) => new InstacartAdapter(settings, tools);
