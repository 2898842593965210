import { SCOPES } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { rowsOf } from '../support/stores.js';

const AT_ONCE = 4;
const FLOOD = 60;

/** I16, by the order in which routes are picked up and not by time, which belongs to a bench. */
describe('a tenant that floods', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp({ LOOPGPT_QUOTES_CONCURRENCY: String(AT_ONCE) });
    await test.simulator.control.setLatency({ medianMs: 150, p99Ms: 200 });
  }, 60_000);
  afterAll(() => test?.close());

  const tenant = async (name: string) => {
    const { key } = await test.app
      .get(TenantsService)
      .createKey({ tenantName: name, name, scopes: [...SCOPES], expiresInDays: null });
    return new Api(test.url, key);
  };

  it('waits for itself: the next route of a quiet tenant is taken before all that have not begun', async () => {
    const [loud, quiet] = [await tenant('Loud'), await tenant('Quiet')];
    const patient = { ...CART, items: CART.items.slice(0, 1), deadlineMs: 30_000 };
    const flood = await Promise.all(Array.from({ length: FLOOD }, () => loud.post('/v1/routes', patient)));
    expect(flood.every(({ status }) => status === 202)).toBe(true);
    const mine = (await quiet.post('/v1/routes', patient)).body.id as string;
    await quiet.outcome(mine, 30);
    const before = await rowsOf<{ taken: number; accepted: number }>(
      test.stores.adminUrl,
      `SELECT count(*) FILTER (WHERE r.started_at > q.created_at AND r.started_at < q.started_at)::int AS taken,
         count(*) FILTER (WHERE r.started_at IS NULL OR r.started_at > q.started_at)::int AS accepted
       FROM routes r, routes q WHERE q.id = $1 AND r.id <> q.id`,
      [mine],
    );
    // Those that ran when it came, and whatever the workers had already fetched.
    expect(before[0]!.taken).toBeLessThanOrEqual(2 * AT_ONCE);
    expect(before[0]!.accepted).toBeGreaterThan(FLOOD / 2);
  }, 90_000);
});
