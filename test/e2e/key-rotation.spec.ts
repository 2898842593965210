import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { startSimulator, type Simulator } from '../../simulator/main.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { node } from '../support/checkout.js';
import { RoleProcess } from '../support/processes.js';
import { withClient } from '../support/stores.js';

const key = (letter: string) => Buffer.alloc(32, letter).toString('base64');
const [OLD, NEW, FOREIGN] = [key('a'), key('b'), key('c')];
// It brings a database of its own that asks for passwords, so once is enough.
const onceOnly = process.env.TEST_REDIS_URL ? describe.skip : describe;

onceOnly('the secret key, of which the passwords of the database are made', () => {
  let stack: ChildProcess;
  let simulator: Simulator;
  let database: string;
  const processes: RoleProcess[] = [];

  const start = async (keys: Record<string, string>) => {
    const env = { DATABASE_URL: database, LOOPGPT_SIMULATOR_URL: simulator.url, ...keys };
    const process_ = await new RoleProcess('all', env).start();
    processes.push(process_);
    return new Api(process_.url);
  };
  const script = (name: string, env: Record<string, string>, ...args: string[]) =>
    node([`dist/scripts/${name}.js`, ...args], { env: { DATABASE_URL: database, ...env } });
  /** As a failover does: each connection has to be made anew, with whatever password holds then. */
  const endConnections = () =>
    withClient(database, (client) =>
      client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'loopgpt\\_%'`),
    );
  const statuses = (api: Api, times: number) =>
    Promise.all(Array.from({ length: times }, async () => (await api.get('/v1/routes')).status));
  const settled = async (api: Api) => {
    const until = Date.now() + 10_000;
    while ((await api.get('/health/ready')).status !== 200 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, seed: 1, latency: { medianMs: 0, p99Ms: 0 } });
    stack = spawn(process.execPath, ['dev/stack.mjs'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    stack.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    while (!said.includes('until Ctrl-C')) await new Promise((resolve) => setTimeout(resolve, 50));
    database = /DATABASE_URL=(\S+)/.exec(said)![1]!;
  }, 60_000);
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.stop()));
    stack.kill('SIGTERM');
    await once(stack, 'exit');
    await simulator.close();
  }, 60_000);

  it('locks nobody out when a tool or a start comes with another one, and each says which is wrong', async () => {
    const api = await start({ LOOPGPT_SECRET_KEY: OLD });
    const listed = await script('keys', { LOOPGPT_SECRET_KEY: FOREIGN }, 'list');
    expect(listed).toMatchObject({ code: 1, stdout: '' });
    expect(listed.stderr).toMatch(/^PostgreSQL refuses loopgpt_app the password made from LOOPGPT_SECRET_KEY: .*\n$/);
    await expect(start({ LOOPGPT_SECRET_KEY: FOREIGN })).rejects.toThrow(/exited with 1/);
    const given = database.replace(/\/\/[^@]+@/, '//loopgpt_app:wrong@');
    const wrong = await script(
      'keys',
      { LOOPGPT_SECRET_KEY: OLD, DATABASE_APP_URL: given, DATABASE_WORKER_URL: given },
      'list',
    );
    expect(wrong.stderr).toBe('PostgreSQL refuses the user or the password in DATABASE_APP_URL.\n');
    await endConnections();
    await settled(api);
    expect(new Set(await statuses(api, 40))).toEqual(new Set([200]));
  }, 90_000);

  it('is rotated instance by instance while routes are decided, none of them lost', async () => {
    const routes: string[] = [];
    const apis = [await start({ LOOPGPT_SECRET_KEY: OLD, LOOPGPT_PREVIOUS_SECRET_KEYS: NEW })];
    let isOver = false;
    const load = (async () => {
      while (!isOver || routes.length < 3) routes.push((await apis.at(-1)!.route(CART)).status as string);
    })();
    // Each opens what the other seals; until the migration both log in with the old password.
    apis.push(await start({ LOOPGPT_SECRET_KEY: NEW, LOOPGPT_PREVIOUS_SECRET_KEYS: OLD }));
    expect(new Set(await statuses(apis[0]!, 10))).toEqual(new Set([200]));
    const keys = { LOOPGPT_SECRET_KEY: NEW, LOOPGPT_PREVIOUS_SECRET_KEYS: OLD };
    expect(await script('migrate', keys)).toMatchObject({ code: 0 });
    isOver = true;
    await load;
    expect(routes.filter((status) => status !== 'fulfilled')).toEqual([]);
    // Both generations log in anew with the new password.
    await endConnections();
    for (const api of apis) {
      await settled(api);
      expect(new Set(await statuses(api, 40))).toEqual(new Set([200]));
    }
    const last = await start({ LOOPGPT_SECRET_KEY: NEW });
    expect((await last.route(CART)).status).toBe('fulfilled');
  }, 120_000);
});
