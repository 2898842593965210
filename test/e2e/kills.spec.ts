import { startSimulator, type Simulator } from '../../simulator/main.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { checkLedger, type Submitted } from '../support/ledger.js';
import { RoleProcess } from '../support/processes.js';
import { createStores, type Stores } from '../support/stores.js';

const split = process.env.TEST_SPLIT_ROLES === 'true';
const DEADLINE_MS = 4000;

/**
 * kill -9 of our own processes in the middle of routes: every 202 is decided once and on time. Needs Redis and Kafka for roles of
 * their own; on the embedded tier the one process is killed and started again.
 */
describe('kill -9', () => {
  let stores: Stores;
  let simulator: Simulator;
  let processes: RoleProcess[];
  let env: Record<string, string>;

  const launch = (roles: string): Promise<RoleProcess> => new RoleProcess(roles, env).start();

  beforeEach(async () => {
    stores = await createStores();
    simulator = await startSimulator({ port: 0, seed: 2, latency: { medianMs: 150, p99Ms: 600 } });
    env = { ...stores.env, LOOPGPT_SIMULATOR_URL: simulator.url, LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true' };
    processes = [];
  }, 60_000);

  afterEach(async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await simulator.close();
    await stores.drop();
  }, 60_000);

  async function submit(api: Api, count: number): Promise<Submitted[]> {
    const answers = await Promise.all(
      Array.from({ length: count }, () =>
        api.post('/v1/routes', { ...CART, deadlineMs: DEADLINE_MS }).catch(() => null),
      ),
    );
    return answers.filter((answer) => answer?.status === 202).map((answer) => answer!.body as Submitted);
  }

  const settle = (ms = DEADLINE_MS + 1500) => new Promise((resolve) => setTimeout(resolve, ms));

  const given = async () => new Set((await simulator.control.log()).map((entry: { nonce: string }) => entry.nonce));

  if (!split) {
    it('of the whole process: after the restart every accepted route is decided, quotes are those given', async () => {
      const first = await launch('all');
      processes.push(first);
      const submitted = await submit(new Api(first.url), 20);
      await settle(120);
      await first.kill();
      const second = await launch('all');
      processes.push(second);
      await settle();
      expect(submitted.length).toBe(20);
      // The process was away for a moment, so a deadline may have passed meanwhile: recovery + 2 s.
      expect(await checkLedger(stores.adminUrl, submitted, { graceMs: 8000, given: await given() })).toEqual([]);
    }, 90_000);
    return;
  }

  it.each(['quotes', 'aggregator', 'notifier'])(
    'of %s with a second one running: all decided once and on time',
    async (role) => {
      const others = ['api', 'quotes', 'aggregator', 'notifier'];
      processes.push(...(await Promise.all(others.map(launch))), await launch(role));
      const victim = processes[others.indexOf(role)]!;
      const api = new Api(processes[0]!.url);
      const early = await submit(api, 20);
      await settle(150);
      await victim.kill();
      const late = await submit(api, 20);
      await settle();
      expect(early.length + late.length).toBe(40);
      const faults = await checkLedger(stores.adminUrl, [...early, ...late], { graceMs: 500, given: await given() });
      expect(faults).toEqual([]);
    },
    120_000,
  );

  it('of api: what it had accepted is decided without it', async () => {
    processes.push(...(await Promise.all(['api', 'quotes', 'aggregator', 'notifier'].map(launch))));
    const submitted = await submit(new Api(processes[0]!.url), 20);
    await processes[0]!.kill();
    await settle();
    expect(submitted.length).toBe(20);
    expect(await checkLedger(stores.adminUrl, submitted, { graceMs: 500, given: await given() })).toEqual([]);
  }, 120_000);
});
