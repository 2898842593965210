import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { rowsOf } from '../support/stores.js';

/** What can be asked of a decision once it has been made. */
describe('a decided route', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(() => test?.close());

  describe('scored again', () => {
    it('tells who would have won with other weights, and why, and stays what it was', async () => {
      const route = await test.api.route({ ...CART, weights: { priority: 10 } });
      const before = await test.api.get(`/v1/routes/${route.id}`);
      const [runnerUp] = route.outcome.fallbacks;
      const rows = () => rowsOf(test.stores.adminUrl, 'SELECT count(*) FROM events', []);
      const stored = await rows();
      const others = route.outcome.fallbacks.map(({ providerId }: { providerId: string }) => providerId);
      const { status, body } = await test.api.post(`/v1/routes/${route.id}/rescore`, { providers: others });
      expect([status, body.changed]).toEqual([200, true]);
      expect(body.was).toEqual(route.outcome);
      expect(body.wouldBe.winner.providerId).toBe(runnerUp.providerId);
      expect(body.wouldBe.explanation).toContain(runnerUp.providerId);
      const same = await test.api.post(`/v1/routes/${route.id}/rescore`, { weights: { priority: 10 } });
      expect(same.body).toMatchObject({ changed: false, wouldBe: route.outcome });
      expect((await test.api.get(`/v1/routes/${route.id}`)).body).toEqual(before.body);
      expect(await rows()).toEqual(stored);
    });

    it('is refused while there is no outcome', async () => {
      await test.simulator.control.setFault('*', { mode: 'slow', ms: 1500 });
      const { body } = await test.api.post('/v1/routes', CART);
      const refused = await test.api.post(`/v1/routes/${body.id}/rescore`, { preset: 'price-first' });
      await test.api.post(`/v1/routes/${body.id}/cancel`);
      await test.simulator.control.reset();
      expect([refused.status, refused.body.code]).toEqual([409, 'route_not_decided']);
    });
  });
});
