import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { request } from 'undici';
import { Launcher, processesNaming } from '../support/launcher.js';

const run = promisify(execFile);
// The launcher brings its own stores, so once is enough.
const once = process.env.TEST_REDIS_URL ? describe.skip : describe;

once('npm start', () => {
  let dataDir: string;
  let port: string;
  const launchers: Launcher[] = [];

  const start = (env: Record<string, string> = {}) => {
    const launcher = new Launcher({ PORT: port, LOOPGPT_DATA_DIR: dataDir, ...env });
    launchers.push(launcher);
    return launcher;
  };
  const body = async (url: string) => (await request(url)).body.json() as Promise<Record<string, unknown>>;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'loopgpt-start-'));
    chmodSync(dataDir, 0o755);
    const probe = await listen();
    port = String((probe.address() as AddressInfo).port);
    await new Promise((resolve) => probe.close(resolve));
  });
  // One that a failed test left running would fail the others too.
  afterEach(async () => {
    await Promise.all(launchers.map((launcher) => launcher.end('SIGTERM')));
  }, 30_000);
  afterAll(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('routes a sample cart, lets one start own the data, survives kill -9 with it and leaves nothing behind on Ctrl-C', async () => {
    const first = start();
    const url = await first.ready();
    expect(first.output).toMatch(/winner, score \d/);
    expect(first.output).toMatch(/evt_\S+ received, signature verified/);
    const sample = /sample route\s+(\S+)/.exec(first.output)![1]!;
    expect(await body(sample)).toMatchObject({ status: 'fulfilled', reference: 'sample' });

    // The README's curl, as it stands there but for the port.
    const curl = /```sh\n(curl [\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))![1]!;
    const { stdout } = await run('sh', ['-c', curl.replace('http://127.0.0.1:3000', url)]);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'fulfilled' });
    const keys = await run('node', ['dev/run.mjs', 'scripts/keys', 'list'], {
      env: { ...process.env, LOOPGPT_DATA_DIR: dataDir },
    });
    expect(keys.stdout).toMatch(/development .*usable/);

    const second = start({ PORT: '0' });
    expect(await second.exited()).toBe(1);
    expect(second.output.trim()).toMatch(/^Another start \(process \d+\) is using .*; stop it first/);
    expect(await body(sample)).toMatchObject({ status: 'fulfilled' });

    await first.end('SIGKILL');
    const again = start();
    await again.ready();
    // What makes it quick: nothing is installed or built again.
    expect(again.output).not.toMatch(/Installing|Building/);
    expect(await body(sample)).toMatchObject({ status: 'fulfilled', reference: 'sample' });

    expect(await again.end('SIGINT')).toBe(0);
    expect(processesNaming(dataDir)).toEqual([]);
  }, 120_000);

  it('has a household with a history at once, imported once however often it starts', async () => {
    for (const _ of ['first', 'again']) {
      const launcher = start();
      const url = await launcher.ready();
      const until = Date.now() + 30_000;
      const health = async () => JSON.stringify(await body(`${url}/api/walmart/health`));
      while (!/"orders":25\b.*"products":161\b/.test(await health()) && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(await body(`${url}/api/walmart/health`)).toMatchObject({ orders: 25, products: 161 });
      expect((await body(`${url}/v1/imports`)).data).toHaveLength(1);
      await launcher.end('SIGTERM');
    }
  }, 120_000);

  it('starts again when its database was killed with it', async () => {
    const first = start();
    await first.ready();
    const postmaster = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    await first.end('SIGKILL');
    // Its other processes hold the memory it shared for a moment longer, and PostgreSQL refuses to start meanwhile.
    process.kill(postmaster, 'SIGKILL');
    const again = start();
    await again.ready();
    expect(await again.end('SIGINT')).toBe(0);
  }, 120_000);

  it('says in one sentence that the port is taken', async () => {
    const other = await listen();
    const taken = String((other.address() as AddressInfo).port);
    const launcher = start({ PORT: taken });
    expect(await launcher.exited()).toBe(1);
    other.close();
    expect(launcher.output.trim()).toBe(`Port ${taken} is taken; set PORT to another, e.g. PORT=3001 npm start.`);
    expect(processesNaming(dataDir)).toEqual([]);
  }, 60_000);

  it('says in one sentence that the data directory cannot be written', async () => {
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    const launcher = start({ LOOPGPT_DATA_DIR: join(file, 'below') });
    expect(await launcher.exited()).toBe(1);
    expect(launcher.output.trim()).toMatch(/^The data directory .* cannot be written; make it writable or set /);
  }, 60_000);

  it.each([
    ['LOOPGPT_SCORE_PRICE_WIEGHT', '0.5', /LOOPGPT_SCORE_PRICE_WIEGHT/],
    ['LOOPGPT_KROGER_TIMEOUT', 'soon', /LOOPGPT_KROGER_TIMEOUT.*soon/],
    ['ROLES', 'api', /ROLES.*REDIS_URL|REDIS_URL/],
  ])(
    'names what is wrong with %s=%s',
    async (name, value, sentence) => {
      const launcher = start({ [name]: value });
      expect(await launcher.exited()).toBe(1);
      expect(launcher.output).toMatch(sentence);
      expect(launcher.output).not.toMatch(/^\s+at /m);
    },
    60_000,
  );
});

function listen(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
