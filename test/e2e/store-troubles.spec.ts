import { readConfig } from '../../src/read-config.js';
import { MIGRATIONS } from '../../migrations/migrations.js';
import { Database, prepareDatabase } from '../../src/platform/database/database.js';
import { Queues } from '../../src/queues/queues.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { startChaosProxy, type ChaosProxy } from '../support/chaos-proxy.js';
import { checkLedger, type Submitted } from '../support/ledger.js';
import { rowsOf, withClient } from '../support/stores.js';

const DEADLINE_MS = 4000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A migration that comes while everything runs, and locks what is used most. */
class Late9999000000000 {
  name = 'Late9999000000000';
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query('ALTER TABLE routes ADD COLUMN late_note text');
  }
  async down(): Promise<void> {
    // Its database goes with the suite.
  }
}

class Later9999100000000 {
  name = 'Later9999100000000';
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query('ALTER TABLE routes ADD COLUMN later text');
  }
  async down(): Promise<void> {
    // Its database goes with the suite.
  }
}

/** PostgreSQL is there, and something is in the way. */
describe('PostgreSQL in trouble', () => {
  let test: TestApp;
  let proxy: ChaosProxy;

  beforeAll(async () => {
    const { hostname, port } = new URL(process.env.TEST_DATABASE_URL!);
    proxy = await startChaosProxy({ host: hostname, port: Number(port) });
    const proxied = (url: string): string =>
      Object.assign(new URL(url), { host: `127.0.0.1:${proxy.port}` }).toString();
    test = await startApp({}, (_simulator, { env }) => ({
      DATABASE_APP_URL: proxied(env.DATABASE_APP_URL!),
      DATABASE_WORKER_URL: proxied(env.DATABASE_WORKER_URL!),
    }));
    await test.api.route(CART);
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await proxy?.close();
  }, 60_000);

  const post = (key?: string) =>
    test.api.post(
      '/v1/routes',
      { ...CART, deadlineMs: DEADLINE_MS, reference: key },
      key ? { 'idempotency-key': key } : {},
    );
  const submit = async (count: number): Promise<Submitted[]> => {
    const answers = await Promise.all(Array.from({ length: count }, () => post()));
    expect(answers.map(({ status }) => status).filter((status) => ![202, 429, 503].includes(status))).toEqual([]);
    return answers.filter(({ status }) => status === 202).map(({ body }) => body as Submitted);
  };
  const closed = (routes: readonly Submitted[]) => Promise.all(routes.map(({ id }) => test.api.outcome(id)));

  it('accepts once what was committed though its answer was cut off, when the caller asks again under the same key', async () => {
    for (let time = 0; time < 5; time++) {
      const key = `cut-${time}`;
      proxy.cutAfter(key);
      let answer = await post(key);
      expect([202, 503]).toContain(answer.status);
      for (let again = 0; again < 20 && answer.status !== 202; again++) {
        await pause(100);
        answer = await post(key);
      }
      const rows = await rowsOf(test.stores.adminUrl, 'SELECT id FROM routes WHERE reference = $1', [key]);
      expect(rows).toEqual([{ id: answer.body.id }]);
      expect((await test.api.outcome(answer.body.id)).outcome.winner).not.toBeNull();
    }
  }, 60_000);

  it('refuses or takes each request in time while a table is locked for five seconds, and decides all it accepted', async () => {
    const early = await submit(5);
    const during: Promise<Submitted[]>[] = [];
    const slowest: number[] = [];
    await withClient(test.stores.adminUrl, async (client) => {
      await client.query('BEGIN; LOCK TABLE routes IN ACCESS EXCLUSIVE MODE');
      for (let second = 0; second < 5; second++) {
        const from = Date.now();
        during.push(submit(3).finally(() => slowest.push(Date.now() - from)));
        await pause(1000);
      }
      await client.query('COMMIT');
    });
    const freedAt = Date.now();
    const routes = [...early, ...(await Promise.all(during)).flat()];
    expect(Math.max(...slowest)).toBeLessThan(7000);
    await closed(routes);
    expect(Date.now() - freedAt).toBeLessThan(DEADLINE_MS + 4000);
    expect(await submit(3)).toHaveLength(3);
    expect(await checkLedger(test.stores.adminUrl, routes, { graceMs: 5000 + 2000 })).toEqual([]);
  }, 60_000);

  it('decides on time while callers’ requests hold every connection that is theirs', async () => {
    const routes = await submit(5);
    const database = test.app.get(Database);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const holding = Array.from({ length: 16 }, () =>
      database.tenant('ten_development', async (tx) => {
        await tx.query('SELECT 1');
        await released;
      }),
    );
    const open = () =>
      rowsOf(test.stores.adminUrl, `SELECT id FROM routes WHERE id = ANY($1) AND status = 'open'`, [
        routes.map(({ id }) => id),
      ]);
    for (let wait = 0; wait < 70 && (await open()).length > 0; wait++) await pause(100);
    expect(await open()).toEqual([]);
    release();
    await Promise.all(holding);
    expect(await checkLedger(test.stores.adminUrl, routes, { graceMs: 500 })).toEqual([]);
  }, 60_000);

  it('is migrated under load, and decides all it accepted as soon as the lock is gone', async () => {
    const config = readConfig({ LOOPGPT_ENV: 'test', ...test.stores.env });
    const load = (async () => {
      const routes: Submitted[] = [];
      for (let round = 0; round < 15; round++) {
        routes.push(...(await submit(3)));
        await pause(50);
      }
      return routes;
    })();
    await pause(200);
    await prepareDatabase(config, [...MIGRATIONS, Late9999000000000]);
    const routes = await load;
    expect(routes.length).toBeGreaterThan(30); // a busy machine may refuse some
    await closed(routes);
    // Statements wait for the lock of the migration, and no longer than it.
    expect(await checkLedger(test.stores.adminUrl, routes, { graceMs: 2000 })).toEqual([]);
  }, 60_000);

  it('is not migrated while somebody holds a table, and then says what to do; who waited behind it waits no longer', async () => {
    const config = readConfig({ LOOPGPT_ENV: 'test', ...test.stores.env });
    const later = [...MIGRATIONS, Later9999100000000];
    const patience = { lockMs: 400, tries: 2, pauseMs: 200 };
    await withClient(test.stores.adminUrl, async (holder) => {
      await holder.query('BEGIN; SELECT count(*) FROM routes');
      const migrating = prepareDatabase(config, later, 'keep', patience);
      await expect(migrating).rejects.toThrow(/waited 2 times for 400 ms .* pg_stat_activity/s);
      expect((await test.api.client.routes.create({ ...CART, deadlineMs: 10_000 })).id).toMatch(/^req_/);
      await holder.query('ROLLBACK');
    });
    await prepareDatabase(config, later, 'keep', patience);
    expect(await rowsOf(test.stores.adminUrl, 'SELECT later FROM routes LIMIT 1')).toHaveLength(1);
  }, 60_000);

  it('drops the jobs of what is over as it picks them up, a thousand of them within seconds, and calls nobody for it', async () => {
    const [over] = await submit(1);
    await closed([over!]);
    const before = (await test.simulator.control.log()).length;
    const payload = { routeId: over!.id, tenantId: 'ten_development', lane: 'default' };
    const jobs = Array.from({ length: 1000 }, (_, index) => ({ id: `over-${index}`, payload }));
    await test.app.get(Queues).addBulk('route.quote', jobs);
    const from = Date.now();
    const next = await test.api.client.routes.create({ ...CART, deadlineMs: 20_000 });
    const outcome = await test.api.outcome(next.id, 25);
    expect(outcome.outcome.winner).not.toBeNull();
    expect(Date.now() - from).toBeLessThan(15_000);
    const called = (await test.simulator.control.log()).slice(before);
    expect(called.length).toBeLessThan(30); // those of the one that is open
  }, 60_000);
});
