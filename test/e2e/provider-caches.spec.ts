import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { onStatement } from '../support/statements.js';

interface Quote {
  providerId: string;
  cached: boolean | null;
  totalCents: number | null;
}

describe('a cart that was priced a moment ago', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp({ LOOPGPT_QUOTE_CACHE_SECONDS: '300' });
  }, 60_000);
  afterAll(() => test?.close());
  afterEach(() => jest.restoreAllMocks());

  const quotesOf = (route: { quotes: Quote[] }) =>
    Object.fromEntries(route.quotes.map(({ providerId, ...quote }) => [providerId, quote]));
  /** A quorum that only all can reach, so that every quote is there to look at. */
  const ALL = { ...CART, quorum: 3 };

  it('is quoted again without a call, by every instance, marked and with the same prices', async () => {
    const first = await test.api.route(ALL);
    expect(first.quotes.map(({ cached }: Quote) => cached)).not.toContain(true);
    const other = await test.another();
    await test.simulator.control.reset();
    const again = await other.api.route(ALL);
    expect(await test.simulator.control.log()).toEqual([]);
    const [before, after] = [quotesOf(first), quotesOf(again)];
    for (const id of ['KROGER_API', 'WALMART_API', 'MEALME']) {
      expect(after[id]).toMatchObject({ cached: true, totalCents: before[id]!.totalCents });
    }
    expect(again.outcome.winner).not.toBeNull();
    await test.closeOthers();
  }, 60_000);

  const embeddedIt = process.env.TEST_REDIS_URL ? it.skip : it;
  embeddedIt(
    'costs one look for the whole lane where PostgreSQL is the cache',
    async () => {
      const statements: string[] = [];
      onStatement((sql) => statements.push(sql));
      const other = { ...ALL, items: [{ ...CART.items[0]!, quantity: 2 }] };
      await test.api.route(other);
      const looks = statements.filter((sql) => /FROM cache_entries WHERE key = ANY/.test(sql)).length;
      expect(looks).toBeGreaterThan(0);
      statements.length = 0;
      await new Promise((resolve) => setTimeout(resolve, 5100)); // what this process remembers by itself has lapsed
      await test.api.route(other);
      expect(statements.filter((sql) => /FROM cache_entries/.test(sql))).toHaveLength(1);
    },
    60_000,
  );
});

describe('a cart that is asked for again and again', () => {
  let test: TestApp;
  afterEach(() => test?.close(), 60_000);

  /** So often that one comes within the half minute of its quote with a chance over one half. */
  const often = async () => {
    for (let time = 0; time < 25; time++) await test.api.route({ ...CART, quorum: 3 });
  };
  const start = async (env: Record<string, string> = {}) => {
    test = await startApp({ LOOPGPT_QUOTE_CACHE_SECONDS: '30', ...env });
    await test.api.route({ ...CART, quorum: 3, items: [{ ...CART.items[0]!, name: 'eggs' }] });
    await often();
    await test.simulator.control.reset();
  };

  it('is asked for ahead of need, what is seldom is not, and its use is counted once', async () => {
    await start();
    expect((await test.api.post('/admin/v1/cache', {})).body).toEqual({ warmed: 4, left: 0 });
    const calls = (await test.simulator.control.log()).length;
    expect(calls).toBeGreaterThanOrEqual(4);
    const route = await test.api.route({ ...CART, quorum: 3 });
    await test.api.route({ ...CART, quorum: 3 });
    expect(route.quotes.filter(({ cached }: Quote) => cached).length).toBeGreaterThanOrEqual(3);
    expect(await test.simulator.control.log()).toHaveLength(calls);
    const { body } = await test.api.get('/admin/v1/cache');
    expect(body).toMatchObject({ on: true, warmed: 4, warmedUsed: expect.any(Number) });
    // The link of a shop that gives no quote is asked for last, and may be cut off.
    expect([3, 4]).toContain(body.warmedUsed);
    expect(body.hits).toBeGreaterThanOrEqual(25 * 3);
    expect(body.cartsKnown).toBeGreaterThanOrEqual(6);
  }, 120_000);

  it('is not asked for where a fifth of the day’s calls is used up by that, or four fifths by carts', async () => {
    await start({ LOOPGPT_KROGER_CALLS_PER_DAY: '4', LOOPGPT_BUDGET_SHARE_PERCENT: '100' });
    expect((await test.api.post('/admin/v1/cache', {})).body).toEqual({ warmed: 3, left: 1 });
  }, 120_000);

  it('is not asked for where that is switched off', async () => {
    await start({ LOOPGPT_CACHE_WARMING: 'false' });
    expect((await test.api.post('/admin/v1/cache', {})).body).toEqual({ warmed: 0, left: 0 });
    expect(await test.simulator.control.log()).toEqual([]);
  }, 120_000);
});
