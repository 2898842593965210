import { startSimulator, type Simulator } from '../../simulator/main.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { HOUSEHOLD } from '../support/household.js';
import { RoleProcess } from '../support/processes.js';
import { Receiver } from '../support/receiver.js';
import { createStores, rowsOf, type Stores } from '../support/stores.js';

const split = process.env.TEST_SPLIT_ROLES === 'true';
const OTHERS = ['api', 'quotes', 'aggregator', 'notifier'];

interface Made {
  id: string;
  status: string;
  closings: number;
  logs: number;
  calls: number;
  routes: number;
}

/** kill -9 of whoever makes plans, at each step of the way: one plan, one charge, one route, one outcome for each accepted request. */
describe('kill -9 while plans are made', () => {
  let stores: Stores;
  let simulator: Simulator;
  let receiver: Receiver;
  let processes: RoleProcess[];
  let env: Record<string, string>;

  beforeEach(async () => {
    stores = await createStores();
    simulator = await startSimulator({ port: 0, seed: 3, latency: { medianMs: 250, p99Ms: 400 } });
    receiver = await Receiver.start();
    processes = [];
    env = {
      ...stores.env,
      LOOPGPT_SIMULATOR_URL: simulator.url,
      LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true',
      ANTHROPIC_API_KEY: 'simulated-key',
      ANTHROPIC_BASE_URL: `${simulator.url}/anthropic`,
    };
  }, 60_000);
  afterEach(async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await Promise.all([simulator.close(), receiver.close()]);
    await stores.drop();
  }, 60_000);

  const launch = async (roles: string): Promise<RoleProcess> => {
    const process = await new RoleProcess(roles, env).start();
    processes.push(process);
    return process;
  };

  const outcomes = (): Promise<Made[]> =>
    rowsOf<Made>(
      stores.adminUrl,
      `SELECT p.id, p.status,
         (SELECT count(*)::int FROM events e WHERE e.subject = p.id AND e.name IN ('plan.generated', 'plan.failed', 'plan.cancelled'))
           AS closings,
         (SELECT count(*)::int FROM plan_generation_logs l WHERE l.plan_id = p.id) AS logs,
         (SELECT count(*)::int FROM ai_calls a WHERE a.subject = p.id AND NOT a.cache_hit) AS calls,
         (SELECT count(*)::int FROM routes r WHERE r.reference = p.id) AS routes
       FROM meal_plans p ORDER BY p.id`,
    );

  async function settled(count: number): Promise<Made[]> {
    const until = Date.now() + 40_000;
    for (;;) {
      const rows = await outcomes();
      if ((rows.length === count && rows.every(({ status }) => status !== 'open')) || Date.now() > until) return rows;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  it.each([30, 450, 1000])(
    'after %i ms',
    async (delayMs) => {
      let victim: RoleProcess;
      let api: Api;
      if (split) {
        const [first] = await Promise.all(OTHERS.map(launch));
        victim = await launch('planner');
        api = new Api(first!.url);
      } else {
        victim = await launch('all');
        api = new Api(victim.url);
      }
      const body = {
        ...HOUSEHOLD,
        days: 2,
        route: { shippingAddress: CART.shippingAddress },
        webhook: { url: receiver.url },
      };
      const accepted = await Promise.all(
        Array.from({ length: 4 }, (_, seed) => api.post('/v1/plans', { ...body, seed })),
      );
      expect(accepted.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      await victim.kill();
      await launch(split ? 'planner' : 'all');
      const rows = await settled(4);
      for (const row of rows) {
        expect(row).toMatchObject({ status: 'completed', closings: 1, logs: 1, routes: 1 });
        expect(row.calls).toBeLessThanOrEqual(1);
      }
      expect(rows).toHaveLength(4);
      const asked = (await simulator.control.log()).filter(({ provider }) => provider === 'ANTHROPIC').length;
      expect(asked).toBeLessThanOrEqual(4);
      await receiver.waitFor(4, 15_000);
      const hooks = receiver.received.map(({ headers, body: text }) => [
        JSON.parse(text).data.id,
        headers['webhook-id'],
      ]);
      const byPlan = new Map<string, Set<string>>();
      for (const [id, hook] of hooks) byPlan.set(id, (byPlan.get(id) ?? new Set()).add(hook));
      expect([...byPlan.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1]);
    },
    90_000,
  );
});
