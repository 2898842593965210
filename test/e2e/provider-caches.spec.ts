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
