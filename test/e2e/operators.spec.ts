import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mealme } from '../../src/modules/providers/mealme/mealme.card.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { node, type Said } from '../support/checkout.js';
import { HOUSEHOLD } from '../support/household.js';
import { rowsOf } from '../support/stores.js';
import { RoleProcess } from '../support/processes.js';
import { createStores, type Stores } from '../support/stores.js';

const ORDER = { items: CART.items, shippingAddress: CART.shippingAddress };
const OLD_DOOR = '/functions/v1/loopgpt_route_order';
/** The sh blocks below a heading of the runbook, a command a line. */
const runbook = (heading: string): string[] => {
  const section = readFileSync('docs/runbook.md', 'utf8')
    .split(/^## /m)
    .find((one) => one.startsWith(heading))!;
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.trim().split('\n'));
};
const wordsOf = (line: string): string[] => line.replace('npm run ops -- ', '').split(' ');

describe('an emergency of a production that was not prepared for it', () => {
  let stores: Stores;
  let product: RoleProcess;
  let simulator: ChildProcess | undefined;
  let api: Api;
  let env: Record<string, string>;
  const dataDir = mkdtempSync(join(tmpdir(), 'loopgpt-operators-'));
  const ops = (...words: string[]): Promise<Said> => node(['dist/scripts/ops.js', ...words], { env });
  const health = async () => (await api.post(OLD_DOOR, { action: 'health_check' })).body.providers;

  beforeAll(async () => {
    stores = await createStores();
    const nobody = 'https://127.0.0.1:1';
    const real = {
      KROGER_CLIENT_ID: 'xxx',
      KROGER_CLIENT_SECRET: 'xxx',
      WALMART_PARTNER_ID: 'xxx',
      WALMART_API_KEY: 'xxx',
      MEALME_API_KEY: 'xxx',
      INSTACART_API_KEY: 'xxx',
      KROGER_BASE_URL: nobody,
      WALMART_BASE_URL: nobody,
      MEALME_BASE_URL: nobody,
      INSTACART_BASE_URL: nobody,
    };
    const secret = { LOOPGPT_SECRET_KEY: 'uzX0xBqVw3mJ5c8dT1yRkL7nPfG2hS9eQ4aWbZ6vYxM=' };
    env = { ...stores.env, ...secret, LOOPGPT_ENV: 'production', LOOPGPT_DATA_DIR: dataDir };
    product = await new RoleProcess('all', { ...env, ...real, LOOPGPT_PROBE_SECONDS: '300' }).start();
    const made = await node(
      [
        'dist/scripts/keys.js',
        'create',
        '--tenant-name',
        'operators',
        '--name',
        'on-call',
        '--scopes',
        'admin,routes:read,routes:write',
      ],
      { env },
    );
    env.OPS_API_KEY = /key\s+(\S+)/.exec(made.stdout)![1]!;
    api = new Api(product.url, env.OPS_API_KEY);
  }, 90_000);
  afterAll(async () => {
    simulator?.kill();
    await product?.stop();
    await stores?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 30_000);

  it('is told by health before any cart: credentials that are none are unhealthy, and nobody can be asked', async () => {
    expect(await health()).toEqual({
      KROGER_API: { healthy: false },
      WALMART_API: { healthy: false },
      MEALME: { healthy: false },
      INSTACART: { healthy: false },
    });
    const ready = await api.get('/health/ready');
    expect(ready.body).toMatchObject({
      status: 'degraded',
      checks: { providers: { ok: false, detail: 'no provider that quotes can be asked' } },
    });
    expect((await api.post(OLD_DOOR, ORDER)).status).toBe(502);
  }, 30_000);

  it('is not entered without a confirmation, nor where it would leave no provider', async () => {
    const unconfirmed = await ops('mock', 'all', 'on');
    expect(unconfirmed).toMatchObject({ code: 1, stderr: expect.stringContaining('Say --confirm to do it.') });
    const without = await ops('mock', 'all', 'on', '--confirm');
    expect(without.stderr).toMatch(/^Refused \(422 switch_invalid\)[\s\S]*would leave no provider that quotes/);
    const away = await ops('mock', 'all', 'on', '--confirm', '--simulator', 'http://127.0.0.1:1');
    expect(away.stderr).toMatch(/the simulator does not answer for it .*; start it/);
    expect(JSON.parse((await ops('show')).stdout).set).toEqual({});
  }, 60_000);

  it('is over after the two commands of the runbook, the verify call answers 200, and the way back holds', async () => {
    const [start, mock] = runbook('Emergency 1');
    const url = 'http://127.0.0.1:4000';
    const port = String(40_000 + (process.pid % 20_000));
    const words = start!
      .replace(/^node /, '')
      .replace(/ &$/, '')
      .replace('4000', port)
      .split(' ');
    simulator = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(simulator.stdout!, 'data');
    const mocked = await ops(...wordsOf(mock!.replace(url, `http://127.0.0.1:${port}`)));
    expect(mocked).toMatchObject({ code: 0, stderr: '' });
    expect(await health()).toMatchObject({ KROGER_API: { healthy: true }, INSTACART: { healthy: true } });
    const order = await api.post(OLD_DOOR, ORDER);
    expect(order).toMatchObject({ status: 200, body: { quote: { simulated: true } } });
    expect((await api.get('/health/ready')).body.status).toBe('degraded');
    expect(runbook('Emergency 1').at(-1)).toBe('npm run ops -- mock all off');
    expect(await ops('mock', 'all', 'off')).toMatchObject({ code: 0 });
    const { set, inForce } = JSON.parse((await ops('show')).stdout);
    expect([set.LOOPGPT_ALLOW_MOCK_IN_PRODUCTION, set.LOOPGPT_SIMULATOR_URL]).toEqual([undefined, undefined]);
    expect(inForce).toMatchObject({ LOOPGPT_KROGER_MOCK: 'false', LOOPGPT_ALLOW_MOCK_IN_PRODUCTION: 'false' });
    expect(await health()).toMatchObject({ KROGER_API: { healthy: false } });
  }, 60_000);
});

describe('operators at a terminal', () => {
  let test: TestApp;
  let product: RoleProcess;
  const dataDir = mkdtempSync(join(tmpdir(), 'loopgpt-operators-'));
  const env = { LOOPGPT_DATA_DIR: dataDir };
  const ops = (words: string[], input = ''): Promise<Said> => node(['dist/scripts/ops.js', ...words], { env, input });
  const shown = async () =>
    JSON.parse((await ops(['show'])).stdout) as Record<'set' | 'inForce', Record<string, string>>;
  const cardOf = async (id: string) =>
    (await test.api.get('/v1/providers')).body.data.find((one: { id: string }) => one.id === id);

  beforeAll(async () => {
    test = await startApp({}, (simulator) => ({
      MEALME_BASE_URL: `${simulator.url}/mealme`,
      MEALME_API_KEY: mealme.simulatedCredentials.apiKey,
      LOOPGPT_MEALME_MOCK: 'false',
      KROGER_BASE_URL: `${simulator.url}/kroger`,
      KROGER_CLIENT_ID: 'xxx',
      KROGER_CLIENT_SECRET: 'xxx',
      LOOPGPT_KROGER_MOCK: 'false',
      LOOPGPT_PROBE_SECONDS: '300',
    }));
    const own = { LOOPGPT_SIMULATOR_URL: test.simulator.url, LOOPGPT_DATA_DIR: dataDir };
    const beside = {
      MEALME_BASE_URL: `${test.simulator.url}/mealme`,
      MEALME_API_KEY: mealme.simulatedCredentials.apiKey,
    };
    product = await new RoleProcess('all', {
      ...test.stores.env,
      ...own,
      ...beside,
      LOOPGPT_MEALME_MOCK: 'false',
    }).start();
  }, 90_000);
  afterAll(async () => {
    await product?.stop();
    await test?.close();
    rmSync(dataDir, { recursive: true, force: true });
  }, 30_000);

  it('see that credentials do not hold before any cart was routed with them', async () => {
    expect(await cardOf('KROGER_API')).toMatchObject({ healthy: false, simulated: false, state: 'connected' });
    expect(await cardOf('MEALME')).toMatchObject({ healthy: true, simulated: false });
  });

  it('find the instance that runs in their directory, on whatever port, for less than a second of the processor', async () => {
    const atEnd = `process.on('exit', () => console.error(Object.values(process.cpuUsage()).join(' ')))`;
    const args = ['--import', `data:text/javascript,${encodeURIComponent(atEnd)}`, 'dist/scripts/ops.js', 'show'];
    const { code, stdout, stderr } = await node(args, { env });
    expect([code, JSON.parse(stdout).production]).toEqual([0, false]);
    const [user, system] = stderr.trim().split(' ').map(Number);
    expect((user! + system!) / 1e6).toBeLessThan(1);
  }, 30_000);

  it.each([
    [['frobnicate'], /^"frobnicate" is no procedure\.\n\nnpm run ops/],
    [['constructor'], /^"constructor" is no procedure\./],
    [['mock', 'all', 'constructor'], /^say on or off, not "constructor"\n$/],
    [['experiment', 'no-such.json'], /^no-such\.json cannot be read: ENOENT/],
    [['experiment', 'README.md'], /^README\.md is not JSON: /],
    [['show', '--frobnicate'], /^Unknown option '--frobnicate'\.\n$/],
    [['mock', 'all', 'maybe'], /^say on or off, not "maybe"\n$/],
    [['timeout', 'kroger'], /^name the milliseconds\n$/],
    [['rotate', 'MEALME_API_KEY'], /^standard input has no line MEALME_API_KEY=…\n$/],
    [['disable', 'kroger', 'walmart'], /^"walmart" is a word too many: nothing was done\.\n$/],
    [['scorecard', 'kroger'], /^"kroger" is a word too many/],
    [['reset', 'LOOPGPT_QUORUM', '--all'], /^"LOOPGPT_QUORUM" is a word too many/],
    [['disable', 'kroger', '--all'], /^--all is for reset\n$/],
    [['undo', 'act_1', '--preview'], /^undo has no preview\n$/],
    [['undo', '../..'], /^Refused \(404 act_not_found\): [^\n]*\n$/],
    [
      ['show', '--url', 'http://127.0.0.1:1'],
      /^No product answers at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\)[^\n]*\n$/,
    ],
    [['show', '--url', 'nonsense'], /^--url nonsense is no URL[^\n]*\n$/],
  ])('are told in a sentence what is wrong with %j', async (words, said) => {
    const { code, stdout, stderr } = await ops(words);
    expect(stderr).toMatch(said);
    expect([code === 0, stdout]).toEqual([false, '']);
  });

  it('are told in a sentence what is wrong with keys and verify, and that a database is away', async () => {
    const away = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const said = async (...args: string[]) => (await node(args, { env: away })).stderr;
    expect(await said('dist/scripts/keys.js', '--frobnicate')).toBe("Unknown option '--frobnicate'.\n");
    expect(await said('dist/scripts/keys.js', 'list', 'mine')).toMatch(/^"mine" is a word too many/);
    expect(await said('dist/scripts/backup.js', 'restore', 'no-such.sql.gz')).toMatch(/^[^\n]+\n$/);
    expect(await said('dist/scripts/keys.js', 'list')).toMatch(/^The database cannot be reached \(ECONNREFUSED\)/);
    expect(await said('dist/scripts/migrate.js', '--frobnicate')).toMatch(/^Unknown option '--frobnicate'/);
    expect(await said('dist/scripts/migrate.js')).toMatch(/^The database cannot be reached \(ECONNREFUSED\)/);
    expect(await said('dist/scripts/verify.js', 'no-such.json', 'keys.json')).toMatch(/^no-such\.json cannot be read/);
  }, 30_000);

  it('keep the old credential until the new one is accepted, and half of one is refused', async () => {
    const rotate = (text: string, ...more: string[]) => ops(['rotate', 'MEALME_API_KEY', ...more], text);
    const wrong = await rotate('MEALME_API_KEY=canary-wrong-1\n');
    expect(wrong.stderr).toMatch(/Refused \(422[\s\S]*MEALME refuses the new credential \(Unauthorized/);
    expect(wrong.stderr).not.toContain('canary-wrong-1');
    expect((await shown()).set).toEqual({});
    expect((await rotate(`MEALME_API_KEY=${mealme.simulatedCredentials.apiKey}\n`)).code).toBe(0);
    expect((await rotate('MEALME_API_KEY=canary-wrong-2\n', '--untried')).code).toBe(0);
    expect((await ops(['reset', 'MEALME_API_KEY'])).code).toBe(0);
    const half = await ops(['rotate', 'WALMART_PARTNER_ID'], 'WALMART_PARTNER_ID=one-half\n');
    expect(half.stderr).toMatch(/WALMART_PARTNER_ID: is half a credential with WALMART_API_KEY/);
  }, 30_000);

  it('do every procedure of the runbook as it stands there', async () => {
    const lines = ['Work that waits', 'Plans that are', 'Emergency 2', 'Emergency 3', 'Emergency 4'].flatMap(runbook);
    expect(lines.length).toBeGreaterThan(9);
    for (const line of lines)
      expect([line, await ops(wordsOf(line))]).toEqual([line, expect.objectContaining({ code: 0 })]);
    const { set, inForce } = await shown();
    expect(set).toMatchObject({
      LOOPGPT_PRESET: 'price-first',
      LOOPGPT_SCORE_PRICE_WEIGHT: '0.6',
      LOOPGPT_QUORUM: '1',
    });
    expect(inForce).toMatchObject({ LOOPGPT_DEADLINE_MS: '15000', LOOPGPT_SCORE_PRICE_WEIGHT: '0.6' });
    await ops(['reset', ...Object.keys(set)]);
    expect((await shown()).set).toEqual({});
  }, 60_000);

  it('go by their later act: a weight over a preset, a preset over weights, and show says what is in force', async () => {
    await ops(['weight', 'price', '0.9']);
    await ops(['preset', 'speed-first']);
    const preset = await shown();
    expect(preset.set).toEqual({ LOOPGPT_PRESET: 'speed-first' });
    await ops(['weight', 'price', '0.9']);
    const weight = await shown();
    const changed = Object.keys(weight.inForce).filter((name) => weight.inForce[name] !== preset.inForce[name]);
    expect(changed).toEqual(['LOOPGPT_SCORE_PRICE_WEIGHT']);
    const api = new Api(product.url);
    const { id } = await api.route(CART);
    const record = (await api.get(`/v1/routes/${id}/record`)).body.record;
    expect(record.policy).toMatchObject({
      preset: 'speed-first',
      weights: { price: 0.9, speed: Number(weight.inForce.LOOPGPT_SCORE_SPEED_WEIGHT) },
    });
    await ops(['reset', 'LOOPGPT_PRESET', 'LOOPGPT_SCORE_PRICE_WEIGHT']);
  }, 30_000);

  it('set the deadline, the quorum and the plans per hour, in force from the next request on', async () => {
    const api = new Api(product.url);
    for (const words of [
      ['deadline', '1200'],
      ['quorum', '1'],
      ['plans-per-hour', '1'],
    ])
      await ops(words);
    await test.simulator.control.setFault('WALMART_API', { mode: 'hang', ms: 5000 });
    const began = performance.now();
    const id = (await api.post(OLD_DOOR, ORDER)).body.requestId as string;
    expect(performance.now() - began).toBeLessThan(4000);
    const { policy } = (await api.get(`/v1/routes/${id}/record`)).body.record;
    expect(policy).toMatchObject({ deadlineMs: 1200, quorum: { at: 1 } });
    await test.simulator.control.reset();
    const plan = { ...HOUSEHOLD, days: 1, user: 'somebody' };
    expect((await api.post('/v1/plans', plan)).status).toBe(202);
    expect((await api.post('/v1/plans', plan)).body.code).toBe('plan_quota_used');
    await ops(['reset', 'LOOPGPT_DEADLINE_MS', 'LOOPGPT_QUORUM', 'LOOPGPT_PLANS_PER_HOUR']);
  }, 30_000);

  it('read of a provider that hangs by its own timeout', async () => {
    const api = new Api(product.url);
    await test.simulator.control.setFault('WALMART_API', { mode: 'hang', ms: 20_000 });
    const route = await api.route({ ...CART, quorum: 3, deadlineMs: 20_000 }, 25);
    const failed = route.outcome.failed.find(({ providerId }: { providerId: string }) => providerId === 'WALMART_API');
    expect(failed).toMatchObject({ reason: 'timeout', detail: 'Provider WALMART_API timed out after 10000ms' });
    await test.simulator.control.reset();
  }, 60_000);

  it('know each provider by one name, whichever of its two they say', async () => {
    const { data } = JSON.parse((await ops(['providers'])).stdout) as { data: { name: string; id: string }[] };
    expect(data).toContainEqual(expect.objectContaining({ name: 'walmart', id: 'WALMART_API', state: 'connected' }));
    for (const { name, id } of data) {
      for (const said of [name, id]) expect((await ops(['disable', said, '--preview'])).code).toBe(0);
    }
  }, 60_000);

  it('read what was answered and decided, and of one provider what failed', async () => {
    const api = new Api(product.url);
    await test.simulator.control.setFault('WALMART_API', { mode: 'error500' });
    await api.route({ ...CART, quorum: 3 });
    await test.simulator.control.reset();
    const all = JSON.parse((await ops(['logs'])).stdout).data as { kind: string; providerId: string; at: string }[];
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    expect(new Set(all.map(({ kind }) => kind))).toEqual(
      expect.objectContaining(new Set(['decision', 'error', 'quote'])),
    );
    const failed = JSON.parse((await ops(['logs', 'walmart', '--kind', 'error'])).stdout).data as typeof all;
    expect(failed.length).toBeGreaterThan(0);
    expect(new Set(failed.map(({ kind, providerId }) => `${kind} ${providerId}`))).toEqual(
      new Set(['error WALMART_API']),
    );
  }, 60_000);

  it('are advised on timeouts once there are answers enough, with what they would have changed', async () => {
    const api = new Api(product.url);
    await Promise.all(Array.from({ length: 25 }, () => api.route({ ...CART, quorum: 3 })));
    // One that won came late, and one was waited for in vain.
    const made = `SELECT q.route_id FROM quotes q JOIN routes r ON r.id = q.route_id WHERE q.provider_id = 'WALMART_API'
      AND (q.result->>'ok')::boolean ORDER BY q.route_id`;
    await rowsOf(
      test.stores.adminUrl,
      `WITH slow AS (${made} LIMIT 1), hung AS (${made} OFFSET 1 LIMIT 1), decided AS (
         UPDATE routes SET outcome = jsonb_set(outcome, '{winner,providerId}', '"WALMART_API"') WHERE id IN (SELECT route_id FROM slow)
       ), timed_out AS (
         UPDATE quotes SET latency_ms = 10000, result = '{"ok": false, "failure": {"reason": "timeout"}}'
         WHERE provider_id = 'WALMART_API' AND route_id IN (SELECT route_id FROM hung)
       ) UPDATE quotes SET latency_ms = 9000 WHERE provider_id = 'WALMART_API' AND route_id IN (SELECT route_id FROM slow)`,
    );
    const { data } = JSON.parse((await ops(['timeouts'])).stdout) as { data: { providerId: string }[] };
    const told = data.find(({ providerId }) => providerId === 'WALMART_API') as unknown as {
      answers: number;
      p95Ms: number;
      suggestedMs: number;
      wouldHave: { sooner: number; soonerMs: number };
    };
    expect(told).toMatchObject({ timeoutMs: 10_000, wouldHave: { lostAnswers: 1, lostWins: 1, mayHaveBeenHeard: 0 } });
    expect(told.answers).toBeGreaterThanOrEqual(20);
    expect(told.suggestedMs - told.p95Ms).toBeGreaterThanOrEqual(2000);
    expect(told.suggestedMs - told.p95Ms).toBeLessThanOrEqual(2001);
    expect(told.wouldHave.sooner).toBeGreaterThanOrEqual(1);
    expect(told.wouldHave.soonerMs).toBeGreaterThan(1000);
  }, 60_000);

  it('see when credentials were set and used, and after a rotation also when those before were', async () => {
    const mealme = async () => {
      const { data } = JSON.parse((await ops(['credentials'])).stdout) as { data: { sourceId: string }[] };
      return data.find(({ sourceId }) => sourceId === 'MEALME') as Record<string, string | number | null> | undefined;
    };
    const api = new Api(product.url);
    await api.route({ ...CART, quorum: 3 });
    expect(await mealme()).toMatchObject({ state: 'environment', setAt: null });
    const used = (await mealme())!.lastUsedAt;
    expect(Date.now() - Date.parse(String(used))).toBeLessThan(60_000);
    const key = 'another-key-that-nobody-tries';
    expect((await ops(['rotate', 'MEALME_API_KEY', '--untried'], `MEALME_API_KEY=${key}\n`)).code).toBe(0);
    const rotated = await mealme();
    expect(rotated).toMatchObject({ state: 'switch', lastUsedAt: null });
    // An instance may have tried it by itself since.
    expect(Date.parse(String(rotated!.previousLastUsedAt))).toBeGreaterThanOrEqual(Date.parse(String(used)));
    expect(Date.now() - Date.parse(String(rotated!.setAt))).toBeLessThan(30_000);
    expect((await ops(['credentials'])).stdout).not.toContain(key);
    const page = (await api.get('/metrics')).body as string;
    expect(page).toMatch(/loopgpt_provider_credentials_set_timestamp_seconds\{provider="MEALME"\} \d+/);
  }, 60_000);

  it('take back all that was set at once', async () => {
    await ops(['deadline', '9000']);
    expect(Object.keys((await shown()).set).length).toBeGreaterThan(1);
    expect((await ops(['reset', '--all'])).code).toBe(0);
    expect((await shown()).set).toEqual({});
    expect(await ops(['reset', '--all'])).toMatchObject({ code: 1, stderr: 'Nothing is set over the environment.\n' });
  }, 60_000);
});

describe('readiness where nothing that quotes is switched on', () => {
  it('is not ready, however well a provider of links does', async () => {
    const off = { LOOPGPT_ENABLE_KROGER: 'false', LOOPGPT_ENABLE_WALMART: 'false', LOOPGPT_ENABLE_MEALME: 'false' };
    const test = await startApp(off);
    const { body } = await test.api.get('/health/ready');
    expect(body).toMatchObject({ status: 'degraded', checks: { providers: { ok: false } } });
    await test.close();
  }, 60_000);
});
