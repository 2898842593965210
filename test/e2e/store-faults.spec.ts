import { Redis } from 'ioredis';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { startChaosProxy, type ChaosProxy } from '../support/chaos-proxy.js';
import { checkLedger, type Submitted } from '../support/ledger.js';
import { rowsOf } from '../support/stores.js';

const DEADLINE_MS = 4000;
const redisUrl = process.env.TEST_REDIS_URL;
const kafkaPid = Number(process.env.TEST_KAFKA_PID ?? 0);
const withRedis = redisUrl ? it : it.skip;
const withKafka = kafkaPid ? it : it.skip;

/** What the stores can do to us. After each, every 202 is decided once and on time. */
describe('bad luck with the stores', () => {
  let test: TestApp;
  let proxy: ChaosProxy | undefined;

  const start = async (env: Record<string, string> = {}) => {
    test = await startApp(env);
    await test.api.route(CART); // connections, token and stores are warm
    await test.simulator.control.setLatency({ medianMs: 150, p99Ms: 600 });
  };
  afterEach(async () => {
    await test?.close();
    await proxy?.close();
    proxy = undefined;
  }, 60_000);

  /** Sends carts at once and keeps what was accepted; a refusal must say so properly (503), not hang. */
  async function submit(count: number): Promise<Submitted[]> {
    const answers = await Promise.all(
      Array.from({ length: count }, () => test.api.post('/v1/routes', { ...CART, deadlineMs: DEADLINE_MS })),
    );
    expect(answers.map(({ status }) => status).filter((status) => status !== 202 && status !== 503)).toEqual([]);
    return answers.filter(({ status }) => status === 202).map(({ body }) => body as Submitted);
  }

  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const settle = () => pause(DEADLINE_MS + 1500);

  async function given(): Promise<Set<string>> {
    return new Set((await test.simulator.control.log()).map(({ nonce }) => nonce));
  }

  it('decides everything it accepted when PostgreSQL ends all its connections', async () => {
    await start();
    const early = await submit(15);
    await pause(100);
    const ended = await rowsOf<{ pid: number }>(
      test.stores.adminUrl,
      `WITH ours AS MATERIALIZED (
         SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
       ) SELECT pid, pg_terminate_backend(pid) FROM ours`,
    );
    expect(ended.length).toBeGreaterThan(0);
    const late = await submit(15);
    await settle();
    expect(early).toHaveLength(15);
    // Accepting recovers by itself: the pool replaces what was ended.
    expect(await submit(5)).toHaveLength(5);
    const faults = await checkLedger(test.stores.adminUrl, [...early, ...late], {
      graceMs: 2000,
      given: await given(),
    });
    expect(faults).toEqual([]);
    await settle();
  }, 60_000);

  withRedis(
    'rebuilds the jobs of open routes when Redis is emptied',
    async () => {
      await start();
      const redis = new Redis(redisUrl!);
      const submitted = await submit(30);
      const keys = await redis.keys(`${test.stores.env.LOOPGPT_REDIS_PREFIX}*`);
      expect(keys.length).toBeGreaterThan(0);
      await redis.unlink(keys);
      redis.disconnect();
      const after = await submit(10);
      await settle();
      const routes = [...submitted, ...after];
      expect(routes).toHaveLength(40);
      const faults = await checkLedger(test.stores.adminUrl, routes, { graceMs: 500, given: await given() });
      expect(faults).toEqual([]);
      // Not the deadline but the relay healed it: what was lost was asked again and has quotes.
      const [quoted] = await rowsOf<{ count: number }>(
        test.stores.adminUrl,
        `SELECT count(DISTINCT route_id)::int AS count FROM quotes WHERE route_id = ANY($1)`,
        [routes.map(({ id }) => id)],
      );
      expect(quoted!.count).toBe(40);
    },
    60_000,
  );

  withRedis(
    'accepts while Redis is away, and asks the providers when it is back',
    async () => {
      const { hostname, port } = new URL(redisUrl!);
      // Closed after the application: its workers would wait for a Redis that is gone for good.
      proxy = await startChaosProxy({ host: hostname, port: Number(port || 6379) });
      await start({ REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
      proxy.cut();
      const sentAt = Date.now();
      const submitted = await submit(10);
      expect(submitted).toHaveLength(10);
      expect(Date.now() - sentAt).toBeLessThan(2000);
      const metrics = await test.api.get('/metrics');
      expect(metrics.status).toBe(200);
      expect(metrics.body).toContain('loopgpt_store_up{store="queues"} 0');
      expect(metrics.body).toContain('loopgpt_store_up{store="database"} 1');
      expect(metrics.body).not.toMatch(/^loopgpt_queue_oldest_waiting_seconds\{/m);
      expect(metrics.body).toMatch(/^loopgpt_router_requests_total \d+/m);
      await pause(1000);
      proxy.mend();
      await settle();
      const faults = await checkLedger(test.stores.adminUrl, submitted, { graceMs: 500, given: await given() });
      expect(faults).toEqual([]);
      const decided = await test.api.route({ ...CART, deadlineMs: DEADLINE_MS });
      expect(decided.outcome.winner).not.toBeNull();
    },
    60_000,
  );

  withKafka(
    'decides on time while the broker does not answer for ten seconds, and announces it when it does',
    async () => {
      await start();
      process.kill(kafkaPid, 'SIGSTOP');
      let submitted: Submitted[];
      try {
        submitted = await submit(20);
        await pause(10_000);
      } finally {
        process.kill(kafkaPid, 'SIGCONT');
      }
      expect(submitted).toHaveLength(20);
      const faults = await checkLedger(test.stores.adminUrl, submitted, { graceMs: 500, given: await given() });
      expect(faults).toEqual([]);
      const unpublished = () =>
        rowsOf(test.stores.adminUrl, `SELECT id FROM events WHERE published_at IS NULL AND subject = ANY($1)`, [
          submitted.map(({ id }) => id),
        ]);
      for (let wait = 0; wait < 60 && (await unpublished()).length > 0; wait++) await pause(500);
      expect(await unpublished()).toEqual([]);
    },
    90_000,
  );
});
