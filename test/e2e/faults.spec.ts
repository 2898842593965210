import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { checkLedger } from '../support/ledger.js';

/** What providers can do to us. Kills of our own processes are in kills.spec.ts. */
describe('bad luck with providers', () => {
  let test: TestApp;
  let api: Api;

  beforeAll(async () => {
    test = await startApp();
    api = test.api;
  }, 60_000);
  afterAll(() => test?.close());
  afterEach(async () => {
    await test.simulator.control.reset();
    await test.closeOthers();
  });

  it('answers with the other quotes when one provider hangs, without waiting for the deadline', async () => {
    await test.simulator.control.setFault('WALMART_API', { mode: 'hang' });
    const start = Date.now();
    const route = await api.route({ ...CART, quorum: 2, deadlineMs: 25_000 }, 40);
    expect(Date.now() - start).toBeLessThan(20_000);
    expect(route.outcome).toMatchObject({ status: 'fulfilled', rule: 'quorum' });
    expect(route.outcome.outstanding).toContain('WALMART_API');
  });

  it('does not wait for the deadline when every provider fails', async () => {
    await test.simulator.control.setFault('*', { mode: 'error500' });
    const start = Date.now();
    const route = await api.route({ ...CART, deadlineMs: 10_000 });
    expect(Date.now() - start).toBeLessThan(6000);
    expect(route).toMatchObject({ status: 'no_quotes', outcome: { rule: 'all_answered', winner: null } });
    expect(route.outcome.failed.length).toBeGreaterThanOrEqual(3);
    expect(route.outcome.failed.every((failure: { reason: string }) => failure.reason.length > 0)).toBe(true);
  });

  it.each([
    ['garbage', 'invalid_response'],
    ['truncated', 'invalid_response'],
    ['absurd', 'invalid_response'],
    ['negative_price', 'invalid_response'],
    ['huge', 'response_too_large'],
    ['status401', 'unauthorized'],
    ['error500', 'unavailable'],
    // The last: one that says so is then left alone by every process that heard it, and any may take the next route.
    ['status429', 'rate_limited'],
  ] as const)(
    'types the failure of a provider that answers %s',
    async (mode, reason) => {
      // A fresh instance each time: breakers and credentials' health are per process.
      const fresh = await test.another();
      await test.simulator.control.setFault('MEALME', { mode });
      const route = await fresh.api.route({ ...CART, quorum: 3, deadlineMs: 4000 });
      const failure = route.outcome.failed.find((failed: { providerId: string }) => failed.providerId === 'MEALME');
      expect(failure?.reason).toBe(reason);
      expect(route.outcome.winner).not.toBeNull();
    },
    30_000,
  );

  it('decides at the deadline when a provider is slow, and keeps the late answer without changing the outcome', async () => {
    const fresh = await test.another();
    // Token, store and connections are warm; the quote is of another cart.
    await fresh.api.route({ ...CART, items: CART.items.slice(0, 1) }, 40);
    await test.simulator.control.setFault('KROGER_API', { mode: 'slow', ms: 4000 });
    const route = await fresh.api.route({ ...CART, quorum: 3, deadlineMs: 3500 });
    expect(route.outcome.rule).toBe('deadline');
    expect(route.outcome.status).toBe('partial');
    const before = JSON.stringify(route.outcome);
    let later = await fresh.api.get(`/v1/routes/${route.id}`);
    for (const until = Date.now() + 10_000; later.body.lateQuotes.length === 0 && Date.now() < until;) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      later = await fresh.api.get(`/v1/routes/${route.id}`);
    }
    expect(JSON.stringify(later.body.outcome)).toBe(before);
    expect(later.body.lateQuotes).toEqual([
      expect.objectContaining({ providerId: 'KROGER_API', totalDifferenceCents: expect.any(Number) }),
    ]);
  }, 30_000);

  it('ends every accepted route exactly once and on time under a mix of faults', async () => {
    const fresh = await test.another();
    for (let count = 0; count < 5; count++) await fresh.api.route(CART); // connections, token and stores are warm
    await test.simulator.control.setFault('KROGER_API', { mode: 'hang', probability: 0.3 });
    await test.simulator.control.setFault('WALMART_API', { mode: 'garbage', probability: 0.3 });
    await test.simulator.control.setFault('MEALME', { mode: 'drip', probability: 0.3 });
    const submitted = await Promise.all(
      Array.from({ length: 30 }, async () => (await fresh.api.post('/v1/routes', { ...CART, deadlineMs: 1500 })).body),
    );
    await new Promise((resolve) => setTimeout(resolve, 4500));
    expect(await checkLedger(test.stores.adminUrl, submitted, { graceMs: 500 })).toEqual([]);
  }, 30_000);
});
