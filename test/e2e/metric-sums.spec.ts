import { request } from 'undici';
import { startSimulator, type Simulator } from '../../simulator/main.js';
import type { Answer, Outcome, Policy } from '../../src/modules/routing/deciding/policy.js';
import { worthOf } from '../../src/modules/routing/deciding/worth.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { HOUSEHOLD } from '../support/household.js';
import { RoleProcess } from '../support/processes.js';
import { Receiver } from '../support/receiver.js';
import { createStores, rowsOf, type Stores } from '../support/stores.js';

const ROUTES = 24;

/** Sums by `name label=value,…` over the pages of all processes; what is 0 is left out, as rows that are not there are. */
type Sums = Record<string, number>;

async function sumsOf(urls: readonly string[]): Promise<Sums> {
  const sums = new Map<string, number>();
  for (const url of urls) {
    const { body } = await request(`${url}/metrics`);
    for (const [, name, labels = '', value] of (await body.text()).matchAll(/^(loopgpt_\w+)(?:\{(.*)\})? (\S+)$/gm)) {
      const key = `${name} ${labels.replaceAll('"', '')}`.trim();
      sums.set(key, (sums.get(key) ?? 0) + Number(value));
    }
  }
  return Object.fromEntries([...sums].filter(([, value]) => value !== 0));
}

const of = (sums: Sums, ...names: string[]): Sums =>
  Object.fromEntries(Object.entries(sums).filter(([key]) => names.includes(key.split(' ')[0]!)));

describe('the sums of two processes', () => {
  let simulator: Simulator;
  let receiver: Receiver;
  let stores: Stores;
  const processes: RoleProcess[] = [];
  let sums: Sums;
  let called: Awaited<ReturnType<Simulator['control']['log']>>;

  const rows = <T>(sql: string) => rowsOf<T & Record<string, unknown>>(stores.adminUrl, sql);
  const ledger = async (name: string, labels: string, sql: string): Promise<Sums> =>
    Object.fromEntries(
      (
        await rows<{ labels: string; count: number }>(
          `SELECT ${labels} AS labels, count(*)::int AS count ${sql} GROUP BY 1`,
        )
      )
        .filter(({ count }) => count > 0)
        .map(({ labels: told, count }) => [`${name} ${told}`.trim(), count]),
    );

  beforeAll(async () => {
    [receiver, stores] = [await Receiver.start(), await createStores()];
    simulator = await startSimulator({ port: 0, seed: 1, latency: { medianMs: 20, p99Ms: 60 } });
    const env = {
      ...stores.env,
      LOOPGPT_SIMULATOR_URL: simulator.url,
      LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true',
      // No call but those of routes.
      LOOPGPT_PROBE_SECONDS: '0',
      LOOPGPT_PRODUCT_CACHE_SECONDS: '0',
    };
    for (let one = 0; one < 2; one++) processes.push(await new RoleProcess('all', env).start());
    const apis = processes.map(({ url }) => new Api(url));
    receiver.answer = (call, _request, response) => void response.writeHead(call === 3 ? 500 : 204).end();
    const post = async (index: number, more: object = {}): Promise<string> => {
      const api = apis[index % 2]!;
      const { body } = await api.post('/v1/routes', { ...CART, quorum: 3, webhook: { url: receiver.url }, ...more });
      await api.outcome(body.id);
      return body.id as string;
    };
    for (let index = 0; index < ROUTES; index++) await post(index);
    await simulator.control.setFault('MEALME', { mode: 'error500' });
    await Promise.all([0, 1, 2].map((index) => post(index)));
    await simulator.control.setFault('MEALME', { mode: 'hang', ms: 2500 });
    await Promise.all([0, 1, 2].map((index) => post(index, { deadlineMs: 1500 })));
    const plans = await Promise.all(apis.map((api) => api.post('/v1/plans', { ...HOUSEHOLD, days: 1 })));
    for (const [index, { body }] of plans.entries())
      await apis[index]!.client.plans.wait(body.id, { timeoutMs: 40_000 });
    const carts = await Promise.all(apis.map((api) => api.post('/v1/carts', { text: '2 milk and 12 eggs' })));
    for (const [index, { body }] of carts.entries()) {
      for (let look = 0; look < 100; look++) {
        if ((await apis[index]!.get(`/v1/carts/${body.id}`)).body.status !== 'open') break;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    await receiver.waitFor(ROUTES + 7, 20_000);
    // What hung is stored as late, and the attempt that failed was made again.
    for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 500))) {
      const [left] = await rows<{ left: number }>(
        `SELECT (SELECT count(*) FROM routes r WHERE (SELECT count(*) FROM quotes q WHERE q.route_id = r.id) < 4)
           + (SELECT count(*) FROM webhook_deliveries WHERE status = 'pending')
           + (SELECT count(*) FROM events WHERE published_at IS NULL) AS left`,
      );
      if (Number(left!.left) === 0) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
    sums = await sumsOf(processes.map(({ url }) => url));
    called = await simulator.control.log();
  }, 240_000);
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.stop()));
    await simulator?.close();
    await receiver?.close();
    await stores?.drop();
  });

  it('are the routes that were accepted and closed, and both had some', async () => {
    expect(of(sums, 'loopgpt_router_requests_total')).toEqual(
      await ledger('loopgpt_router_requests_total', `''`, 'FROM routes'),
    );
    expect(of(sums, 'loopgpt_router_outcomes_total')).toEqual(
      await ledger(
        'loopgpt_router_outcomes_total',
        `format('status=%s,rule=%s', outcome->>'status', outcome->>'rule')`,
        'FROM routes WHERE outcome IS NOT NULL',
      ),
    );
    const closed = ROUTES + 6;
    expect(sums['loopgpt_router_latency_seconds_count']).toBe(closed);
    expect(sums['loopgpt_http_requests_total method=POST,route=/v1/routes,status=202']).toBe(closed);
    expect(sums['loopgpt_jobs_total queue=quotes,result=completed']).toBe(closed);
    for (const { url } of processes)
      expect((await sumsOf([url]))['loopgpt_router_requests_total']).toBeLessThan(closed);
  });

  it('are the money of the winners and of those beside them', async () => {
    const found = await rows<{ policy: Policy; outcome: Outcome; answers: Answer[] }>(
      `SELECT policy, outcome, (SELECT jsonb_agg(jsonb_build_object('providerId', provider_id, 'result', result, 'late', late))
         FROM quotes q WHERE q.route_id = r.id) AS answers FROM routes r`,
    );
    const worths = found.flatMap(({ policy, outcome, answers }) => worthOf(policy, answers, outcome) ?? []);
    const sum = (of: (worth: (typeof worths)[number]) => number) => worths.reduce((all, worth) => all + of(worth), 0);
    const label = 'currency=USD';
    expect(sums[`loopgpt_router_value_cents_total ${label}`]).toBe(sum(({ valueCents }) => valueCents));
    expect(sums[`loopgpt_router_commission_cents_total ${label}`] ?? 0).toBe(
      sum(({ commissionCents }) => commissionCents),
    );
    const alternatives = sums[`loopgpt_router_alternatives_cents_total ${label}`];
    expect(alternatives).toBe(sum(({ alternativesCents }) => alternativesCents ?? 0));
    const compared = sum(({ valueCents, alternativesCents }) => (alternativesCents === null ? 0 : valueCents));
    expect(sums[`loopgpt_router_compared_cents_total ${label}`]).toBe(compared);
    expect(of(sums, 'loopgpt_provider_selections_total')).toEqual(
      await ledger(
        'loopgpt_provider_selections_total',
        `'provider=' || (outcome->'winner'->>'providerId')`,
        `FROM routes WHERE outcome->'winner' <> 'null'`,
      ),
    );
  });

  it('are the answers that are stored and the calls that were made', async () => {
    expect(of(sums, 'loopgpt_provider_answers_total')).toEqual(
      await ledger(
        'loopgpt_provider_answers_total',
        `format('provider=%s,result=%s', provider_id, COALESCE(result->'failure'->>'reason',
          CASE WHEN (result->'offer'->>'cached')::boolean THEN 'cached' ELSE 'ok' END))`,
        'FROM quotes',
      ),
    );
    expect(of(sums, 'loopgpt_provider_late_total')).toEqual(
      await ledger('loopgpt_provider_late_total', `'provider=' || provider_id`, 'FROM quotes WHERE late'),
    );
    const calls = new Map<string, number>();
    for (const { provider } of called) calls.set(provider, (calls.get(provider) ?? 0) + 1);
    expect(of(sums, 'loopgpt_provider_calls_total')).toEqual(
      Object.fromEntries(
        [...calls].map(([provider, count]) => [`loopgpt_provider_calls_total provider=${provider}`, count]),
      ),
    );
  });

  it('are the prices that were learnt', async () => {
    const learnt = of(sums, 'loopgpt_prices_observed_total');
    expect(Object.keys(learnt).length).toBeGreaterThan(0);
    expect(learnt).toEqual(await ledger('loopgpt_prices_observed_total', `'kind=' || kind`, 'FROM price_observations'));
  });

  it('are the events that were told and the webhooks that were sent', async () => {
    expect(of(sums, 'loopgpt_outbox_published_total')).toEqual(
      await ledger('loopgpt_outbox_published_total', `''`, 'FROM events WHERE published_at IS NOT NULL'),
    );
    expect(of(sums, 'loopgpt_webhook_attempts_total')).toEqual(
      await ledger(
        'loopgpt_webhook_attempts_total',
        `CASE outcome WHEN 'delivered' THEN 'outcome=delivered' ELSE 'outcome=retry' END`,
        'FROM webhook_attempts',
      ),
    );
    const [first] = await rows<{ count: number }>(
      'SELECT count(*)::int AS count FROM webhook_attempts WHERE number = 1',
    );
    expect(sums['loopgpt_webhook_first_attempt_seconds_count']).toBe(first!.count);
    expect(receiver.received.length).toBe(
      Object.values(of(sums, 'loopgpt_webhook_attempts_total')).reduce((all, count) => all + count, 0),
    );
  });

  it('are the plans that were made and the carts that were read', async () => {
    expect(of(sums, 'loopgpt_plans_total')).toEqual(
      await ledger(
        'loopgpt_plans_total',
        `format('status=%s,origin=%s,failure=%s', status, COALESCE(outcome->>'origin', 'none'),
          COALESCE(outcome->'failure'->>'reason', 'none'))`,
        'FROM meal_plans',
      ),
    );
    expect(sums['loopgpt_plan_latency_seconds_count']).toBe(2);
    const [mended] = await rows<{ repairs: number }>(
      `SELECT COALESCE(sum((outcome->'receipt'->>'repairs')::int), 0)::int AS repairs FROM meal_plans`,
    );
    expect(sums['loopgpt_plan_repairs_total'] ?? 0).toBe(mended!.repairs);
    expect(of(sums, 'loopgpt_carts_total')).toEqual(
      await ledger('loopgpt_carts_total', `'status=' || status`, 'FROM carts'),
    );
    expect(sums['loopgpt_cart_latency_seconds_count']).toBe(2);
  });
});
