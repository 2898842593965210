import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Clock } from '../../src/clock/clock.js';
import { startApp, type TestApp } from '../support/app.js';
import { withClient } from '../support/stores.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const withRedisServer = spawnSync('redis-server', ['--version']).status === 0 ? it : it.skip;

describe('readiness', () => {
  let test: TestApp | undefined;
  let server: ChildProcess | undefined;
  afterEach(async () => {
    await test?.close();
    server?.kill();
    test = server = undefined;
  }, 60_000);

  const readiness = async () => {
    const { status, body } = await test!.api.get('/health/ready');
    return { status, checks: body.checks as Record<string, { ok: boolean; detail?: string }> };
  };
  /** What readiness says once its status is `wanted`; what it says last where that never comes. */
  const once = async (wanted: number) => {
    for (let tries = 0; ; tries++) {
      const said = await readiness();
      if (said.status === wanted || tries > 30) return said;
      await pause(300);
    }
  };

  it('is lost while PostgreSQL takes no write, though every reading goes well, and comes back with the first write', async () => {
    test = await startApp();
    expect((await once(200)).status).toBe(200);
    const database = new URL(test.stores.adminUrl).pathname.slice(1);
    const readOnly = (on: boolean) =>
      withClient(test!.stores.adminUrl, async (client) => {
        await client.query('SET default_transaction_read_only = off');
        await client.query(`ALTER DATABASE ${database} SET default_transaction_read_only = ${on ? 'on' : 'off'}`);
        await client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        );
      });
    await readOnly(true);
    const lost = await once(503);
    expect(lost.checks.database).toMatchObject({ ok: false, detail: 'no write succeeds (SQLSTATE 25006)' });
    await readOnly(false);
    expect((await once(200)).status).toBe(200);
  }, 60_000);

  withRedisServer(
    'is lost while Redis has no memory left for a job',
    async () => {
      const port = await freePort();
      const folder = mkdtempSync(join(tmpdir(), 'loopgpt-redis-'));
      server = spawn('redis-server', ['--port', String(port), '--save', '', '--dir', folder], { stdio: 'ignore' });
      const redis = new Redis(port, '127.0.0.1', { retryStrategy: () => 100 });
      redis.on('error', () => undefined); // it is only just starting
      await redis.ping();
      test = await startApp({ REDIS_URL: `redis://127.0.0.1:${port}` });
      expect((await once(200)).status).toBe(200);
      await redis.config('SET', 'maxmemory', '1');
      const lost = await once(503);
      expect(lost.checks.queues).toMatchObject({ ok: false, detail: 'no write succeeds (OOM)' });
      await redis.config('SET', 'maxmemory', '0');
      expect((await once(200)).status).toBe(200);
      redis.disconnect();
    },
    60_000,
  );

  it('names the loop that has had no good round for too long', async () => {
    test = await startApp();
    // The loop's own rules are clock.spec.ts; here, what a dead one means to who balances load.
    jest.spyOn(test.app.get(Clock), 'dead').mockReturnValue(['webhook.relay']);
    const lost = await readiness();
    expect(lost.status).toBe(503);
    expect(lost.checks.loops).toMatchObject({ ok: false, detail: 'no round any more of webhook.relay' });
    jest.restoreAllMocks();
  }, 60_000);
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
