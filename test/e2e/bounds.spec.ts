import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { SCOPES } from '../../src/modules/tenants/scopes.js';
import { TenantsRepository } from '../../src/modules/tenants/tenants.repository.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { startApp, type Instance, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';

const PRODUCTION = {
  LOOPGPT_ENV: 'production',
  LOOPGPT_SECRET_KEY: randomBytes(32).toString('base64'),
  LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'false',
  LOOPGPT_TRUST_PROXY: '127.0.0.1',
  LOOPGPT_KEYLESS_PER_MINUTE: '5',
};
const BOUNDS = {
  LOOPGPT_TRUST_PROXY: '127.0.0.1',
  LOOPGPT_MAX_WAITS: '5',
  LOOPGPT_MAX_WAITS_PER_KEY: '2',
  LOOPGPT_MAX_WAITS_PER_ADDRESS: '3',
};

describe('what one caller may hold of all', () => {
  let test: TestApp;
  let route: string;
  const keys: string[] = [];

  beforeAll(async () => {
    test = await startApp(BOUNDS);
    const tenants = test.app.get(TenantsService);
    for (const name of ['one', 'two', 'three']) {
      const options = { tenantId: 'ten_bounds', tenantName: 'Bounds', name, scopes: SCOPES, expiresInDays: null };
      keys.push((await tenants.createKey(options)).key);
    }
    await test.simulator.control.setLatency({ medianMs: 30_000, p99Ms: 30_000 });
    route = (await ask({ key: 0, body: { ...CART, deadlineMs: 30_000 } })).body.id as string;
  }, 60_000);
  afterAll(() => test?.close());
  afterEach(() => test.closeOthers());

  interface Asking {
    path?: string;
    key?: number;
    from?: string;
    wait?: number;
    body?: object;
    instance?: Pick<Instance, 'url'>;
    signal?: AbortSignal;
  }
  async function ask({ path = '/v1/routes', key, from = '203.0.113.1', wait, body, instance = test, signal }: Asking) {
    const response = await request(instance.url + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        'x-forwarded-for': from,
        ...(key === undefined ? {} : { authorization: `Bearer ${keys[key]}` }),
        ...(wait === undefined ? {} : { prefer: `wait=${wait}` }),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
      signal,
    });
    const answer = (await response.body.json()) as Record<string, unknown>;
    return { status: response.statusCode, headers: response.headers, body: answer };
  }
  const refusal = async (asking: Asking) => {
    const { status, headers, body } = await ask(asking);
    return [status, body.code, headers['content-type'], Number(headers['retry-after']) > 0];
  };
  const REFUSED = ['application/problem+json; charset=utf-8', true];

  it('bounds who waits by key, by address and in all, takes what is sent all the same, and gives each place back', async () => {
    const path = `/v1/routes/${route}`;
    const left = new AbortController();
    const gone: Promise<unknown>[] = [];
    const hold = async (key: number, from: string) => {
      gone.push(ask({ path, key, from, wait: 30, signal: left.signal }).catch(() => 'left'));
      await sleep(100);
    };
    await hold(0, '203.0.113.1');
    await hold(0, '203.0.113.2');
    // The key has its two, wherever it is used; without waiting it reads, and what it sends is accepted and answered at once.
    expect(await refusal({ path, key: 0, from: '203.0.113.3', wait: 30 })).toEqual([429, 'waits_too_many', ...REFUSED]);
    expect((await ask({ path, key: 0 })).body.status).toBe('open');
    const sent = await ask({ key: 0, wait: 30, body: { ...CART, deadlineMs: 30_000 } });
    expect([sent.status, sent.headers['preference-applied']]).toEqual([202, undefined]);
    expect(await refusal({ path: '/functions/v1/loopgpt_route_order', key: 0, body: ORDER })).toEqual([
      429,
      'waits_too_many',
      ...REFUSED,
    ]);
    // An IPv6 network is one address.
    for (const [key, from] of [
      [1, '2001:db8:1:2::1'],
      [1, '2001:db8:1:2::2'],
      [2, '2001:db8:1:2::3'],
    ] as const) {
      await hold(key, from);
    }
    expect(await refusal({ path, key: 2, from: '2001:db8:1:2:9::9', wait: 30 })).toEqual([
      429,
      'waits_too_many',
      ...REFUSED,
    ]);
    expect(await refusal({ path, key: 2, from: '203.0.113.7', wait: 30 })).toEqual([503, 'overloaded', ...REFUSED]);
    left.abort();
    expect(await Promise.all(gone)).toEqual(Array(5).fill('left'));
    await sleep(300);
    const again = await ask({ path, key: 0, wait: 1 });
    expect([again.status, again.headers['preference-applied']]).toEqual([200, 'wait=1']);
  }, 30_000);

  it('refuses an address that sends more without a key than it may, looks nothing up for it, and lets others in', async () => {
    const instance = await test.another(PRODUCTION);
    const lookedUp = jest.spyOn(instance.app.get(TenantsRepository), 'findUsableKey');
    const flood = async (path: string) => (await ask({ path, instance, from: '198.51.100.4' })).status;
    const answers = [];
    for (const path of ['/v1/routes', '/.well-known/x', '/health/live', '/v1/plans', '/v1/routes', '/health/ready'])
      answers.push(await flood(path));
    expect(answers).toEqual([401, 404, 200, 401, 401, 200]);
    expect(await refusal({ instance, from: '198.51.100.4' })).toEqual([429, 'keyless_limited', ...REFUSED]);
    expect(await flood('/health/ready')).toBe(429);
    expect(await flood('/metrics')).toBe(429);
    expect(lookedUp).not.toHaveBeenCalled();
    expect((await ask({ instance, from: '198.51.100.4', key: 0 })).status).toBe(200);
    expect((await ask({ instance, path: '/health/live', from: '198.51.100.5' })).status).toBe(200);
    lookedUp.mockRestore();
  }, 60_000);
});

const ORDER = { items: CART.items, shippingAddress: CART.shippingAddress };
