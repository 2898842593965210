import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { startApp, type Instance, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { HOUSEHOLD } from '../support/household.js';
import { rowsOf } from '../support/stores.js';

describe('API manners', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(() => test?.close());
  afterEach(() => test.closeOthers());

  describe('Idempotency-Key', () => {
    it('gives the first answer again, marked, and makes one row', async () => {
      const key = { 'idempotency-key': `k-${Date.now()}` };
      const first = await test.api.post('/v1/routes', CART, key);
      const again = await test.api.post('/v1/routes', CART, key);
      expect(again.status).toBe(202);
      expect(again.body.id).toBe(first.body.id);
      expect(first.headers['idempotent-replayed']).toBeUndefined();
      expect(again.headers['idempotent-replayed']).toBe('true');
    });

    it('gives the first answer again when the members come in another order, to routes and to plans', async () => {
      const metadata = { first: '1', second: '2' };
      const reversed = { second: '2', first: '1' };
      const plan = { ...HOUSEHOLD, days: 1 };
      const bodies = [
        ['/v1/routes', { ...CART, metadata }, { metadata: reversed, ...CART }],
        ['/v1/plans', { ...plan, metadata }, { metadata: reversed, ...plan }],
      ] as const;
      for (const [path, one, other] of bodies) {
        const key = { 'idempotency-key': `order-${Date.now()}` };
        const first = await test.api.post(path, one, key);
        const again = await test.api.post(path, other, key);
        expect([again.status, again.body.id]).toEqual([202, first.body.id]);
        expect(again.headers['idempotent-replayed']).toBe('true');
      }
    });

    it('refuses the same key with another body with 422', async () => {
      const key = { 'idempotency-key': `k-${Date.now()}` };
      await test.api.post('/v1/routes', CART, key);
      const other = await test.api.post('/v1/routes', { ...CART, quorum: 1 }, key);
      expect([other.status, other.body.code]).toEqual([422, 'idempotency_reused']);
    });

    it('makes one row of 200 concurrent requests with one key', async () => {
      const key = { 'idempotency-key': `k-${Date.now()}` };
      const reference = `burst-${Date.now()}`;
      const answers = await Promise.all(
        Array.from({ length: 200 }, () => test.api.post('/v1/routes', { ...CART, reference }, key)),
      );
      expect([...new Set(answers.map((answer) => answer.status))].sort()).toEqual(expect.arrayContaining([202]));
      expect(answers.every((answer) => answer.status === 202 || answer.body.code === 'idempotency_in_flight')).toBe(
        true,
      );
      const ids = new Set(answers.filter((answer) => answer.status === 202).map((answer) => answer.body.id));
      expect(ids.size).toBe(1);
      const rows = await rowsOf(test.stores.adminUrl, 'SELECT id FROM routes WHERE reference = $1', [reference]);
      expect(rows).toHaveLength(1);
    });

    it('makes one row of concurrent requests with one key to two instances', async () => {
      const second = await test.another();
      const key = { 'idempotency-key': `k-${Date.now()}` };
      const reference = `pair-${Date.now()}`;
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          (index % 2 ? second.api : test.api).post('/v1/routes', { ...CART, reference }, key),
        ),
      );
      const ids = new Set(answers.filter((answer) => answer.status === 202).map((answer) => answer.body.id));
      expect(ids.size).toBe(1);
      const rows = await rowsOf(test.stores.adminUrl, 'SELECT id FROM routes WHERE reference = $1', [reference]);
      expect(rows).toHaveLength(1);
    }, 30_000);

    it('refuses a key that is not printable ASCII', async () => {
      const answer = await test.api.post('/v1/routes', CART, { 'idempotency-key': 'a'.repeat(256) });
      expect([answer.status, answer.body.code]).toEqual([400, 'idempotency_key_invalid']);
    });
  });

  describe('errors are problem+json with a code that says what to do', () => {
    const cases: [name: string, body: unknown, status: number, code: string, pointer?: string][] = [
      ['an empty cart', { ...CART, items: [] }, 400, 'request_invalid', '/items'],
      [
        'a negative quantity',
        { ...CART, items: [{ ...CART.items[0], quantity: -1 }] },
        400,
        'request_invalid',
        '/items/0/quantity',
      ],
      ['two items with one id', { ...CART, items: [CART.items[0], CART.items[0]] }, 400, 'request_invalid', '/items'],
      [
        '201 items',
        { ...CART, items: Array.from({ length: 201 }, (_, id) => ({ ...CART.items[0], id: `i${id}` })) },
        400,
        'request_invalid',
        '/items',
      ],
      ['an unknown field', { ...CART, colour: 'red' }, 400, 'request_invalid'],
      [
        'weights and preset together',
        { ...CART, weights: { price: 1 }, preset: 'price-first' },
        400,
        'request_invalid',
        '/preset',
      ],
      ['a deadline beyond 30 s', { ...CART, deadlineMs: 30_001 }, 400, 'request_invalid', '/deadlineMs'],
      ['text that is not JSON', '{"items": [', 400, 'request_invalid'],
      ['a body that pollutes prototypes', '{"__proto__": {"x": 1}}', 400, 'request_invalid'],
      ['JSON 40 levels deep', `${'['.repeat(40)}${']'.repeat(40)}`, 422, 'request_too_deep'],
      ['a body over 256 KB', JSON.stringify({ ...CART, reference: 'x'.repeat(300_000) }), 413, 'request_too_large'],
    ];
    it.each(cases.map(([name, ...rest]) => [name, rest] as const))(
      '%s',
      async (_name, [body, status, code, pointer]) => {
        const answer = await test.api.post('/v1/routes', body);
        expect([answer.status, answer.body.code]).toEqual([status, code]);
        expect(answer.headers['content-type']).toContain('application/problem+json');
        expect(answer.body.detail.length).toBeGreaterThan(10);
        if (pointer) expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
      },
    );

    it('a body that is not declared as JSON', async () => {
      const answer = await test.api.post('/v1/routes', 'items=1', {
        'content-type': 'application/x-www-form-urlencoded',
      });
      expect([answer.status, answer.body.code]).toEqual([415, 'media_type_unsupported']);
    });

    it('a route that does not exist, a malformed id, a path that does not exist', async () => {
      for (const path of ['/v1/routes/req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9', '/v1/routes/nonsense']) {
        const answer = await test.api.get(path);
        expect([answer.status, answer.body.code]).toEqual([404, 'route_not_found']);
      }
      const answer = await test.api.get('/v1/nothing');
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    });

    it('a wrong key, without telling what is wrong with it', async () => {
      const answer = await test.api.get('/v1/routes', { authorization: 'Bearer lgc_live_x' });
      expect([answer.status, answer.body.code]).toEqual([401, 'api_key_invalid']);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    });
  });

  it('tells the limit on every answer and 429 with Retry-After beyond it, counted over all processes', async () => {
    const key = { tenantName: 'busy', name: 'busy', scopes: ['routes:read'] as const, expiresInDays: null };
    const authorization = `Bearer ${(await test.app.get(TenantsService).createKey(key)).key}`;
    const ask = (instance: Instance) => instance.api.get('/v1/routes', { authorization });
    const strict = await test.another({ LOOPGPT_RATE_LIMIT_PER_MINUTE: '3' });
    // Counted by the minute of the clock: all that follows is in one.
    const leftMs = 60_000 - (Date.now() % 60_000);
    if (leftMs < 20_000) await new Promise((resolve) => setTimeout(resolve, leftMs + 500));
    for (let index = 0; index < 3; index++) {
      const answer = await ask(strict);
      expect(answer.headers['ratelimit-policy']).toBe('"tenant";q=3;w=60');
      expect(answer.headers.ratelimit).toMatch(new RegExp(`^"tenant";r=${2 - index};t=\\d+$`));
    }
    const refused = await ask(strict);
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    const other = await test.another({ LOOPGPT_RATE_LIMIT_PER_MINUTE: '5' });
    await ask(other);
    await new Promise((resolve) => setTimeout(resolve, 1000)); // until each has told the other
    expect((await ask(other)).headers.ratelimit).toMatch(/^"tenant";r=0;/);
    expect((await ask(other)).status).toBe(429);
  }, 60_000);

  it('cancels an open route once, keeps it cancelled, and refuses to cancel a decided one', async () => {
    await test.simulator.control.setFault('*', { mode: 'slow', ms: 1500 });
    const accepted = await test.api.post('/v1/routes', CART);
    const cancelled = await test.api.post(`/v1/routes/${accepted.body.id}/cancel`);
    expect(cancelled.body.status).toBe('cancelled');
    expect((await test.api.post(`/v1/routes/${accepted.body.id}/cancel`)).status).toBe(200);
    await test.simulator.control.reset();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const later = await test.api.get(`/v1/routes/${accepted.body.id}`);
    expect([later.body.status, later.body.outcome]).toEqual(['cancelled', null]);

    const decided = await test.api.route(CART);
    const refused = await test.api.post(`/v1/routes/${decided.id}/cancel`);
    expect([refused.status, refused.body.code]).toEqual([409, 'route_already_closed']);
  }, 30_000);

  describe('the former synchronous call', () => {
    it('answers the selected provider, the quote, a token and the request id', async () => {
      const answer = await test.api.post('/functions/v1/loopgpt_route_order', CART);
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({
        selectedProvider: { id: expect.any(String), name: expect.any(String), priority: expect.any(Number) },
        quote: { totalCents: expect.any(Number), currency: 'USD' },
        confirmationToken: expect.any(String),
        requestId: expect.stringMatching(/^req_/),
      });
    });

    it('answers health_check for the four providers', async () => {
      const answer = await test.api.post('/functions/v1/loopgpt_route_order', { action: 'health_check' });
      expect(answer.body).toEqual({
        providers: Object.fromEntries(
          ['MEALME', 'INSTACART', 'KROGER_API', 'WALMART_API'].map((id) => [id, { healthy: true }]),
        ),
      });
    });

    it('answers NO_PROVIDERS_AVAILABLE when nobody quotes', async () => {
      await test.simulator.control.setFault('*', { mode: 'error500' });
      const answer = await test.api.post('/functions/v1/loopgpt_route_order', CART);
      await test.simulator.control.reset();
      expect(answer.body.error).toEqual({
        code: 'NO_PROVIDERS_AVAILABLE',
        message: 'No providers returned valid quotes',
      });
    });
  });

  it('shows the whole life of a route from stored facts', async () => {
    const route = await test.api.route(CART);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { body } = await test.api.get(`/v1/routes/${route.id}/timeline`);
    const steps = body.steps.map((step: { step: string }) => step.step);
    expect(steps[0]).toBe('accepted');
    expect(steps).toEqual(expect.arrayContaining(['picked_up', 'answered', 'fulfilled', 'announced']));
    const times = body.steps.map((step: { afterMs: number }) => step.afterMs);
    expect(times).toEqual([...times].sort((left, right) => left - right));
  });
});
