import { MIGRATIONS } from '../../migrations/migrations.js';
import { newId } from '../../src/common/ids.js';
import { readConfig } from '../../src/read-config.js';
import { NewEvent } from '../../src/events/new-event.js';
import type { ProviderAnswer } from '../../src/modules/providers/provider.js';
import { cancellationOf } from '../../src/modules/routing/collecting/closing.js';
import { buildOutcome } from '../../src/modules/routing/deciding/outcome.js';
import type { Answer } from '../../src/modules/routing/deciding/policy.js';
import { snapshotOf } from '../../src/modules/routing/route.resource.js';
import { RoutingRepository } from '../../src/modules/routing/routing.repository.js';
import { Accepting } from '../../src/operations/accepting.js';
import { kindNamed } from '../../src/operations/catalogue.js';
import { Database, prepareDatabase } from '../../src/platform/database/database.js';
import { OPERATOR_QUERIES } from '../../bench/edge-logs/queries.js';
import { CART } from '../support/cart.js';
import { failed, linked, policy, provider, quoted } from '../support/decisions.js';
import { createStores, migrated, rowsOf, withClient, type Stores } from '../support/stores.js';

const POLICY = policy(['KROGER_API', 'WALMART_API', 'INSTACART'].map((name) => provider(name)));
const answer = (kind: Answer, latencyMs: number): ProviderAnswer => ({
  providerId: kind.providerId,
  result: kind.result,
  latencyMs,
  calls: 1,
});

/** What operators know of the former router and query as they always did, over what is stored now. */
describe('edge_logs', () => {
  let stores: Stores;
  let database: Database;
  let routes: RoutingRepository;
  let accepting: Accepting;

  /** A query as an operator's login makes it. */
  const asked = (sql: string) =>
    withClient(stores.adminUrl, async (client) => {
      await client.query('SET ROLE loopgpt_operator');
      return (await client.query(sql)).rows;
    });

  /** One more answer to a route of ten_a. */
  const answered = (routeId: string, one: ProviderAnswer) =>
    routes.settle([{ routeId, tenantId: 'ten_a', answer: one, atMs: null }], []);

  /** One route of `tenantId`, accepted, answered and closed `hoursAgo` (cancelled when `decidedAfterMs` is null), through the statements that routing uses. */
  const route = async (tenantId: string, answers: ProviderAnswer[], decidedAfterMs: number | null, hoursAgo = 0) => {
    const id = newId('req');
    const request = { items: CART.items, shippingAddress: CART.shippingAddress };
    const rest = {
      reference: null,
      metadata: {},
      webhook: null,
      traceparent: 't',
      deadlineMs: 8000,
      cancelAfterSeconds: null,
    };
    const asking = { tenantId, key: undefined, body: null, traceparent: undefined };
    await accepting.accept(kindNamed('route'), { request: 'jsonb', policy: 'jsonb' }, asking, (put) =>
      put({ id, tenantId, work: 1, own: { request, policy: POLICY }, ...rest }),
    );
    await routes.settle(
      answers.map((one) => ({ routeId: id, tenantId, answer: one, atMs: null })),
      [],
    );
    const [open] = await routes.openRoutes([id]);
    if (decidedAfterMs === null) await routes.close([cancellationOf(open!).closing]);
    else {
      const decision = { kind: 'decided', rule: 'all_answered', decidedAt: '2026-06-01T12:00:00.000Z' } as const;
      const outcome = buildOutcome(POLICY, open!.answers, decision, decidedAfterMs);
      const event = NewEvent.of(
        'route.decided',
        snapshotOf({ ...open!, status: outcome.status, outcome }, open!.answers),
      );
      await routes.close([{ id, status: outcome.status, closedAt: open!.now.toISOString(), event, own: { outcome } }]);
    }
    if (hoursAgo > 0) {
      await rowsOf(
        stores.adminUrl,
        `UPDATE edge_log_entries SET at = at - make_interval(hours => $1) WHERE at > now() - interval '1 minute'`,
        [hoursAgo],
      );
    }
    return id;
  };

  beforeAll(async () => {
    stores = await createStores();
    database = await migrated(stores);
    routes = new RoutingRepository(database);
    accepting = new Accepting(database);
    const kroger = (cents: number, ms: number) => answer(quoted('KROGER_API', { itemsCents: cents }), ms);
    const walmart = (cents: number, ms: number) => answer(quoted('WALMART_API', { itemsCents: cents }), ms);
    await route('ten_a', [kroger(3000, 100), walmart(4000, 200)], 220, 30);
    await route('ten_a', [kroger(3000, 110), walmart(4000, 210)], 240, 2);
    await route('ten_b', [kroger(6000, 120), walmart(2000, 220), answer(linked('INSTACART'), 10)], 260);
    await route('ten_b', [kroger(3000, 130), answer(failed('WALMART_API'), 8000)], 8010);
    await route('ten_a', [answer(failed('KROGER_API'), 8000), answer(failed('WALMART_API'), 8000)], 8020);
  }, 60_000);
  afterAll(async () => {
    await database?.close();
    await stores?.drop();
  });

  it('has the columns that operators know, under one function name', async () => {
    const [row] = await asked(`SELECT * FROM edge_logs WHERE event = 'router_decision' LIMIT 1`);
    expect(Object.keys(row)).toEqual([
      'function_name',
      'timestamp',
      'event',
      'provider_id',
      'latency_ms',
      'total_latency_ms',
      'selected_provider_id',
      'total_cents',
    ]);
    // What the cache gave is under another name (see below): no operator's query takes it for a call.
    expect(await asked('SELECT DISTINCT function_name FROM edge_logs')).toEqual([
      { function_name: 'loopgpt_route_order' },
    ]);
  });

  it('answers the success rate', async () => {
    const [row] = await asked(OPERATOR_QUERIES.successRate);
    expect(Number(row.success_rate)).toBeCloseTo((5 * 100) / 8);
  });

  it('answers the error rate of each provider', async () => {
    const rows = await asked(OPERATOR_QUERIES.errorRateByProvider);
    expect(rows).toEqual([
      { provider_id: 'WALMART_API', error_rate: 40 },
      { provider_id: 'KROGER_API', error_rate: 20 },
      { provider_id: 'INSTACART', error_rate: 0 },
    ]);
  });

  it('answers the share of selections, the routes that nobody won among them', async () => {
    const rows = await asked(OPERATOR_QUERIES.selectionShare);
    expect(rows).toEqual([
      { selected_provider_id: 'KROGER_API', selections: 3, percentage: 60 },
      { selected_provider_id: 'WALMART_API', selections: 1, percentage: 20 },
      { selected_provider_id: null, selections: 1, percentage: 20 },
    ]);
  });

  it('answers average and 95th percentile of latency, of decisions and of each provider', async () => {
    const [total] = await asked(OPERATOR_QUERIES.latency);
    expect(total.average).toBeCloseTo((220 + 240 + 260 + 8010 + 8020) / 5);
    expect(total.p95).toBeCloseTo(8018);
    const rows = await asked(OPERATOR_QUERIES.latencyByProvider);
    expect(rows).toMatchObject([
      { provider_id: 'KROGER_API', average: 115, p95: 128.5 },
      { provider_id: 'WALMART_API', average: 210, p95: 219 },
    ]);
  });

  it('answers the volume of each hour', async () => {
    const rows = await asked(OPERATOR_QUERIES.hourlyVolume);
    expect(rows.map((row) => row.orders)).toEqual([1, 3]);
    expect(rows[1].hour - rows[0].hour).toBe(2 * 3600 * 1000);
  });

  it('answers the cost of 1,000 calls and the average cart', async () => {
    const rows = await asked(OPERATOR_QUERIES.costPerThousandCalls);
    expect(rows).toEqual([
      { provider_id: 'KROGER_API', calls: 4, cents_per_1000_calls: 3_750_000 },
      { provider_id: 'WALMART_API', calls: 3, cents_per_1000_calls: 3_333_333 },
    ]);
    const [cart] = await asked(
      `SELECT AVG(total_cents)::float AS average FROM edge_logs WHERE event = 'router_decision'`,
    );
    expect(cart.average).toBe((3000 + 3000 + 2000 + 3000) / 4);
  });

  it('keeps a link apart from a price: a success without cents', async () => {
    expect(await asked(`SELECT event, latency_ms, total_cents FROM edge_logs WHERE provider_id = 'INSTACART'`)).toEqual(
      [{ event: 'provider_quote_link', latency_ms: 10, total_cents: null }],
    );
  });

  it('counts no answer that came after the decision, none that the cache gave, and no time of a call that was not made', async () => {
    const counts = () =>
      asked(`SELECT provider_id, count(*)::int AS answers, avg(latency_ms) AS average FROM edge_logs
        WHERE function_name = 'loopgpt_route_order' AND event IN ('provider_quote_success', 'provider_quote_error')
        GROUP BY 1 ORDER BY 1`);
    const before = await counts();
    const { result } = quoted('MEALME', { itemsCents: 5000, cached: true });
    const cached: ProviderAnswer = { providerId: 'MEALME', result, latencyMs: 1, calls: 0 };
    const id = await route('ten_a', [cached], 15);
    await answered(id, answer(quoted('KROGER_API', { itemsCents: 100 }), 900));
    const unasked = answer(failed('WALMART_API'), 0.2);
    await answered(id, { ...unasked, calls: 0 });
    const after = await counts();
    const [kroger, walmart] = before;
    expect(after).toEqual([kroger, { ...walmart, answers: walmart.answers + 1 }]);
    const aside = await asked(`SELECT function_name, event, provider_id, latency_ms, total_cents FROM edge_logs
      WHERE event IN ('provider_quote_late', 'provider_quote_cached') ORDER BY event`);
    expect(aside).toEqual([
      {
        function_name: 'loopgpt_quote_cache',
        event: 'provider_quote_cached',
        provider_id: 'MEALME',
        latency_ms: null,
        total_cents: 5000,
      },
      {
        function_name: 'loopgpt_route_order',
        event: 'provider_quote_late',
        provider_id: 'KROGER_API',
        latency_ms: 900,
        total_cents: 100,
      },
    ]);
  });

  it('holds nothing of an answer to a route that was cancelled before it came, and neither does the route', async () => {
    const before = await asked('SELECT count(*) FROM edge_logs');
    const id = await route('ten_a', [], null);
    const late = answer(quoted('KROGER_API', { itemsCents: 100 }), 900);
    expect(await answered(id, late)).toMatchObject([{ id, status: 'cancelled', stored: [] }]);
    expect(await rowsOf(stores.adminUrl, 'SELECT * FROM quotes WHERE route_id = $1', [id])).toEqual([]);
    expect(await asked('SELECT count(*) FROM edge_logs')).toEqual(before);
  });

  it('shows operators this relation and no tenant’s row', async () => {
    for (const table of ['routes', 'quotes', 'tenants', 'api_keys', 'edge_log_entries', 'edge_log_successes']) {
      await expect(asked(`SELECT * FROM ${table}`)).rejects.toThrow(/permission denied/);
    }
    await expect(asked('DELETE FROM edge_logs')).rejects.toThrow(/cannot delete/);
    const roles = await rowsOf(
      stores.adminUrl,
      `SELECT rolname, rolcanlogin OR rolsuper OR rolbypassrls AS loose FROM pg_roles
       WHERE rolname IN ('loopgpt_operator', 'loopgpt_reporter') ORDER BY 1`,
    );
    expect(roles).toEqual([
      { rolname: 'loopgpt_operator', loose: false },
      { rolname: 'loopgpt_reporter', loose: false },
    ]);
  });

  it('is closed to the role that serves tenants', async () => {
    for (const relation of ['edge_logs', 'edge_log_entries']) {
      const looking = database.tenant('ten_a', (tx) => tx.query(`SELECT * FROM ${relation}`));
      await expect(looking).rejects.toThrow(/permission denied/);
    }
  });

  it('tells what happened before it existed', async () => {
    const before = await asked('SELECT event, provider_id, latency_ms, total_cents FROM edge_logs ORDER BY 1, 2, 3');
    const config = readConfig({ LOOPGPT_ENV: 'test', ...stores.env });
    await withClient(stores.adminUrl, async (client) => {
      await client.query('DROP VIEW edge_logs; DROP TABLE edge_log_entries');
      await client.query(`DELETE FROM migrations WHERE name LIKE 'EdgeLog%'`);
    });
    await prepareDatabase(config, MIGRATIONS);
    expect(await asked('SELECT event, provider_id, latency_ms, total_cents FROM edge_logs ORDER BY 1, 2, 3')).toEqual(
      before,
    );
    const [forced] = await rowsOf<{ count: number }>(
      stores.adminUrl,
      `SELECT count(*)::int AS count FROM pg_class WHERE relname IN ('quotes', 'routes') AND relforcerowsecurity`,
    );
    expect(forced!.count).toBe(2);
  });
});
