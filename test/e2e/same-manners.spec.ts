import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { HOUSEHOLD } from '../support/household.js';
import { rowsOf } from '../support/stores.js';

interface Documented {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
}
/** What is made at once, and the same request with something else in it. */
const MADE_AT_ONCE = [
  ['/v1/price-watches', { words: 'oat milk', below: { cents: 100 } }, { words: 'oat milk', below: { cents: 90 } }],
  ['/v1/clearance-watches', { near: { postalCode: '8000' }, words: 'skyr' }, { near: { postalCode: '5000' } }],
] as const;

describe('what holds for one kind holds for the others', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(() => test?.close());

  const ids = async (path: string) => (await test.api.get(path)).body.data.map(({ id }: { id: string }) => id);

  describe.each(MADE_AT_ONCE)('POST %s with an Idempotency-Key', (path, body, other) => {
    const key = { 'idempotency-key': 'once' };

    it('makes one, tells where it is, and gives the same again, whatever order its members come in', async () => {
      const first = await test.api.post(path, body, key);
      expect([first.status, first.headers.location]).toEqual([201, `${path}/${first.body.id}`]);
      expect(first.headers['idempotent-replayed']).toBeUndefined();
      const again = await test.api.post(path, Object.fromEntries(Object.entries(body).reverse()), key);
      expect([again.status, again.body.id, again.headers.location]).toEqual([
        201,
        first.body.id,
        first.headers.location,
      ]);
      expect(again.headers['idempotent-replayed']).toBe('true');
      expect(await ids(path)).toEqual([first.body.id]);
    });

    it('refuses another body, and what is no key', async () => {
      const reused = await test.api.post(path, other, key);
      expect([reused.status, reused.body.code]).toEqual([422, 'idempotency_reused']);
      const bad = await test.api.post(path, body, { 'idempotency-key': 'a'.repeat(256) });
      expect([bad.status, bad.body.code]).toEqual([400, 'idempotency_key_invalid']);
      expect(await ids(path)).toHaveLength(1);
    });

    it('makes one of many that come at once', async () => {
      const before = await ids(path);
      const made = await Promise.all(
        Array.from({ length: 8 }, () => test.api.post(path, other, { 'idempotency-key': 'at-once' })),
      );
      expect(made.map(({ status }) => status)).toEqual(made.map(() => 201));
      expect(new Set(made.map((answer) => answer.body.id)).size).toBe(1);
      expect(await ids(path)).toHaveLength(before.length + 1);
    });

    it('makes another one when the first was deleted, and takes no key for what was refused', async () => {
      const [newest] = await ids(path);
      await test.api.send('DELETE', `${path}/${newest}`);
      const anew = await test.api.post(path, other, { 'idempotency-key': 'at-once' });
      expect([anew.status, anew.headers['idempotent-replayed']]).toEqual([201, undefined]);
      expect(anew.body.id).not.toBe(newest);
      const refused = await test.api.post(path, { ...body, words: '!' }, { 'idempotency-key': 'mended' });
      expect(refused.status).toBe(422);
      expect((await test.api.post(path, body, { 'idempotency-key': 'mended' })).status).toBe(201);
    });
  });

  it('says of a cart whose words were not read in time why, and what to do, wherever it is named', async () => {
    const { body: cart } = await test.api.post('/v1/carts', { text: 'milk' }, { prefer: 'wait=30' });
    expect(cart.failure).toBeNull();
    const sql = `UPDATE carts SET status = 'failed', state = NULL WHERE id = $1`;
    await rowsOf(test.stores.adminUrl, sql, [cart.id]);
    const failed = await test.api.get(`/v1/carts/${cart.id}`);
    const detail = expect.stringContaining('send them again');
    expect(failed.body.failure).toMatchObject({ reason: 'deadline', details: [{ pointer: '/text', detail }] });
    const { shippingAddress } = CART;
    for (const [path, body] of [
      ['/v1/carts', { text: 'and bread', cartId: cart.id }],
      [`/v1/carts/${cart.id}/route`, { shippingAddress }],
      [`/v1/carts/${cart.id}/answers`, { version: 1, answers: [{ question: 'q_1', choice: 'c1' }] }],
    ] as const) {
      const answer = await test.api.post(path, body);
      // Nothing to try again for: it stays so.
      expect([path, answer.status, answer.body]).toEqual([
        path,
        409,
        expect.objectContaining({ code: 'cart_never_read', retryable: false, detail }),
      ]);
    }
  });

  it('tells where the route of a cart is, and says so when the same key comes again', async () => {
    const { body: cart } = await test.api.post('/v1/carts', { text: '2 apples' }, { prefer: 'wait=30' });
    const body = { shippingAddress: CART.shippingAddress };
    const send = () => test.api.post(`/v1/carts/${cart.id}/route`, body, { 'idempotency-key': 'routed' });
    const [first, again] = [await send(), await send()];
    expect([first.status, first.headers.location]).toEqual([202, `/v1/routes/${first.body.routeId}`]);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect([again.body.routeId, again.headers['idempotent-replayed']]).toEqual([first.body.routeId, 'true']);
    const { paths } = (await test.api.get('/docs-json')).body as Documented;
    const documented = paths['/v1/carts/{id}/route']!.post!.parameters!.map(({ name }) => name);
    expect(documented).toContain('Idempotency-Key');
  });

  it('refuses a query parameter that it does not know, wherever it knows any', async () => {
    const { paths } = (await test.api.get('/docs-json')).body as Documented;
    const asked = Object.entries(paths).filter(([path, { get }]) => {
      const known = get?.parameters?.filter((parameter) => parameter.in === 'query').map(({ name }) => name) ?? [];
      // Who opens a stream may send what else its proxy wants.
      return /^\/(admin\/)?v1\//.test(path) && known.length > 0 && !known.includes('token');
    });
    expect(asked.length).toBeGreaterThan(20);
    for (const [path] of asked) {
      const answer = await test.api.get(`${path.replaceAll(/\{\w+\}/g, 'x')}?colour=red`);
      const details = (answer.body.errors ?? []).map(({ detail }: { detail: string }) => detail).join();
      expect([path, answer.status, details]).toEqual([path, 400, expect.stringContaining('"colour"')]);
    }
  });

  it('makes nothing of a request that was only to be looked at, but misspelled it', async () => {
    for (const [path, body] of [
      ['/v1/routes', CART],
      ['/v1/plans', HOUSEHOLD],
    ] as const) {
      const before = await ids(path);
      const answer = await test.api.post(`${path}?validateonly=true`, body);
      expect([answer.status, answer.body.code]).toEqual([400, 'request_invalid']);
      expect(await ids(path)).toEqual(before);
    }
    const erased = await test.api.send('DELETE', '/v1/intake?usr=ann');
    expect([erased.status, erased.body.code]).toEqual([400, 'request_invalid']);
  });

  it('points at a parameter in one way, whatever is wrong with it', async () => {
    const pointers = await Promise.all(
      ['limit=0', 'limit=%00'].map(async (query) => (await test.api.get(`/v1/routes?${query}`)).body.errors[0].pointer),
    );
    expect(pointers).toEqual(['/limit', '/limit']);
  });
});
