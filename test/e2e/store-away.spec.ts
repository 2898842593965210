import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { startChaosProxy, type ChaosProxy } from '../support/chaos-proxy.js';
import { HOUSEHOLD } from '../support/household.js';
import { checkLedger } from '../support/ledger.js';
import { Receiver } from '../support/receiver.js';
import { rowsOf } from '../support/stores.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** A webhook's first attempt follows its outcome, or the store's return, by so much; a busy machine takes a multiple. */
const WEBHOOK_MS = 2000;
const SLOW_MACHINE = 4;
/** By any of them the application would reach the database past the proxy. */
const DATABASE_URLS = ['DATABASE_URL', 'DATABASE_APP_URL', 'DATABASE_WORKER_URL'];
const withRedis = process.env.TEST_REDIS_URL ? it : it.skip;

/** The connections between the application and its stores, cut for a moment or gone silent: neither answering nor ending. */
describe('a store that is away for a moment', () => {
  let test: TestApp;
  let proxy: ChaosProxy;
  let receiver: Receiver;

  const targetOf = (url: string) => {
    const { hostname, port } = new URL(url);
    return { host: hostname, port: Number(port) };
  };
  const throughProxy = (url: string): string => {
    const proxied = new URL(url);
    proxied.hostname = '127.0.0.1';
    proxied.port = String(proxy.port);
    return proxied.toString();
  };
  beforeEach(async () => {
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    proxy.mend();
    await test?.close();
    await Promise.all([proxy.close(), receiver.close()]);
  }, 60_000);

  const startOnProxiedDatabase = async () => {
    proxy = await startChaosProxy(targetOf(process.env.TEST_DATABASE_URL!));
    test = await startApp({}, (_simulator, { env }) =>
      Object.fromEntries(DATABASE_URLS.map((name) => [name, throughProxy(env[name]!)])),
    );
    await test.api.route(CART); // connections, token and stores are warm
    await test.simulator.control.setLatency({ medianMs: 400, p99Ms: 600 });
  };

  /** Waits until the API takes carts again; what was asked meanwhile must have been refused properly. */
  const accepted = async (deadlineMs: number): Promise<string> => {
    for (;;) {
      const { status, body } = await test.api.post('/v1/routes', { ...CART, deadlineMs });
      if (status === 202) return (body as { id: string }).id;
      expect(status).toBe(503);
      await pause(200);
    }
  };

  /** The outcome, asked for again while the API says that its store cannot be reached: a connection that is silent may be found by anybody. */
  const outcomeOf = async (id: string, waitSeconds?: number): ReturnType<typeof test.api.outcome> => {
    const until = Date.now() + 20_000;
    for (;;) {
      try {
        return await test.api.outcome(id, waitSeconds);
      } catch (error) {
        if ((error as { status?: number }).status !== 503 || Date.now() > until) throw error;
      }
    }
  };

  it('costs no route and no plan its outcome when PostgreSQL is away for a second, and webhooks follow at once', async () => {
    await startOnProxiedDatabase();
    const routes = await Promise.all(
      Array.from({ length: 10 }, () =>
        test.api.client.routes.create({ ...CART, deadlineMs: 20_000, webhook: { url: receiver.url } }),
      ),
    );
    const plans = await Promise.all(
      Array.from({ length: 5 }, () => test.api.client.plans.create({ ...HOUSEHOLD, deadlineMs: 60_000 })),
    );
    await pause(150); // they are being worked on
    proxy.cut();
    await pause(1000);
    proxy.mend();
    const backAt = Date.now();
    const outcomes = await Promise.all(routes.map(({ id }) => test.api.outcome(id)));
    expect(Date.now() - backAt).toBeLessThan(15_000);
    expect(outcomes.filter(({ outcome }) => outcome.winner === null)).toEqual([]);
    const webhooks = await receiver.waitFor(10, 10_000);
    const closed = await rowsOf<{ id: string; closedAt: Date }>(
      test.stores.adminUrl,
      `SELECT id, closed_at AS "closedAt" FROM routes WHERE id = ANY($1)`,
      [routes.map(({ id }) => id)],
    );
    const closedAt = new Map(closed.map((row) => [row.id, row.closedAt.getTime()]));
    const lateness = webhooks.map(({ at, body }) => {
      const { data } = JSON.parse(body) as { data: { id: string } };
      return performance.timeOrigin + at - Math.max(closedAt.get(data.id)!, backAt);
    });
    console.log(`first attempts after the store was back: the last ${Math.round(Math.max(...lateness))} ms late`);
    expect(Math.max(...lateness)).toBeLessThan(WEBHOOK_MS * SLOW_MACHINE);
    const made = await Promise.all(plans.map((plan) => test.api.client.plans.wait(plan.id, { timeoutMs: 30_000 })));
    expect(made.map(({ status }) => status)).toEqual(Array(5).fill('completed'));
  }, 90_000);

  it('refuses carts while PostgreSQL is away, and still tells its metrics, of which one says so', async () => {
    await startOnProxiedDatabase();
    proxy.cut();
    expect((await test.api.post('/v1/routes', CART)).status).toBe(503);
    const told = await test.api.get('/metrics');
    expect(told.status).toBe(200);
    expect(String(told.body)).toMatch(/^loopgpt_store_up\{store="database"\} 0$/m);
    // Queues in Redis go on.
    expect(String(told.body)).toContain(`\nloopgpt_queue_up ${process.env.TEST_REDIS_URL ? 1 : 0}\n`);
    proxy.mend();
    await accepted(10_000);
    const isBack = async () =>
      /^loopgpt_store_up\{store="database"\} 1$/m.test(String((await test.api.get('/metrics')).body));
    const until = Date.now() + 10_000;
    while (!(await isBack()) && Date.now() < until) await pause(200);
    expect(await isBack()).toBe(true);
  }, 60_000);

  it('goes on within seconds when connections to PostgreSQL fell silent for good, without waiting for TCP', async () => {
    await startOnProxiedDatabase();
    const early = await Promise.all(
      Array.from({ length: 10 }, () => test.api.client.routes.create({ ...CART, deadlineMs: 25_000 })),
    );
    proxy.silence();
    await pause(500);
    proxy.mend(); // new connections work, the silent ones stay silent
    const mendedAt = Date.now();
    const late = await accepted(10_000);
    const outcome = await outcomeOf(late);
    // Of these the client rests some between its own tries.
    expect(Date.now() - mendedAt).toBeLessThan(20_000);
    expect(outcome.outcome.winner).not.toBeNull();
    const outcomes = await Promise.all(early.map(({ id }) => outcomeOf(id, 25)));
    expect(outcomes.filter(({ outcome: { winner } }) => winner === null)).toEqual([]);
    const faults = await checkLedger(test.stores.adminUrl, [...early, { id: late }], { graceMs: 500 });
    expect(faults).toEqual([]);
  }, 90_000);

  withRedis(
    'asks the providers within seconds when connections to Redis fell silent for good',
    async () => {
      const redisUrl = process.env.TEST_REDIS_URL!;
      proxy = await startChaosProxy(targetOf(redisUrl));
      test = await startApp({ REDIS_URL: throughProxy(redisUrl) });
      await test.api.route(CART);
      proxy.silence();
      await pause(500);
      proxy.mend();
      const started = Date.now();
      const ids = await Promise.all(Array.from({ length: 10 }, () => accepted(20_000)));
      const outcomes = await Promise.all(ids.map((id) => test.api.outcome(id, 20)));
      expect(outcomes.filter(({ outcome }) => outcome.winner === null)).toEqual([]);
      expect(Date.now() - started).toBeLessThan(12_000);
    },
    90_000,
  );
});
