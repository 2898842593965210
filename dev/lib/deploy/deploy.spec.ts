import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LIMITS = { startMs: 10_000, lookMs: 50, unhealthyMs: 300, errorsMs: 300, errorShare: 0.1 };

/** A product whose release says how it is: `well`, `sick` and `wrong` from half a second on, `never` ready, `ends` by itself once. */
const PRODUCT = `
  const [port, release, dir] = process.argv.slice(1);
  const fs = require('fs');
  const began = Date.now();
  let requests = 0;
  const isLate = () => Date.now() - began > 500;
  require('http').createServer((request, response) => {
    if (request.url === '/metrics') {
      requests += 100;
      const errors = release.startsWith('wrong') && isLate() ? requests / 2 : 0;
      return response.end('loopgpt_http_requests_total{method="GET",route="/v1/routes",status="200"} ' + (requests - errors) + '\\nloopgpt_http_requests_total{method="GET",route="/v1/routes",status="500"} ' + errors + '\\n');
    }
    const isWell = !(release.startsWith('sick') && isLate()) && !release.startsWith('never');
    response.writeHead(isWell ? 200 : 503).end(release);
  }).listen(Number(port), '127.0.0.1');
  if (release.startsWith('ends') && !fs.existsSync(dir + '/ended')) setTimeout(() => {
    fs.writeFileSync(dir + '/ended', '');
    process.exit(1);
  }, 500);
`;

/** What an expression is over the modules here, which jest does not read: a process of Node does. */
function valueOf<T>(expression: string, given: unknown = null): T {
  const script = `import { readFileSync } from 'node:fs';
    import { holderOf, listenersIn } from './dev/lib/deploy/ports.mjs';
    import { Verdict, countsIn } from './dev/lib/deploy/verdict.mjs';
    const given = JSON.parse(readFileSync(0, 'utf8'));
    console.log(JSON.stringify(await (${expression})));`;
  const how = { input: JSON.stringify(given), encoding: 'utf8' } as const;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], how)) as T;
}

/** A keeper in a process of its own, as it always is; told what to do line by line. */
class Keeper {
  private readonly child: ChildProcess;
  private said = '';

  constructor(dir: string, port: number, limits: object) {
    const script = `import { createInterface } from 'node:readline';
      import { Keeper } from './dev/lib/deploy/keeper.mjs';
      const [, settings, product] = process.argv;
      const { dir, port, limits } = JSON.parse(settings);
      const partsOf = async (release) => [{
        name: 'product', released: true, release, port, health: '/health/ready', metrics: '/metrics',
        command: process.execPath, args: ['-e', product, String(port), release, dir], env: process.env,
      }];
      const keeper = new Keeper({ dir, partsOf, limits });
      for await (const line of createInterface({ input: process.stdin })) {
        const [verb, release] = line.split(' ');
        await (verb === 'deploy' ? keeper.deploy(release) : keeper.stop());
        console.log('done ' + line);
      }
      process.exit(0);`;
    const settings = JSON.stringify({ dir, port, limits });
    this.child = spawn(process.execPath, ['--input-type=module', '-e', script, settings, PRODUCT]);
    this.child.stdout!.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
  }

  deploy(release: string): Promise<void> {
    return this.tell(`deploy ${release}`);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    await this.tell('stop');
    this.child.stdin!.end();
    await once(this.child, 'exit');
  }

  private async tell(line: string): Promise<void> {
    this.said = '';
    this.child.stdin!.write(`${line}\n`);
    while (!this.said.includes(`done ${line}`)) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a deployment on one machine', () => {
  let dir: string;
  let port: number;
  let keeper: Keeper;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'loopgpt-deploy-'));
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as { port: number });
    await new Promise((resolve) => server.close(resolve));
    keeper = keeperWith(LIMITS);
  });
  afterEach(async () => {
    await keeper.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const keeperWith = (limits: typeof LIMITS) => new Keeper(dir, port, limits);
  const state = () =>
    JSON.parse(readFileSync(join(dir, 'state.json'), 'utf8')) as {
      status: string;
      release: string;
      why: string;
      parts: Record<string, { health: string; restarts: number }>;
    };
  const until = async (reached: () => boolean) => {
    const end = Date.now() + 20_000;
    while (!reached() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(reached()).toBe(true);
  };
  const answer = async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).text();

  it.each([
    ['sick', /^sick: unhealthy for/],
    ['wrong', /^wrong: errors above 10 % for/],
  ])(
    'goes back by itself from a release that turns out %s',
    async (release, why) => {
      await keeper.deploy('well');
      expect(state()).toMatchObject({ status: 'up', release: 'well' });
      await keeper.deploy(release);
      await until(() => state().status === 'rolled back');
      expect(state()).toMatchObject({ release: 'well', why: expect.stringMatching(why) });
      expect(await answer()).toBe('well');
    },
    40_000,
  );

  it('goes back from a release that never comes up, and says so where there is none to go back to', async () => {
    await keeper.stop();
    keeper = keeperWith({ ...LIMITS, startMs: 3000 });
    await keeper.deploy('well');
    await keeper.deploy('never');
    expect(state()).toMatchObject({
      status: 'rolled back',
      release: 'well',
      why: expect.stringContaining('was not up after 3 s'),
    });
    await keeper.stop();
    keeper = keeperWith({ ...LIMITS, startMs: 1000 });
    await keeper.deploy('never');
    expect(state()).toMatchObject({ status: 'failed', parts: {} });
    await expect(answer()).rejects.toThrow();
  }, 40_000);

  it('keeps the only release up, however it fares, and tells what is wrong', async () => {
    await keeper.deploy('sick');
    await until(() => /there is no release to go back to/.test(state().why ?? ''));
    expect(state()).toMatchObject({ status: 'up', release: 'sick', parts: { product: { health: 'unhealthy' } } });
  }, 40_000);

  it('starts again what ends by itself', async () => {
    await keeper.stop();
    keeper = keeperWith({ ...LIMITS, unhealthyMs: 60_000 });
    await keeper.deploy('ends');
    await until(() => state().parts.product?.restarts === 1 && state().parts.product.health === 'healthy');
    expect(state().status).toBe('up');
  }, 40_000);

  it('takes no port from who has it, and names them', async () => {
    const holder = spawn(process.execPath, ['-e', PRODUCT, String(port), 'holder', dir]);
    await until(() => holder.pid !== undefined);
    const held = () => valueOf<string | null>('holderOf(given)', port);
    await until(() => held() !== null);
    await keeper.deploy('well');
    expect(state().status).toBe('failed');
    expect(state().why).toContain(`port ${port} of product is held by process ${holder.pid}`);
    expect(await answer()).toBe('holder');
    holder.kill();
    await once(holder, 'exit');
    expect(held()).toBeNull();
  }, 40_000);
});

describe('the verdict on a release', () => {
  const looks = (rows: [at: number, healthy: boolean, requests: number | null, errors: number][]) =>
    valueOf<boolean[]>(
      `(() => {
        const verdict = new Verdict({ unhealthyMs: 180_000, errorsMs: 120_000, errorShare: 0.1 });
        return given.map(([at, healthy, requests, errors]) => verdict.see({ at, healthy, requests, errors }) !== null);
      })()`,
      rows,
    );

  it('comes after three minutes without a break', () => {
    expect(
      looks([
        [0, false, null, 0],
        [179_000, false, null, 0],
        [180_000, false, null, 0],
      ]),
    ).toEqual([false, false, true]);
    expect(
      looks([
        [0, false, null, 0],
        [100_000, true, null, 0],
        [200_000, false, null, 0],
        [379_000, false, null, 0],
      ]),
    ).toEqual([false, false, false, false]);
  });

  it('comes after two minutes with more than a tenth of errors, and not for few requests or a new beginning', () => {
    expect(
      looks([
        [0, true, 0, 0],
        [1000, true, 100, 11],
        [120_000, true, 200, 22],
        [121_000, true, 300, 33],
      ]),
    ).toEqual([false, false, false, true]);
    expect(
      looks([
        [0, true, 0, 0],
        [1000, true, 100, 50],
        [60_000, true, 200, 50],
        [121_000, true, 300, 100],
        [180_000, true, 400, 150],
      ]),
    ).not.toContain(true);
    expect(
      looks([
        [0, true, 0, 0],
        [1000, true, 2, 2],
        [200_000, true, 4, 4],
      ]),
    ).not.toContain(true);
    expect(
      looks([
        [0, true, 900, 0],
        [1000, true, 100, 100],
        [130_000, true, 110, 100],
      ]),
    ).not.toContain(true);
  });

  it('reads what the product counts', () => {
    const page = ['/v1/routes",status="202"} 90', '/v1/routes",status="500"} 10', '/health/ready",status="503"} 7']
      .map((line) => `loopgpt_http_requests_total{method="GET",route="${line}\n`)
      .join('');
    expect(valueOf('countsIn(given)', page)).toEqual({ requests: 100, errors: 10 });
    expect(valueOf('countsIn(given)', '# nothing')).toBeNull();
    const listens = '   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 4242 1';
    const talks = '   1: 0100007F:0BB8 0100007F:1F90 01 00000000:00000000 00:00000000 00000000 0 0 77 1';
    expect(valueOf('listenersIn(given, 3000)', ['  sl  local_address', listens, talks].join('\n'))).toEqual(['4242']);
  });
});
