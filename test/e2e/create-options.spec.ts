import { RoutingRepository } from '../../src/modules/routing/routing.repository.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { rowsOf } from '../support/stores.js';

const slow = { mode: 'slow', ms: 4000 } as const;
const PATIENT = { ...CART, deadlineMs: 10_000 };

/** What a caller may ask for beside the cart itself. */
describe('accepting a route', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(() => test?.close());
  afterEach(async () => {
    jest.restoreAllMocks();
    await test.simulator.control.reset();
  });

  describe('with Cancel-After', () => {
    it('cancels what is still open by then, once and for good, without anybody coming back for it', async () => {
      await test.simulator.control.setFault('*', { mode: 'slow', ms: 15_000 });
      const asked = { ...CART, deadlineMs: 20_000 };
      const { status, body } = await test.api.post('/v1/routes', asked, { 'cancel-after': '1' });
      expect(status).toBe(202);
      expect(Date.parse(body.cancelAt) - Date.parse(body.createdAt)).toBeCloseTo(1000, -2);
      const closed = await test.api.outcome(body.id);
      // Nobody had answered: it was the time alone that closed it.
      expect(closed).toMatchObject({ status: 'cancelled', outcome: null, quotes: [] });
      expect(Date.parse(closed.closedAt)).toBeGreaterThanOrEqual(Date.parse(body.cancelAt));
      await test.simulator.control.reset();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      expect((await test.api.get(`/v1/routes/${body.id}`)).body.status).toBe('cancelled');
      const events = await rowsOf(test.stores.adminUrl, 'SELECT name FROM events WHERE subject = $1', [body.id]);
      expect(events).toEqual([{ name: 'route.cancelled' }]);
    }, 30_000);

    it('changes nothing for a route that is decided before', async () => {
      const { body } = await test.api.post('/v1/routes', CART, { 'cancel-after': '2' });
      expect((await test.api.outcome(body.id)).status).toBe('fulfilled');
      await new Promise((resolve) => setTimeout(resolve, 2500));
      expect((await test.api.get(`/v1/routes/${body.id}`)).body.status).toBe('fulfilled');
    }, 30_000);

    it.each(['0', '-1', '1.5', 'soon', '3601', ''])('refuses %p', async (seconds) => {
      const { status, body } = await test.api.post('/v1/routes', CART, { 'cancel-after': seconds });
      expect([status, body.code, body.errors?.[0].pointer]).toEqual([400, 'request_invalid', 'Cancel-After']);
    });
  });

  it.each([
    ['allergens', 'moon dust', []],
    ['allergens', 'dairy but butter ok', []],
    ['diets', 'vegen', ['vegan']],
  ])('refuses %s that nobody can read ("%s"), with 422 and words like it', async (kind, word, like) => {
    const items = [
      CART.items[0]!,
      { ...CART.items[0]!, id: 'second', [kind]: [kind === 'diets' ? 'GF' : 'milk-free', word] },
    ];
    const { status, body } = await test.api.post('/v1/routes', { ...CART, items });
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'route_unusable', `/items/1/${kind}/1`]);
    for (const near of like) expect(body.errors[0].detail).toContain(near);
  });

  it('is decided though the process that decides is held up in every transaction, and loses no quote', async () => {
    const { openRoutes } = RoutingRepository.prototype;
    jest.spyOn(RoutingRepository.prototype, 'openRoutes').mockImplementation(function (
      this: RoutingRepository,
      ...args
    ) {
      const until = performance.now() + 600;
      while (performance.now() < until); // longer than PostgreSQL bears with a silent transaction at first
      return openRoutes.apply(this, args);
    });
    const route = await test.api.route({ ...CART, deadlineMs: 10_000, quorum: 1 });
    expect(route.status).toBe('fulfilled');
    expect(await rowsOf(test.stores.adminUrl, 'SELECT * FROM dead_letters')).toEqual([]);
  }, 30_000);

  describe('with validateOnly', () => {
    const counts = () =>
      rowsOf(
        test.stores.adminUrl,
        'SELECT (SELECT count(*) FROM routes) AS routes, (SELECT count(*) FROM idempotency_keys) AS keys',
      );

    it('says what would be asked and by which policy, keeps nothing and asks nobody', async () => {
      const before = await counts();
      const body = { ...CART, quorum: 1, preset: 'price-first' };
      const answer = await test.api.post('/v1/routes?validateOnly=true', body, { 'idempotency-key': 'only-looking' });
      expect(answer.status).toBe(200);
      expect(answer.headers.location).toBeUndefined();
      expect(answer.body).toMatchObject({
        valid: true,
        policy: { quorum: { at: 1, strict: true }, preset: 'price-first' },
      });
      const asked = answer.body.policy.expected.map(({ id }: { id: string }) => id).sort();
      expect(asked).toEqual(['INSTACART', 'KROGER_API', 'MEALME', 'WALMART_API']);
      expect(await counts()).toEqual(before);
      expect(await test.simulator.control.log()).toEqual([]);
      expect((await test.api.post('/v1/routes', body, { 'idempotency-key': 'only-looking' })).status).toBe(202);
    });

    it('refuses what would be refused', async () => {
      const empty = await test.api.post('/v1/routes?validateOnly=true', { ...CART, items: [] });
      expect([empty.status, empty.body.code]).toEqual([400, 'request_invalid']);
      const webhook = { url: 'ftp://shop.example/hook' };
      const refused = await test.api.post('/v1/routes?validateOnly=true', { ...CART, webhook });
      expect([refused.status, refused.body.code]).toEqual([422, 'webhook_url_refused']);
      expect((await test.api.post('/v1/routes?validateOnly=perhaps', CART)).status).toBe(400);
    });
  });

  it('tells where an open route stands, and by when it is decided', async () => {
    for (let index = 0; index < 5; index++) await test.api.route(CART);
    // The pace is measured every other second.
    await new Promise((resolve) => setTimeout(resolve, 2300));
    await test.simulator.control.setFault('*', slow);
    const { body } = await test.api.post('/v1/routes', PATIENT);
    const { estimatedAt } = body.queue;
    expect(body.queue).toEqual({ position: expect.any(Number), decidedBy: body.deadlineAt, estimatedAt });
    expect(Date.parse(estimatedAt)).toBeGreaterThan(Date.parse(body.createdAt));
    expect(Date.parse(estimatedAt)).toBeLessThanOrEqual(Date.parse(body.deadlineAt));
    await new Promise((resolve) => setTimeout(resolve, 2300));
    const asked = await test.api.get(`/v1/routes/${body.id}`);
    // It has taken longer than usual, so nobody knows any more.
    expect(asked.body.queue).toEqual({ position: 0, decidedBy: body.deadlineAt, estimatedAt: null });
    await test.api.post(`/v1/routes/${body.id}/cancel`);
    expect((await test.api.get(`/v1/routes/${body.id}`)).body.queue).toBeNull();
  });

  describe('with providers', () => {
    it('asks those alone, and tells what is over the budget', async () => {
      const route = await test.api.route({ ...CART, providers: ['KROGER_API', 'INSTACART'], budgetCents: 100 });
      expect(route.quotes.map(({ providerId }: { providerId: string }) => providerId).sort()).toEqual([
        'INSTACART',
        'KROGER_API',
      ]);
      const { winner, budget } = route.outcome;
      expect(budget).toEqual({ cents: 100, overCents: winner.comparedCents - 100, within: [] });
      const asked = new Set((await test.simulator.control.log()).map(({ provider }) => provider));
      // A link that was given before needs no asking.
      expect([...asked].filter((id) => id !== 'INSTACART')).toEqual(['KROGER_API']);
    });

    it.each([
      ['of which none quotes', ['INSTACART'], 422, 'route_unusable'],
      ['that nobody knows', ['ACME'], 400, 'request_invalid'],
    ])('refuses some %s', async (_, providers, expected, code) => {
      const { status, body } = await test.api.post('/v1/routes', { ...CART, providers });
      expect([status, body.code]).toEqual([expected, code]);
      expect(body.errors[0].pointer).toMatch(/^\/providers/);
    });
  });
});
