import { walmart } from '../src/modules/providers/walmart/walmart.card.js';
import { signedHeaders } from '../src/modules/providers/walmart/walmart.mapping.js';
import { startSimulator, type Simulator, type SimulatorOptions } from './main.js';

const FROZEN_MS = Date.parse('2026-06-01T12:00:00Z');
const DAY_MS = 24 * 3_600_000;
const BASIC = `Basic ${Buffer.from('simulated-client:simulated-secret').toString('base64')}`;
const WALMART = '/walmart/api-proxy/service/affil/product/v2';
const MEALME_SEARCH = '/mealme/search/product/v4?query=eggs&user_latitude=39&user_longitude=-84';
const ID_TOKEN = { 'id-token': 'simulated-mealme-key' };

const started: Simulator[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((simulator) => simulator.close()));
});

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ latency: { medianMs: 0, p99Ms: 0 }, frozenAtMs: FROZEN_MS, ...options });
  started.push(simulator);
  return simulator;
}

async function ask(simulator: Simulator, path: string, init: RequestInit = {}) {
  const response = await fetch(simulator.url + path, init);
  const text = await response.text();
  return { status: response.status, text, nonce: response.headers.get('x-nonce'), headers: response.headers };
}

async function krogerToken(simulator: Simulator): Promise<Record<string, string>> {
  const reply = await ask(simulator, '/kroger/v1/connect/oauth2/token', {
    method: 'POST',
    headers: { authorization: BASIC, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials&scope=product.compact',
  });
  return { authorization: `Bearer ${(JSON.parse(reply.text) as { access_token: string }).access_token}` };
}

const walmartHeaders = (nowMs = Date.now()) => signedHeaders(walmart.simulatedCredentials, nowMs);

const KROGER_SEARCH = '/kroger/v1/products?filter.term=milk&filter.locationId=01400441&filter.limit=5';

/** The same calls to two simulators, as text. */
async function tape(simulator: Simulator): Promise<string[]> {
  const token = await krogerToken(simulator);
  const replies = [
    await ask(simulator, KROGER_SEARCH, { headers: token }),
    await ask(simulator, KROGER_SEARCH, { headers: token }),
    await ask(simulator, `${WALMART}/search?query=bread`, { headers: walmartHeaders() }),
    await ask(simulator, MEALME_SEARCH, { headers: ID_TOKEN }),
  ];
  return [JSON.stringify(token), ...replies.map(({ status, text, nonce }) => `${status} ${nonce} ${text}`)];
}

describe('the same seed', () => {
  it('gives the same bytes, tokens and nonces to the same calls, and another seed gives other ones', async () => {
    const [first, again, other] = [
      await tape(await start({ seed: 7 })),
      await tape(await start({ seed: 7 })),
      await tape(await start({ seed: 8 })),
    ];
    expect(again).toEqual(first);
    expect(other.map((line, index) => line === first[index])).toEqual([false, false, false, false, false]);
  });

  it('gives each call its own nonce, the repeated one too, and logs it', async () => {
    const simulator = await start();
    const lines = await tape(simulator);
    const nonces = lines.slice(1).map((line) => line.split(' ')[1]);
    expect(new Set(nonces).size).toBe(4);
    const logged = await simulator.control.log();
    expect(logged.filter(({ kind }) => kind === 'data').map(({ nonce }) => nonce)).toEqual(nonces);
  });

  it('hits the same calls with a fault of a given probability, in whatever order they come', async () => {
    const terms = ['eggs', 'milk', 'bread', 'rice', 'beans', 'apples', 'onions', 'butter', 'salt', 'tea'];
    const statuses = async (order: string[]) => {
      const simulator = await start({ seed: 3 });
      await simulator.control.setFault('MEALME', { mode: 'error503', probability: 0.5 });
      const pairs = await Promise.all(
        order.map(async (term) => {
          const { status } = await ask(simulator, MEALME_SEARCH.replace('eggs', term), { headers: ID_TOKEN });
          return [term, status] as const;
        }),
      );
      return Object.fromEntries(pairs);
    };
    const forwards = await statuses(terms);
    expect(await statuses([...terms].reverse())).toEqual(forwards);
    expect(new Set(Object.values(forwards))).toEqual(new Set([200, 503]));
  });
});

describe('prices', () => {
  const prices = async (simulator: Simulator) => {
    const { text } = await ask(simulator, MEALME_SEARCH, { headers: ID_TOKEN });
    return (JSON.parse(text) as { products: { price: number }[] }).products.map(({ price }) => price);
  };

  it('are the catalogue’s on the first day and drift as the clock moves on, alike for the same seed', async () => {
    const [first, second] = [await start(), await start()];
    const today = await prices(first);
    expect(await prices(first)).toEqual(today);
    for (const simulator of [first, second]) await simulator.control.advance(3 * DAY_MS);
    const later = await prices(first);
    expect(later).not.toEqual(today);
    expect(later.every((cents, index) => Math.abs(cents / today[index]! - 1) < 0.1)).toBe(true);
    expect(await prices(second)).toEqual(later);
  });
});

describe('auth', () => {
  it('refuses a wrong client at Kroger’s token endpoint, unwrapped', async () => {
    const reply = await ask(await start(), '/kroger/v1/connect/oauth2/token', { method: 'POST', body: 'x' });
    expect([reply.status, JSON.parse(reply.text)]).toEqual([
      401,
      { error: 'unauthorized', error_description: 'invalid credentials' },
    ]);
  });

  it.each([
    ['grant_type=password', { error: 'unsupported_grant_type', error_description: 'invalid grant_type' }],
    [
      'grant_type=client_credentials&scope=cart.basic:write',
      { error: 'invalid_scope', error_description: 'invalid scope' },
    ],
  ])('refuses the token request %s', async (body, error) => {
    const headers = { authorization: BASIC, 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await ask(await start(), '/kroger/v1/connect/oauth2/token', { method: 'POST', headers, body });
    expect([reply.status, JSON.parse(reply.text)]).toEqual([400, error]);
  });

  it('lets Kroger’s token lapse after 30 minutes', async () => {
    const simulator = await start();
    const headers = await krogerToken(simulator);
    await simulator.control.advance(1_799_000);
    expect((await ask(simulator, KROGER_SEARCH, { headers })).status).toBe(200);
    await simulator.control.advance(1000);
    const late = await ask(simulator, KROGER_SEARCH, { headers });
    expect(late.status).toBe(401);
    expect(JSON.parse(late.text)).toMatchObject({ errors: { error: 'invalid_token' } });
  });

  it('refuses an app token on Kroger’s cart', async () => {
    const simulator = await start();
    const headers = await krogerToken(simulator);
    const body = JSON.stringify({ items: [{ upc: '0009990012345', quantity: 1 }] });
    expect((await ask(simulator, '/kroger/v1/cart/add', { method: 'PUT', headers, body })).status).toBe(401);
  });

  it.each([
    ['no headers', {}],
    ['a stale timestamp', () => walmartHeaders(Date.now() - 181_000)],
    [
      'a signature of other content',
      () => ({ ...walmartHeaders(), 'WM_CONSUMER.INTIMESTAMP': String(Date.now() + 5) }),
    ],
    ['another key version', () => ({ ...walmartHeaders(), 'WM_SEC.KEY_VERSION': '2' })],
  ])('refuses Walmart’s caller with %s, in the gateway’s shape', async (_what, made) => {
    const headers = typeof made === 'function' ? made() : made;
    const reply = await ask(await start(), `${WALMART}/search?query=milk`, { headers });
    expect(reply.status).toBe(401);
    expect(JSON.parse(reply.text)).toMatchObject({ details: { 'wm_svc.name': 'affil-product' } });
  });

  it.each([
    [MEALME_SEARCH, { error: 'Incorrect API key' }],
    ['/instacart/idp/v1/products/products_link', { error: { message: 'Unauthorized' } }],
  ])('refuses a caller of %s without a key', async (path, body) => {
    const reply = await ask(await start(), path);
    expect(reply.status).toBe(401);
    expect(JSON.parse(reply.text)).toMatchObject(body);
  });
});

describe('rules', () => {
  it.each([
    ['filter.term=ab', 'term'],
    ['filter.term=a+b+c+d+e+f+g+h+i', 'term'],
    ['', 'term'],
    ['filter.term=milk&filter.locationId=1400441', 'locationId'],
    ['filter.term=milk&filter.limit=51', 'limit'],
    ['filter.term=milk&filter.start=251', 'start'],
    ['filter.term=milk&filter.fulfillment=DTH', 'fulfillment'],
    ['filter.productId=123', 'productId'],
  ])('refuses Kroger’s search %s with the wrapped 400', async (query, field) => {
    const simulator = await start();
    const reply = await ask(simulator, `/kroger/v1/products?${query}`, { headers: await krogerToken(simulator) });
    expect(reply.status).toBe(400);
    const { errors } = JSON.parse(reply.text) as { errors: Record<string, unknown> };
    expect(errors).toMatchObject({ timestamp: FROZEN_MS, code: 'PRODUCT-2011' });
    expect(errors.reason).toContain(`'${field}'`);
  });

  it('tells neither price nor stock without a location, and finds a product by its 13 digits', async () => {
    const simulator = await start();
    const headers = await krogerToken(simulator);
    type Row = { productId: string; items: Record<string, unknown>[] };
    const found = await ask(simulator, '/kroger/v1/products?filter.term=milk', { headers });
    const [row] = (JSON.parse(found.text) as { data: Row[] }).data;
    expect(row!.productId).toMatch(/^\d{13}$/);
    expect(Object.keys(row!.items[0]!)).not.toEqual(expect.arrayContaining(['price']));
    expect(row!.items[0]).not.toHaveProperty('inventory');
    const again = await ask(simulator, `/kroger/v1/products/${row!.productId}?filter.locationId=01400441`, { headers });
    const one = (JSON.parse(again.text) as { data: Row }).data;
    expect(one.productId).toBe(row!.productId);
    expect(one.items[0]).toHaveProperty('price.regular');
  });

  it.each([
    ['/search', 'query is required'],
    ['/search?query=milk&numItems=26', 'numItems should be between 1 and 25'],
    ['/search?query=milk&sort=cheap', 'sort is not valid'],
    [`/items?ids=${Array.from({ length: 21 }, (_, index) => index + 1).join(',')}`, 'between 1 and 20'],
  ])('refuses Walmart’s call %s', async (path, message) => {
    const reply = await ask(await start(), WALMART + path, { headers: walmartHeaders() });
    expect(reply.status).toBe(400);
    expect(reply.text).toContain(message);
  });

  it('refuses Instacart’s list in one shape for one problem and in another for several', async () => {
    const simulator = await start();
    const post = (body: unknown) =>
      ask(simulator, '/instacart/idp/v1/products/products_link', {
        method: 'POST',
        headers: { authorization: 'Bearer keys.00000000000000000000000000000000', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const one = await post({ line_items: [{ name: 'milk' }] });
    expect([one.status, JSON.parse(one.text)]).toMatchObject([400, { meta: { key: 'title' } }]);
    const two = await post({ title: 'x', line_items: [], expires_in: 366 });
    expect(JSON.parse(two.text)).toMatchObject({
      error: { errors: [{ meta: { key: 'expires_in' } }, { meta: { key: 'line_items' } }] },
    });
  });
});

describe('limits', () => {
  it('are off until asked for, then refuse beyond MealMe’s ten in a second and begin anew with the clock', async () => {
    const simulator = await start();
    const statuses = async (count: number) => {
      const replies = [];
      for (let index = 0; index < count; index++)
        replies.push(await ask(simulator, MEALME_SEARCH, { headers: ID_TOKEN }));
      return replies.map(({ status }) => status);
    };
    expect(await statuses(15)).toEqual(Array(15).fill(200));
    await simulator.control.setLimits(true);
    expect(await statuses(12)).toEqual([...Array(10).fill(200), 429, 429]);
    await simulator.control.advance(1000);
    expect(await statuses(1)).toEqual([200]);
  });

  it('count Kroger’s locations apart from its products', async () => {
    const simulator = await start({ limits: true });
    const headers = await krogerToken(simulator);
    const locations = () => ask(simulator, '/kroger/v1/locations?filter.zipCode.near=45202', { headers });
    for (let index = 0; index < 1600; index += 100) await Promise.all(Array.from({ length: 100 }, locations));
    expect((await locations()).status).toBe(429);
    expect((await ask(simulator, KROGER_SEARCH, { headers })).status).toBe(200);
  });
});

describe('the control over HTTP', () => {
  const put = (path: string, value: unknown) => ({
    path: `/__control/${path}`,
    init: { method: 'PUT', body: JSON.stringify(value) },
  });

  it('sets a fault for a number of calls and forgets it on reset', async () => {
    const simulator = await start();
    const { path, init } = put('faults/MEALME', { mode: 'error500', count: 1 });
    expect((await ask(simulator, path, init)).status).toBe(204);
    const statuses = [];
    for (let index = 0; index < 2; index++) {
      statuses.push((await ask(simulator, MEALME_SEARCH, { headers: ID_TOKEN })).status);
    }
    expect(statuses).toEqual([500, 200]);
    await ask(simulator, '/__control/reset', { method: 'POST' });
    expect(JSON.parse((await ask(simulator, '/__control/log')).text)).toEqual([]);
  });

  it.each([
    ['an unknown mode', put('faults/MEALME', { mode: 'sulk' }), 400],
    ['an unknown provider', put('faults/ACME', { mode: 'hang' }), 400],
    ['a negative latency', put('latency', { medianMs: -1, p99Ms: 0 }), 400],
    ['no JSON', { path: '/__control/limits', init: { method: 'PUT', body: '{' } }, 400],
    ['an unknown control', put('weather', {}), 404],
  ])('refuses %s and goes on serving', async (_what, { path, init }, status) => {
    const simulator = await start();
    expect((await ask(simulator, path, init)).status).toBe(status);
    expect((await ask(simulator, MEALME_SEARCH, { headers: ID_TOKEN })).status).toBe(200);
  });
});
