import { fork, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { request } from 'undici';
import type { LogEntry } from '../../simulator/control.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { Checkout } from '../support/checkout.js';
import { RoleProcess } from '../support/processes.js';
import { createStores, type Stores } from '../support/stores.js';

const BUILT = ['sdk', 'src', 'migrations', 'simulator', 'scripts', 'bench', 'test/support'];
const BESIDE = ['docs', 'docker-compose.yml', '.env.example', '.dependency-cruiser.cjs', '.prettierrc.json'];
/** Everybody who quotes: a route that waits for all of them hears the new one too. */
const QUOTING = 4;
const RIGHT = 'simulated-acme-key';
const PRETTIER = ['node_modules/prettier/bin/prettier.cjs', '--check'];
const CRUISE = ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs'];

// It brings providers of its own, and queues and bus make no difference to them, so once is enough.
const once = process.env.TEST_REDIS_URL ? describe.skip : describe;

/** A checkout with all sources of this one and its build, so that only what a provider adds is built anew. */
function copyOfThis(): Checkout {
  const checkout = new Checkout({});
  for (const path of [...BUILT, ...BESIDE]) cpSync(path, join(checkout.root, path), { recursive: true });
  if (!existsSync('dist')) return checkout;
  const build = realpathSync('dist');
  mkdirSync(join(checkout.root, '.builds'));
  cpSync(build, join(checkout.root, '.builds', basename(build)), { recursive: true });
  symlinkSync(join('.builds', basename(build)), join(checkout.root, 'dist'));
  return checkout;
}

once('a provider that new:provider has written', () => {
  let checkout: Checkout;
  let stores: Stores;
  let simulator: ChildProcess;
  let simulatorUrl = '';
  let product: RoleProcess;
  let api: Api;
  const built = (path: string) => join(checkout.root, 'dist', path);

  beforeAll(async () => {
    checkout = copyOfThis();
    stores = await createStores();
  }, 120_000);
  afterAll(async () => {
    await product?.stop();
    simulator?.kill();
    await stores?.drop();
    checkout?.remove();
  }, 60_000);

  const routed = async () => {
    const route = await api.route({ ...CART, quorum: QUOTING, deadlineMs: 10_000 }, 30);
    return (route.quotes as { providerId: string; status: string; reason: string | null }[]).find(
      ({ providerId }) => providerId === 'ACME',
    );
  };
  const asked = async (): Promise<LogEntry[]> => {
    const log = (await (await request(`${simulatorUrl}/__control/log`)).body.json()) as LogEntry[];
    return log.filter(({ provider }) => String(provider) === 'ACME');
  };
  const set = async (changes: Record<string, string>) => {
    const { body } = await api.get('/admin/v1/settings');
    const version = { 'if-match': `"${body.version}"` };
    return api.send('PATCH', '/admin/v1/settings', { changes, why: 'the new provider' }, version);
  };

  it('is wired in by the printed steps alone: types, format, floors and generated files hold', async () => {
    const written = await checkout.node('dev/run.mjs', 'scripts/new-provider', 'acme');
    expect(written).toMatchObject({ code: 0, stderr: '' });
    const [, file, line] = /^Add this line to (\S+):\n {2}(.+)$/m.exec(written.stdout)!;
    checkout.write({ [file!]: `${readFileSync(join(checkout.root, file!), 'utf8')}${line}\n` });
    const [steps] = written.stdout.split('From then on');
    expect(steps!.match(/npm run \S+/g)).toEqual(['npm run generate', 'npm run check']);
    expect(await checkout.node('dev/run.mjs', 'scripts/generate')).toMatchObject({ code: 0 });

    // Of the check what is quick; the build above was the check of all types.
    expect(await checkout.node('dist/scripts/generate.js', '--check')).toMatchObject({ code: 0 });
    expect(await checkout.node(...PRETTIER, 'src/modules/providers')).toMatchObject({ code: 0 });
    expect(await checkout.node(...CRUISE, 'src', 'simulator')).toMatchObject({ code: 0 });
    const read = (name: string) => readFileSync(join(checkout.root, name), 'utf8');
    expect(read('.env.example')).toMatch(/^#LOOPGPT_ENABLE_ACME=true$[^]*^#ACME_API_KEY=$/m);
    expect(read('docker-compose.yml')).toContain("LOOPGPT_ACME_MOCK: 'true'");
  }, 400_000);

  it('is asked for a cart, and refused by its name while its key is wrong', async () => {
    simulator = fork(built('simulator/main.js'), ['--port', '0'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    simulatorUrl = await new Promise<string>((resolve, reject) => {
      simulator.once('exit', () => reject(new Error('the simulator has ended')));
      simulator.stdout!.on('data', (said: Buffer) => {
        const [, url] = /simulator on (\S+)/.exec(said.toString('utf8')) ?? [];
        if (url) resolve(url);
      });
    });
    const env = {
      ...stores.env,
      LOOPGPT_SIMULATOR_URL: simulatorUrl,
      ACME_BASE_URL: `${simulatorUrl}/acme`,
      ACME_API_KEY: 'expired',
      LOOPGPT_ACME_MOCK: 'false',
    };
    product = await new RoleProcess('all', env, built('src/main.js')).start(120_000);
    api = new Api(product.url);
    expect(await routed()).toMatchObject({ status: 'failed', reason: 'unauthorized' });
    expect((await asked()).map(({ status }) => status)).toContain(401);
  }, 200_000);

  it('quotes as soon as its key is rotated, and a key that it refuses is not taken', async () => {
    const refused = await set({ ACME_API_KEY: 'wrong again' });
    expect(product.log.filter((line) => line.includes('adapter_threw'))).toEqual([]);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([
      { pointer: '/changes/ACME_API_KEY', detail: expect.stringContaining('ACME refuses the new credential') },
    ]);
    expect((await set({ ACME_API_KEY: RIGHT })).status).toBe(200);
    expect(await routed()).toMatchObject({ status: expect.stringMatching(/complete|partial/), reason: null });
    const { body } = await api.get('/admin/v1/settings');
    expect(body.set.ACME_API_KEY).toBe('(secret)');
    expect(product.log.join('\n')).not.toContain(RIGHT);
  }, 60_000);

  it('is asked no more once it is switched off', async () => {
    expect((await set({ LOOPGPT_ENABLE_ACME: 'false' })).status).toBe(200);
    const before = (await asked()).length;
    expect(await routed()).toBeUndefined();
    expect(await asked()).toHaveLength(before);
  }, 60_000);

  it('is refused as a mock in production, with the name of its variable', async () => {
    const env = {
      ...stores.env,
      LOOPGPT_ENV: 'production',
      LOOPGPT_SECRET_KEY: Buffer.from(Array.from({ length: 32 }, (_, byte) => byte)).toString('base64'),
      LOOPGPT_ACME_MOCK: 'true',
    };
    await expect(new RoleProcess('all', env, built('src/main.js')).start()).rejects.toThrow(
      /LOOPGPT_ACME_MOCK is true; production allows it only with LOOPGPT_ALLOW_MOCK_IN_PRODUCTION=true/,
    );
  }, 90_000);
});
