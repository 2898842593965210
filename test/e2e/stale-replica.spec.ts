import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { startChaosProxy, type ChaosProxy } from '../support/chaos-proxy.js';
import { checkLedger } from '../support/ledger.js';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const DEADLINE_MS = 20_000;

/** Redis fails over to a copy of an earlier moment. */
(hasRedis ? describe : describe.skip)('a failover of Redis to a stale replica', () => {
  let test: TestApp;
  let proxy: ChaosProxy;
  const servers: ChildProcess[] = [];

  afterAll(async () => {
    await test?.close();
    await proxy?.close();
    for (const server of servers) {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    }
  }, 60_000);

  async function startRedis(dump?: string): Promise<{ port: number; folder: string; redis: Redis }> {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    await new Promise((resolve) => listener.close(resolve));
    const folder = mkdtempSync(join(tmpdir(), 'loopgpt-redis-'));
    if (dump) copyFileSync(dump, join(folder, 'dump.rdb'));
    servers.push(spawn('redis-server', ['--port', String(port), '--save', '', '--dir', folder], { stdio: 'ignore' }));
    const redis = new Redis(port, '127.0.0.1', { retryStrategy: () => 100 });
    redis.on('error', () => undefined); // it is only just starting
    await redis.ping();
    return { port, folder, redis };
  }

  it('decides on time what a Redis from an older dump does not know', async () => {
    const first = await startRedis();
    const target = { host: '127.0.0.1', port: first.port };
    proxy = await startChaosProxy(target);
    test = await startApp({ REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
    await test.api.route(CART);
    await test.simulator.control.setLatency({ medianMs: 300, p99Ms: 600 });
    const submit = (count: number) =>
      Promise.all(
        Array.from({ length: count }, () => test.api.client.routes.create({ ...CART, deadlineMs: DEADLINE_MS })),
      );
    const before = await submit(10);
    await first.redis.save();
    const second = await startRedis(join(first.folder, 'dump.rdb'));
    const after = await submit(10);
    proxy.cut();
    target.port = second.port;
    const during = await submit(5);
    proxy.mend();
    first.redis.disconnect();
    second.redis.disconnect();
    const routes = [...before, ...after, ...during];
    const outcomes = await Promise.all(routes.map(({ id }) => test.api.outcome(id, 25)));
    expect(outcomes.filter(({ outcome }) => outcome.winner === null)).toEqual([]);
    const given = new Set((await test.simulator.control.log()).map(({ nonce }) => nonce));
    expect(await checkLedger(test.stores.adminUrl, routes, { graceMs: 500, given })).toEqual([]);
  }, 90_000);
});
