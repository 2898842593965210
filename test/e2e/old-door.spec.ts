import { startApp, type Instance, type TestApp } from '../support/app.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { rowsOf } from '../support/stores.js';

const DOOR = '/functions/v1/loopgpt_route_order';
const NONSENSE = { id: 'x', name: 'zzqx vvwq', quantity: 1, unit: 'each' };

/** The doors of the former systems, for callers who know their words only. */
describe('the former doors', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp({ LOOPGPT_QUOTE_CACHE_SECONDS: '300' });
  }, 60_000);
  afterAll(() => test?.close());

  it('say of a whole cart that it is complete', async () => {
    const { status, body } = await test.api.post(DOOR, CART);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      partial: false,
      quote: { complete: true, partial: false, missing: [], ambiguous: [], substituted: [], cached: false },
    });
  });

  it('name what is missing of a cart that is served in part, and never let it look whole', async () => {
    const { status, body } = await test.api.post(DOOR, { ...CART, items: [...CART.items, NONSENSE] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ partial: true, quote: { complete: false, partial: true, ambiguous: [] } });
    expect(body.quote.missing).toEqual([{ id: 'x', name: 'zzqx vvwq' }]);
  });

  it('answer a cart of which nothing could be read with the error that callers know', async () => {
    const { status, body } = await test.api.post(DOOR, { ...CART, items: [NONSENSE] });
    expect(status).toBe(502);
    expect(body).toMatchObject({
      error: { code: 'NO_PROVIDERS_AVAILABLE', message: 'No providers returned valid quotes' },
    });
  });

  it('mark what the cache gave, and count it neither as a call nor into the time that calls take', async () => {
    const cart = { ...CART, items: CART.items.slice(0, 2) };
    const first = await test.api.post(DOOR, cart);
    const measured = async () =>
      ((await test.api.get('/metrics')).body as string)
        .split('\n')
        .filter((line) => /^loopgpt_provider_latency_seconds_count|_answers_total\{.*result="ok"/.test(line));
    const entries = () =>
      rowsOf(
        test.stores.adminUrl,
        `SELECT count(*) FROM edge_logs WHERE function_name = 'loopgpt_route_order' AND event LIKE 'provider_quote_%'`,
      );
    const before = [await measured(), await entries()];
    const second = await test.api.post(DOOR, cart);
    expect([first.body.quote.cached, second.body.quote.cached]).toEqual([false, true]);
    expect([await measured(), await entries()]).toEqual(before);
    const cached = await rowsOf(
      test.stores.adminUrl,
      `SELECT DISTINCT event, latency_ms FROM edge_logs WHERE function_name = 'loopgpt_quote_cache'`,
    );
    expect(cached).toEqual([{ event: 'provider_quote_cached', latency_ms: null }]);
  });

  describe('refuse in the words that callers know', () => {
    let strict: Instance;
    beforeAll(async () => {
      strict = await test.another({ LOOPGPT_RATE_LIMIT_PER_MINUTE: '1' });
    }, 60_000);

    it.each([
      [
        'a line without a quantity',
        { ...CART, items: [{ id: 'a', name: 'Milk', unit: 'each' }] },
        /items\/0\/quantity/,
      ],
      ['a quantity below 0', { ...CART, items: [{ ...CART.items[0], quantity: -1 }] }, /items\/0\/quantity/],
      ['no address', { items: CART.items }, /shippingAddress/],
      ['no lines', { ...CART, items: [] }, /items/],
      ['no body', {}, /items/],
      ['an unknown action', { action: 'health' }, /action|items/],
    ])('%s, naming the field', async (_what, body, field) => {
      const refused = await test.api.post(DOOR, body);
      expect(refused.status).toBe(400);
      expect(refused.body.error).toEqual({ code: 'VALIDATION_FAILED', message: expect.stringMatching(field) });
      expect(refused.body.code).toBe('request_invalid');
    });

    it('a wrong type at the planner’s door, naming the field', async () => {
      const { status, body } = await test.api.post('/functions/v1/plan-generator', { force_regenerate: 'perhaps' });
      expect(status).toBe(400);
      expect(body.error).toEqual({ code: 'VALIDATION_FAILED', message: expect.stringContaining('force_regenerate') });
    });

    it.each([
      ['a body that is no JSON', 'POST', DOOR, '{"items":', {}, [400]],
      ['a body that is no JSON by its type', 'POST', DOOR, 'milk', { 'content-type': 'text/plain' }, [415]],
      ['a key that is unknown', 'POST', DOOR, CART, { authorization: `Bearer lgc_live_x_${'y'.repeat(43)}` }, [401]],
      ['a path that is not there', 'POST', '/functions/v1/loopgpt_nothing', {}, {}, [404]],
      ['a method that it does not take', 'GET', DOOR, undefined, {}, [404, 405]],
      ['a body that is too large', 'POST', DOOR, `{"items":"${'x'.repeat(300_000)}"}`, {}, [413]],
    ])('%s', async (_what, method, path, body, headers, statuses) => {
      const refused = await test.api.send(method, path, body, headers as Record<string, string>);
      expect(statuses).toContain(refused.status);
      expect(refused.body.error).toEqual({
        code: expect.stringMatching(/^[A-Z_]+$/),
        message: expect.stringMatching(/\w+/),
      });
    });

    it('too many requests', async () => {
      await strict.api.post(DOOR, { action: 'health_check' });
      const { status, headers, body } = await strict.api.post(DOOR, { action: 'health_check' });
      expect([status, body.error.code]).toEqual([429, 'RATE_LIMITED']);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    });

    it('but say nothing of it at the present doors', async () => {
      const { body } = await new Api(test.url).post('/v1/routes', {});
      expect(body.error).toBeUndefined();
    });
  });

  it('know a request by the id of its trace, as the route that came of it does', async () => {
    const { headers, body } = await test.api.post('/v1/routes', CART);
    expect(headers['x-request-id']).toBe(body.traceId);
    const given = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traced = await test.api.post('/v1/routes', CART, { traceparent: `00-${given}-00f067aa0ba902b7-01` });
    expect([traced.headers['x-request-id'], traced.body.traceId]).toEqual([given, given]);
  });

  it('have what waits measured at /metrics: the oldest job whatever its priority, and the events not yet sent', async () => {
    const text = (await test.api.get('/metrics')).body as string;
    expect(text).toMatch(/^loopgpt_queue_oldest_waiting_seconds\{queue="quotes"\} \d/m);
    expect(text).toMatch(/^loopgpt_outbox_pending \d+$/m);
    expect(text).toMatch(/^loopgpt_store_up\{store="queues"\} 1$/m);
  });
});
