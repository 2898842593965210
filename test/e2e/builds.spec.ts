import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { Checkout } from '../support/checkout.js';
import { HOUSEHOLD } from '../support/household.js';
import { Api } from '../support/api.js';
import { createStores, type Stores } from '../support/stores.js';

const MAIN = `
import { Worker } from 'node:worker_threads';
import { join } from 'node:path';
process.on('message', () => {
  void import('./late.js').then(({ said }) => {
    new Worker(join(__dirname, 'thread.js')).once('message', (thread) => process.send!({ said, thread }));
  });
});
process.send!('started');
`;
const sources = (what: string) => ({
  'src/main.ts': MAIN,
  'src/late.ts': `export const said: string = '${what}';`,
  'src/thread.ts': `import { parentPort } from 'node:worker_threads';\nparentPort!.postMessage('${what}');`,
});
// No store is met, so once is enough.
const once_ = process.env.TEST_REDIS_URL ? describe.skip : describe;

once_('a build while the product runs', () => {
  let checkout: Checkout;
  const dist = () => readlinkSync(join(checkout.root, 'dist'));
  const build = () => checkout.node('dev/build.mjs');
  /** Resolves once the build writes what it makes aside, or is over. */
  const begun = async (child: ChildProcess) => {
    const isAside = () => readdirSync(join(checkout.root, '.builds')).some((name) => name.startsWith('aside-'));
    while (child.exitCode === null && !isAside()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const start = async () => {
    const child = fork(join(checkout.root, 'dist', 'src', 'main.js'), [], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    await once(child, 'message');
    return {
      loads: async () => {
        child.send('go on');
        return ((await once(child, 'message')) as [unknown])[0];
      },
      end: async () => {
        child.kill();
        await once(child, 'exit');
      },
    };
  };
  beforeEach(() => {
    checkout = new Checkout(sources('first'));
  });
  afterEach(() => checkout.remove());

  it('leaves what runs its own files, late imports and threads too, and is what starts next', async () => {
    expect(await build()).toMatchObject({ code: 0 });
    const old = await start();
    checkout.write(sources('second'));
    expect(await build()).toMatchObject({ code: 0 });
    const young = await start();
    expect(await old.loads()).toEqual({ said: 'first', thread: 'first' });
    expect(await young.loads()).toEqual({ said: 'second', thread: 'second' });
    await Promise.all([old.end(), young.end()]);
  }, 60_000);

  it('is made when sources say something else, not when they are only touched', async () => {
    await build();
    const made = dist();
    const late = join(checkout.root, 'src', 'late.ts');
    utimesSync(late, new Date(), new Date(Date.now() + 60_000));
    expect((await build()).stdout).toBe('');
    checkout.write({ 'src/late.spec.ts': 'a test is not built' });
    expect((await build()).stdout).toBe('');
    checkout.write({ 'src/late.ts': `export const said: string = 'third';` });
    expect((await build()).stdout).toContain('Building');
    expect(dist()).not.toBe(made);
  }, 60_000);

  it('that fails says so and leaves what was built before; so does one that is killed midway', async () => {
    await build();
    const made = dist();
    checkout.write({ 'src/late.ts': 'export const said: = 1;' });
    const failed = await build();
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('What was built before is as it was') });
    expect(dist()).toBe(made);
    checkout.write(sources('second'));
    const killed = fork(join(checkout.root, 'dev', 'build.mjs'), [], { cwd: checkout.root, stdio: 'ignore' });
    const ended = once(killed, 'exit');
    await begun(killed);
    killed.kill('SIGKILL');
    await ended;
    expect(existsSync(join(checkout.root, 'dist', 'src', 'main.js'))).toBe(true);
    expect(await build()).toMatchObject({ code: 0 });
    expect(dist()).not.toBe(made);
  }, 60_000);

  it('is not made by what operators do while the product runs, nor are packages, and they are told that it is older', async () => {
    const procedure = { 'scripts/ops.ts': 'console.log(process.argv.slice(2).join());' };
    checkout.write(procedure);
    await build();
    const made = dist();
    const ops = () => checkout.node('dev/run.mjs', 'scripts/ops', 'disable', 'kroger');
    expect(await ops()).toEqual({ code: 0, stdout: 'disable,kroger\n', stderr: '' });
    // What another branch brings.
    checkout.write({ 'src/late.ts': 'export const said: = 1;', 'package-lock.json': '{}' });
    expect(await ops()).toMatchObject({
      code: 0,
      stdout: 'disable,kroger\n',
      stderr: expect.stringMatching(/^The sources/),
    });
    expect(dist()).toBe(made);
  }, 60_000);

  it('that several ask for at once is made once', async () => {
    const all = await Promise.all([build(), build(), build()]);
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(all.filter(({ stdout }) => stdout.includes('Building'))).toHaveLength(1);
  }, 60_000);

  it('takes the place of a directory that another tool built', async () => {
    checkout.write({ 'dist/src/main.js': 'of another tool' });
    expect(await build()).toMatchObject({ code: 0 });
    await (await start()).end();
  }, 60_000);
});

once_('a plan that is asked for while a tool builds', () => {
  let checkout: Checkout;
  let stores: Stores;
  beforeAll(async () => {
    stores = await createStores();
    checkout = new Checkout(sources('a build that is no product'));
    // The product as it is built, in a checkout whose sources then say something else.
    mkdirSync(join(checkout.root, '.builds'));
    cpSync(realpathSync('dist'), join(checkout.root, '.builds', 'product'), { recursive: true });
    symlinkSync('.builds/product', join(checkout.root, 'dist'));
  });
  afterAll(async () => {
    checkout?.remove();
    await stores?.drop();
  });

  it('is made, though no thread of the solver had been started before', async () => {
    const env = { ...stores.env, PATH: process.env.PATH, PORT: '0', LOOPGPT_ENV: 'test', LOG_LEVEL: 'silent' };
    const child = fork(join(checkout.root, 'dist', 'src', 'main.js'), [], {
      cwd: checkout.root,
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    const api = new Api(url);
    const built = checkout.node('dev/build.mjs');
    const during = (await api.post('/v1/plans', HOUSEHOLD)).body.id;
    expect(await built).toMatchObject({ code: 0 });
    expect(readlinkSync(join(checkout.root, 'dist'))).not.toContain('product');
    const after = (await api.post('/v1/plans', { ...HOUSEHOLD, days: 1 })).body.id;
    for (const id of [during, after]) {
      expect((await api.get(`/v1/plans/${id}`, { prefer: 'wait=20' })).body).toMatchObject({ status: 'completed' });
    }
    child.kill();
    await once(child, 'exit');
  }, 90_000);
});
