import { execFile } from 'node:child_process';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { rowsOf } from '../support/stores.js';

/** A cart over several stores: of a new route, and of one that has been decided. */
describe('a cart that is split over stores', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(() => test?.close());

  it('is a strategy of a route, in its outcome and in its record, and proven again by whoever holds that', async () => {
    const { routes } = test.api.client;
    const route = await routes.create({ ...CART, strategy: 'split', split: { maxStops: 2 } }).wait();
    const { split, rule, winner } = route.outcome!;
    expect(rule).toBe('all_answered');
    expect(winner).not.toBeNull();
    expect(split).toMatchObject({ status: 'complete', uncovered: [], wish: { maxStops: 2, mode: 'delivery' } });
    expect(split!.totalCents).toBe(split!.stops.reduce((sum, { totalCents }) => sum + totalCents, 0));
    expect(split!.boundCents).toBeLessThanOrEqual(split!.totalCents!);
    const env = { PATH: process.env.PATH };
    const said = await new Promise<string>((resolve) => {
      execFile(process.execPath, ['dist/scripts/verify.js', route.id, '--url', test.url], { env }, (_, out, err) =>
        resolve(out + err),
      );
    });
    expect(said).toContain('✓');
    const wouldBe = await routes.rescore(route.id, { split: { maxStops: 1, stopCostCents: 0, mode: 'delivery' } });
    expect(wouldBe.wouldBe.split!.stops).toHaveLength(1);
  });

  it('is made of a decided route on the same quotes, asks nobody and stores nothing', async () => {
    const route = await test.api.route(CART);
    const rows = () =>
      rowsOf(test.stores.adminUrl, 'SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM quotes)', []);
    const before = await rows();
    const split = await test.api.client.routes.split(route.id, { maxStops: 3 });
    expect(split).toMatchObject({ routeId: route.id, status: 'complete' });
    // Kroger and Walmart tell no fees: that nothing costs less cannot be proven where they might ask for nothing.
    expect(split.stops.some(({ assumed }) => assumed.length > 0) && split.provenOptimal).toBe(false);
    const lines = split.stops.flatMap((stop) => stop.lines.map(({ lineId }) => lineId));
    expect(lines.sort()).toEqual(CART.items.map((item) => item.id).sort());
    const quoted = (await test.api.get(`/v1/routes/${route.id}`)).body.lines;
    for (const stop of split.stops) {
      for (const { lineId, cents } of stop.lines) {
        expect(quoted[stop.providerId].find((one: { lineId: string }) => one.lineId === lineId).lineTotalCents).toBe(
          cents,
        );
      }
    }
    expect(await test.api.client.routes.split(route.id, { maxStops: 3 })).toEqual(split);
    expect(await rows()).toEqual(before);
  });

  it('is refused with what to do next: unknown, not decided, of another tenant, wishes that are none', async () => {
    const route = await test.api.route(CART);
    const made = await test.app
      .get(TenantsService)
      .createKey({ tenantName: 'Stranger', name: 'stranger', scopes: ['routes:read'], expiresInDays: null });
    const stranger = new Api(test.url, made.key);
    expect((await stranger.post('/v1/splits', { routeId: route.id })).status).toBe(404);
    await test.simulator.control.setFault('*', { mode: 'slow', ms: 1500 });
    const { body: open } = await test.api.post('/v1/routes', CART);
    const early = await test.api.post('/v1/splits', { routeId: open.id });
    await test.api.post(`/v1/routes/${open.id}/cancel`);
    await test.simulator.control.reset();
    expect([early.status, early.body.code]).toEqual([409, 'route_not_decided']);
    for (const body of [
      {},
      { routeId: 'x' },
      { routeId: route.id, maxStops: 0 },
      { routeId: route.id, mode: 'drone' },
    ]) {
      expect((await test.api.post('/v1/splits', body)).status).toBe(400);
    }
    expect((await test.api.post('/v1/routes', { ...CART, split: { maxStops: 2 } })).status).toBe(400);
  });
});
