import { readConfig } from '../../read-config.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { MemoryCache } from '../../platform/cache/memory.cache.js';
import { InForceService } from '../switches/in-force.service.js';
import { fail } from './adapting/answers.js';
import { assembleQuote } from './adapting/assemble-quote.js';
import type { Connected } from './calling/connections.js';
import { REQUEST } from './conformance/under-test.conformance.js';
import { chooseProduct } from './matching/choose-product.js';
import type { QuoteRequest, QuoteResult } from './provider.js';
import { QuoteCache } from './quote-cache.js';

const CONNECTED: Connected = {
  id: 'KROGER_API',
  connection: { state: 'disabled' },
  limits: new Map(),
  fingerprint: 'one',
  previous: null,
};
const quoteOf = ({ items }: QuoteRequest): QuoteResult => {
  const lines = items.map((line) =>
    chooseProduct(line, [
      {
        productId: '1',
        name: line.name,
        brand: null,
        size: '1 gal',
        categories: [],
        priceCents: 399,
        soldByWeight: false,
        inStock: true,
      },
    ]),
  );
  return assembleQuote({
    lines,
    feesCents: null,
    taxCents: null,
    deliveryCents: null,
    deliveryMinutes: null,
    commissionCents: null,
    store: null,
    handoffUrl: null,
    simulated: true,
    providerReference: 'nonce',
  });
};
const cacheFor = (seconds = '300') => {
  const config = readConfig({ DATABASE_URL: 'postgres://localhost/x', LOOPGPT_QUOTE_CACHE_SECONDS: seconds });
  return new QuoteCache(new MemoryCache(), new Metrics(), new InForceService(config), config);
};
const soon = () => AbortSignal.timeout(1000);

describe('the quote cache', () => {
  const request: QuoteRequest = { ...REQUEST, items: [REQUEST.items[0]!] };
  const ask = jest.fn(async () => quoteOf(request));
  beforeEach(() => ask.mockClear());

  it('gives the same cart the same quote, marked, its lines under the ids of the cart that asks', async () => {
    const cache = cacheFor();
    const first = await cache.through(CONNECTED, request, soon(), ask);
    const renamed = { ...request, items: [{ ...request.items[0]!, id: 'another' }] };
    const second = await cache.through(CONNECTED, renamed, soon(), ask);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(first).not.toHaveProperty('offer.cached');
    expect(second).toMatchObject({ ok: true, offer: { cached: true, providerReference: 'nonce' } });
    expect(second).toHaveProperty('offer.lines.0.lineId', 'another');
    expect(first).toHaveProperty('offer.lines.0.lineId', request.items[0]!.id);
  });

  it.each<[string, Connected, QuoteRequest]>([
    ['another tenant', CONNECTED, { ...request, tenantId: 'ten_other' }],
    ['another quantity', CONNECTED, { ...request, items: [{ ...request.items[0]!, quantity: 2 }] }],
    ['an allergen to avoid', CONNECTED, { ...request, items: [{ ...request.items[0]!, allergens: ['milk'] }] }],
    [
      'another address',
      CONNECTED,
      { ...request, shippingAddress: { ...request.shippingAddress, postalCode: '45203' } },
    ],
    ['another credential', { ...CONNECTED, fingerprint: 'two' }, request],
    ['another provider', { ...CONNECTED, id: 'WALMART_API' }, request],
    ['one who wants a fresh one', CONNECTED, { ...request, isFresh: true }],
  ])('asks anew for %s', async (_what, connected, other) => {
    const cache = cacheFor();
    await cache.through(CONNECTED, request, soon(), ask);
    await cache.through(connected, other, soon(), ask);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('lets requests at once share one asking, and keeps no failure', async () => {
    const cache = cacheFor();
    const failing = jest.fn(async () => fail('unavailable', 'away'));
    const failed = await Promise.all([1, 2].map(() => cache.through(CONNECTED, request, soon(), failing)));
    expect(failed).toMatchObject([{ ok: false }, { ok: false }]);
    expect(failing).toHaveBeenCalledTimes(1);
    await Promise.all([1, 2, 3].map(() => cache.through(CONNECTED, request, soon(), ask)));
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('asks for one who stays when the one who asked has left', async () => {
    const cache = cacheFor();
    const leaving = new AbortController();
    const hanging = () =>
      new Promise<QuoteResult>((resolve) =>
        leaving.signal.addEventListener('abort', () => resolve(fail('cancelled', 'the route was closed'))),
      );
    const left = cache.through(CONNECTED, request, leaving.signal, hanging);
    const stayed = cache.through(CONNECTED, request, soon(), ask);
    await new Promise((resolve) => setImmediate(resolve));
    leaving.abort();
    expect(await left).toMatchObject({ ok: false });
    expect(await stayed).toMatchObject({ ok: true });
  });

  it('can be switched off', async () => {
    const cache = cacheFor('0');
    await cache.through(CONNECTED, request, soon(), ask);
    await cache.through(CONNECTED, request, soon(), ask);
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
