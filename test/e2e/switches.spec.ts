import { execFile } from 'node:child_process';
import { startApp, type Instance, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { rowsOf } from '../support/stores.js';

interface Settings {
  version: number;
  set: Record<string, string>;
}

describe('operators change the running product', () => {
  let test: TestApp;
  let other: Instance;
  beforeAll(async () => {
    test = await startApp();
    other = await test.another();
    await test.api.route(CART);
  }, 60_000);
  afterAll(() => test?.close());

  const read = async () => (await test.api.get('/admin/v1/settings')).body as Settings;
  async function change(changes: Record<string, string | null>, why = 'a drill'): Promise<Settings> {
    const { version } = await read();
    const answer = await test.api.send(
      'PATCH',
      '/admin/v1/settings',
      { changes, why, untried: true },
      { 'if-match': `"${version}"` },
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.etag).toBe(`"${version + 1}"`);
    return answer.body as Settings;
  }
  async function until(holds: () => Promise<boolean>, ms: number): Promise<void> {
    const end = Date.now() + ms;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`not within ${ms} ms`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const cardOf = async ({ api }: { api: Instance['api'] }, id: string) => {
    const { body } = await api.get('/v1/providers');
    return (body as { data: { id: string; state: string; timeoutMs: number | null }[] }).data.find(
      (one) => one.id === id,
    )!;
  };

  it('disable a provider and raise a timeout under load with no failed route, in force on every instance within 5 s', async () => {
    let stop = false;
    const statuses: string[] = [];
    const load = Array.from({ length: 4 }, async () => {
      while (!stop) statuses.push((await test.api.route(CART)).status as string);
    });
    await change({ LOOPGPT_ENABLE_KROGER: 'false', LOOPGPT_WALMART_TIMEOUT: '15000' });
    await until(async () => (await cardOf(other, 'KROGER_API')).state === 'disabled', 5000);
    expect((await cardOf(other, 'WALMART_API')).timeoutMs).toBe(15_000);
    const without = await other.api.route(CART);
    expect(JSON.stringify(without.outcome)).not.toContain('KROGER_API');
    await change({ LOOPGPT_ENABLE_KROGER: null, LOOPGPT_WALMART_TIMEOUT: null, LOOPGPT_DEADLINE_MS: null });
    await until(async () => (await cardOf(other, 'KROGER_API')).state === 'connected', 5000);
    stop = true;
    await Promise.all(load);
    expect(statuses.length).toBeGreaterThan(10);
    expect(statuses.filter((status) => status !== 'fulfilled')).toEqual([]);
  }, 60_000);

  it('say beforehand which decisions a change would alter, and alter none', async () => {
    const before = await read();
    const [latest] = await rowsOf<{ winner: string }>(
      test.stores.adminUrl,
      `SELECT outcome->'winner'->>'providerId' AS winner FROM routes WHERE outcome IS NOT NULL ORDER BY id DESC LIMIT 1`,
    );
    const name = { KROGER_API: 'KROGER', WALMART_API: 'WALMART', MEALME: 'MEALME' }[latest!.winner]!;
    const body = { changes: { [`LOOPGPT_ENABLE_${name}`]: 'false' }, why: 'only asking' };
    const preview = await test.api.post('/admin/v1/settings/preview', body);
    expect(preview.status).toBe(200);
    expect(preview.body.decisions).toBeGreaterThan(0);
    expect(preview.body.changed[0]).toMatchObject({ winner: latest!.winner });
    expect(preview.body.changed[0].wouldBe).not.toBe(latest!.winner);
    const nothing = await test.api.post('/admin/v1/settings/preview', {
      changes: { LOOPGPT_KROGER_TIMEOUT: '9000' },
      why: 'only asking',
    });
    expect(nothing.body.changed).toEqual([]);
    expect(await read()).toEqual(before);
  });

  it('rotate credentials without showing them, and undo it', async () => {
    const secret = 'canary-5f1c9a0e-mealme';
    const { set } = await change({ MEALME_API_KEY: secret, LOOPGPT_MEALME_MOCK: 'true' }, 'rotation');
    expect(set).toMatchObject({ MEALME_API_KEY: '(secret)', LOOPGPT_MEALME_MOCK: 'true' });
    const acts = await test.api.get('/admin/v1/acts');
    expect(acts.body.data[0]).toMatchObject({ why: 'rotation', after: { MEALME_API_KEY: '(secret)' } });
    const stored = await rowsOf(test.stores.adminUrl, 'SELECT s.set_values, a.after FROM switches s, operator_acts a');
    expect(JSON.stringify([acts.body, stored])).not.toContain(secret);
    const undone = await test.api.post(
      `/admin/v1/acts/${acts.body.data[0].id}/undo`,
      { why: 'the wrong one', untried: true },
      { 'if-match': `"${(await read()).version}"` },
    );
    expect(undone.status).toBe(200);
    expect(undone.body.set).toEqual({});
    const [latest] = (await test.api.get('/admin/v1/acts?limit=1')).body.data;
    expect(latest).toMatchObject({ undoes: acts.body.data[0].id, why: 'the wrong one' });
  });

  it('do each procedure from a shell, credentials from standard input, and read what was done', async () => {
    const ops = (input: string, ...words: string[]) =>
      new Promise<string>((resolve, reject) => {
        const args = ['dist/scripts/ops.js', '--url', test.url, '--why', 'a shell', '--untried', ...words];
        const child = execFile(process.execPath, args, (error, stdout, stderr) =>
          error ? reject(new Error(stderr)) : resolve(stdout),
        );
        child.stdin!.end(input);
      });
    const set = async () => (await read()).set;
    await ops('', 'disable', 'kroger');
    await ops('', 'timeout', 'walmart', '12000');
    await ops('', 'mock', 'all', 'on');
    await ops('', 'weight', 'price', '0.6');
    await ops('', 'boost', 'walmart', 'on');
    expect(await set()).toEqual({
      LOOPGPT_ENABLE_KROGER: 'false',
      LOOPGPT_WALMART_TIMEOUT: '12000',
      LOOPGPT_DEADLINE_MS: '12500',
      LOOPGPT_KROGER_MOCK: 'true',
      LOOPGPT_WALMART_MOCK: 'true',
      LOOPGPT_MEALME_MOCK: 'true',
      LOOPGPT_INSTACART_MOCK: 'true',
      LOOPGPT_SALLING_MOCK: 'true',
      LOOPGPT_SCORE_PRICE_WEIGHT: '0.6',
      LOOPGPT_PREFER_DIRECT_WALMART: 'true',
    });
    const rotated = await ops('INSTACART_API_KEY=keys.canary-77\n', 'rotate', 'INSTACART_API_KEY');
    expect(rotated).toContain('(secret)');
    expect(rotated).not.toContain('canary-77');
    const acts = JSON.parse(await ops('', 'acts')) as { data: { id: string; why: string }[] };
    expect(acts.data[0]!.why).toBe('a shell');
    await ops('', 'undo', acts.data[0]!.id);
    expect(await set()).not.toHaveProperty('INSTACART_API_KEY');
    expect(JSON.parse(await ops('', 'preset', 'price-first', '--preview'))).toHaveProperty('changed');
    expect(await ops('', 'health')).toContain('KROGER_API');
    await ops('', 'reset', ...Object.keys(await set()));
    expect(await set()).toEqual({});
    await expect(ops('', 'disable', 'tesco')).rejects.toThrow(/"tesco" is no provider/);
    await expect(ops('', 'timeout', 'kroger', 'soon')).rejects.toThrow(/switch_invalid/);
  }, 60_000);

  it('refuse what would overwrite a change unseen, what is no switch and what its schema does not allow', async () => {
    const patch = (changes: object, headers: Record<string, string>) =>
      test.api.send('PATCH', '/admin/v1/settings', { changes, why: 'a mistake' }, headers);
    const { version } = await read();
    const good = { LOOPGPT_PRESET: 'price-first' };
    expect((await patch(good, {})).body).toMatchObject({ status: 428, code: 'version_missing' });
    expect((await patch(good, { 'if-match': `"${version - 1}"` })).body).toMatchObject({ code: 'version_conflict' });
    const bad = await patch({ DATABASE_URL: 'x', LOOPGPT_KROGER_TIMEOUT: 'soon' }, { 'if-match': `"${version}"` });
    expect(bad.body).toMatchObject({ status: 422, code: 'switch_invalid' });
    expect(bad.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/changes/DATABASE_URL',
      '/changes/LOOPGPT_KROGER_TIMEOUT',
    ]);
    expect((await read()).version).toBe(version);
  });
});
