import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { SCOPES, TENANT_SCOPES } from '../../src/modules/tenants/scopes.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { oneOfEach } from '../support/one-of-each.js';
import { Receiver } from '../support/receiver.js';

/** A body that is well-formed for the operation, so that what is refused is the stranger and not the body. */
const BODIES: Record<string, object> = {
  'POST /v1/carts/{id}/answers': { version: 1, answers: [{ question: 'q_1', choice: 'c1' }] },
  'POST /v1/carts/{id}/route': { shippingAddress: CART.shippingAddress },
  'POST /v1/imports/{id}/answers': { answers: [{ question: 'q_1', choice: 'c1' }] },
  'POST /v1/products/{id}/join': { productId: 'prd_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9' },
  'POST /v1/products/{id}/part': {},
  'POST /v1/plans/{id}/route': { shippingAddress: CART.shippingAddress },
  'POST /v1/plans/{id}/swap': { date: '2026-12-01', slot: 'dinner' },
  'POST /v1/routes/{id}/confirm': { confirmationToken: 'x'.repeat(43) },
  'POST /v1/routes/{id}/rescore': { allowPartial: false },
  'PATCH /v1/webhook-endpoints/{id}': { description: 'mine now' },
  'POST /v1/webhook-endpoints/{id}/secret/rotate': {},
  'POST /v1/webhook-endpoints/{id}/replay': { since: '2020-01-01T00:00:00Z' },
};

/** The same for what has to be in the query. */
const QUERIES: Record<string, string> = {
  'GET /v1/products/{id}/price-check': '?cents=100',
  'GET /v1/plans/{id}/swap': '?date=2026-12-01&slot=dinner',
};

/** I10: one tenant's ids mean nothing to another, on every path of the OpenAPI document, those added later included. */
describe('two tenants', () => {
  let test: TestApp;
  let receiver: Receiver;
  let mine: Api;
  let stranger: Api;
  let ids: Record<string, string>;

  beforeAll(async () => {
    test = await startApp();
    receiver = await Receiver.start();
    const tenants = test.app.get(TenantsService);
    const keyOf = async (name: string) =>
      (await tenants.createKey({ tenantName: name, name, scopes: [...SCOPES], expiresInDays: null })).key;
    mine = new Api(test.url, await keyOf('Mine'));
    stranger = new Api(test.url, await keyOf('Stranger'));
    ids = await oneOfEach(mine, receiver);
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });

  it('get 404 for each other’s ids on every path', async () => {
    const document = (await mine.get('/docs-json')).body as { paths: Record<string, Record<string, object>> };
    const operations = Object.entries(document.paths)
      // What operators own belongs to no tenant, and the next test is about it; recipes are the same for all.
      .filter(([path]) => path.includes('{') && !/^\/(admin|v1\/recipes)\//.test(path))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })));
    expect(operations.length).toBeGreaterThanOrEqual(12);
    const answered: string[] = [];
    for (const { method, path } of operations) {
      const kind =
        /^\/api\/walmart\/(orders|products)/.exec(path)?.[1] ??
        (/^\/api\/.*price/.test(path) ? 'products' : path.split('/')[2]!);
      // A path of a new kind has to be taught to this test: it needs an id that is somebody else's.
      expect(Object.keys(ids)).toContain(kind);
      const name = `${method} ${path}`;
      const { status } = await stranger.send(
        method,
        `${path.replace(/\{[^}]+\}/, ids[kind]!)}${QUERIES[name] ?? ''}`,
        BODIES[name],
        {
          'idempotency-key': 'a-stranger',
        },
      );
      if (status !== 404) answered.push(`${name} answered ${status}`);
    }
    expect(answered).toEqual([]);
  });

  it('reach nothing of the operators without a key of theirs', async () => {
    const tenants = test.app.get(TenantsService);
    // What a key has that was made without naming scopes.
    expect(TENANT_SCOPES.filter((scope) => scope.startsWith('admin'))).toEqual([]);
    const { key } = await tenants.createKey({
      tenantName: 'Curious',
      name: 'curious',
      scopes: TENANT_SCOPES,
      expiresInDays: null,
    });
    const document = (await mine.get('/docs-json')).body as { paths: Record<string, Record<string, object>> };
    const operations = Object.entries(document.paths)
      .filter(([path]) => path.startsWith('/admin/'))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path] as const));
    expect(operations.length).toBeGreaterThanOrEqual(5);
    const curious = new Api(test.url, key);
    for (const [method, path] of operations) {
      const body = method === 'GET' ? undefined : {};
      const { status } = await curious.send(method, path.replace('{id}', 'act_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9'), body);
      expect([method, path, status]).toEqual([method, path, 403]);
    }
  });

  it('see none of each other’s in lists, and what was done to theirs is undone by nobody', async () => {
    for (const kind of Object.keys(ids)) {
      const path = `/v1/${kind}${kind === 'products' ? '?q=oat' : ''}`;
      expect((await mine.get(path)).body.data.length).toBeGreaterThan(0);
      expect([kind, (await stranger.get(path)).body.data]).toEqual([kind, []]);
    }
    const endpoint = await mine.get(`/v1/webhook-endpoints/${ids['webhook-endpoints']}`);
    expect(endpoint.body).toMatchObject({ description: '' });
    expect((await mine.get(`/v1/routes/${ids.routes}`)).body.status).toBe('fulfilled');
  });

  it('may use the same idempotency key for requests of their own', async () => {
    const [one, other] = await Promise.all(
      [mine, stranger].map((api) => api.post('/v1/routes', CART, { 'idempotency-key': 'the-same' })),
    );
    expect([one!.status, other!.status]).toEqual([202, 202]);
    expect(one!.body.id).not.toBe(other!.body.id);
  });

  it('are refused with a key that is revoked, cut short or made up', async () => {
    const tenants = test.app.get(TenantsService);
    const made = await tenants.createKey({
      tenantName: 'Gone',
      name: 'gone',
      scopes: [...SCOPES],
      expiresInDays: null,
    });
    await tenants.revokeKey(made.id);
    for (const key of [made.key, made.key.slice(0, -1), 'lgc_live_madeup_key', 'x'.repeat(5000)]) {
      const answer = await new Api(test.url, key).get('/v1/routes');
      expect(answer.status).toBe(401);
      expect(JSON.stringify(answer.body)).not.toContain(key);
    }
  });
});
