import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';

interface Card {
  id: string;
  budget: { perDay: number | null; usedToday: number; remainingToday: number | null } | null;
}

describe('a provider whose calls are used up', () => {
  let test: TestApp;
  beforeAll(async () => {
    // One search per line: enough for one cart and not for two. Token, store and chain count elsewhere.
    test = await startApp({
      LOOPGPT_KROGER_CALLS_PER_DAY: String(CART.items.length),
      LOOPGPT_PRODUCT_CACHE_SECONDS: '0',
    });
  }, 60_000);
  afterAll(() => test?.close());

  const budgetOf = async (id: string) => {
    const { body } = await test.api.get('/v1/providers');
    return (body as { data: Card[] }).data.find((card) => card.id === id)!.budget;
  };

  it('fails by its name while the others decide, is never asked beyond its budget, and shows it', async () => {
    const reasons: (string | undefined)[] = [];
    for (let count = 0; count < 9; count++) {
      const { outcome } = await test.api.route(CART);
      expect(outcome.winner).not.toBeNull();
      const failed = (outcome.failed as { providerId: string; reason: string }[]).find(
        ({ providerId }) => providerId === 'KROGER_API',
      );
      reasons.push(failed?.reason);
    }
    expect(reasons[0]).toBeUndefined();
    expect(reasons.at(-1)).toBe('budget_exhausted');
    const asked = (await test.simulator.control.log()).filter(({ provider }) => provider === 'KROGER_API');
    const perDay = CART.items.length;
    expect(asked.filter(({ path }) => path === '/v1/products')).toHaveLength(perDay);
    expect(await budgetOf('KROGER_API')).toMatchObject({ perDay, usedToday: perDay, remainingToday: 0 });
    expect(await budgetOf('WALMART_API')).toBeNull();
  }, 60_000);
});
