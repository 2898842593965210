import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { rowsOf } from '../support/stores.js';

const EXPERIMENT = {
  id: 'earn-more',
  by: 'request',
  arms: { control: { share: 50 }, earn: { share: 50, preset: 'revenue-first' } },
  guardrails: { leastRoutes: 5, dearerPercent: 1, slowerMs: 30_000, confirmedDropPercent: 100 },
};
const ROUTES = 24;

describe('an experiment with weights', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp({ LOOPGPT_PRESET: 'price-first' });
  }, 60_000);
  afterAll(() => test?.close());

  const change = async (value: unknown) => {
    const { headers } = await test.api.get('/admin/v1/settings');
    const text = value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);
    const body = { changes: { LOOPGPT_EXPERIMENT: text }, why: 'to see', untried: true };
    return test.api.send('PATCH', '/admin/v1/settings', body, { 'if-match': headers.etag! });
  };
  const results = async () => (await test.api.get('/admin/v1/experiments')).body.data;
  const armsOf = async (ids: readonly string[]) => {
    const sql = `SELECT policy->'experiment'->>'arm' AS arm FROM routes WHERE id = ANY('{${ids.join(',')}}')`;
    const counts = new Map<string | null, number>();
    for (const { arm } of await rowsOf<{ arm: string | null }>(test.stores.adminUrl, sql))
      counts.set(arm, (counts.get(arm) ?? 0) + 1);
    return counts;
  };
  const routes = async (count: number, more: object = {}) => {
    // A few at once: a machine that is busy decides them all the same.
    const ids: string[] = [];
    while (ids.length < count) {
      const sent = Array.from({ length: Math.min(4, count - ids.length) }, () =>
        test.api.post('/v1/routes', { ...CART, quorum: 3, ...more }),
      );
      const some = (await Promise.all(sent)).map(({ body }) => body.id as string);
      await Promise.all(some.map((id) => test.api.outcome(id)));
      ids.push(...some);
    }
    return ids;
  };
  const until = async <T>(look: () => Promise<T | undefined | false>): Promise<T> => {
    for (const end = Date.now() + 40_000; Date.now() < end;) {
      const found = await look();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`not seen in time; there is ${JSON.stringify(await results())}`);
  };

  it('that is not sound is refused with what is wrong', async () => {
    const { status, body } = await change({ ...EXPERIMENT, arms: { control: { share: 100 } } });
    expect([status, body.errors[0].pointer]).toEqual([422, '/changes/LOOPGPT_EXPERIMENT']);
    expect(body.errors[0].detail).toContain('an arm control and one to five others');
    const text = await change('{');
    expect([text.status, text.body.errors[0].detail]).toEqual([422, 'it is not JSON']);
  });

  it('deals routes, tells of each arm what it came to, and stops the one that pays more', async () => {
    expect((await change(EXPERIMENT)).status).toBe(200);
    const ids = await routes(ROUTES);
    const dealt = await armsOf(ids);
    expect([...dealt.keys()].sort()).toEqual(['control', 'earn']);
    // Who says what it wants is in none.
    expect(await armsOf(await routes(3, { preset: 'speed-first' }))).toEqual(new Map([[null, 3]]));

    const [told] = await until(
      async () => (await results())[0]?.arms.some(({ stopped }: { stopped: string | null }) => stopped) && results(),
    );
    const [control, earn] = ['control', 'earn'].map((name) =>
      told.arms.find(({ arm }: { arm: string }) => arm === name),
    );
    expect([control.decided, earn.decided]).toEqual([dealt.get('control'), dealt.get('earn')]);
    expect(control).toMatchObject({ share: 50, stopped: null, dearerPercent: { mean: 0, difference: null } });
    const outcomes = await Promise.all(ids.map(async (id) => (await test.api.get(`/v1/routes/${id}`)).body.outcome));
    const dearerBy = outcomes.map(({ winner, fallbacks }) => {
      const least = Math.min(
        ...[winner, ...fallbacks].map(({ comparedCents }: { comparedCents: number }) => comparedCents),
      );
      return (100 * (winner.comparedCents - least)) / least;
    });
    const dearer = dearerBy.reduce((sum, percent) => sum + percent, 0) / earn.decided;
    expect(earn.dearerPercent.mean).toBeCloseTo(dearer, 6);
    expect(earn.dearerPercent.difference.low).toBeGreaterThan(1);
    expect(earn.commissionCents.mean).toBeGreaterThan(control.commissionCents.mean);
    expect(earn.stopped).toContain('pays more over the cheapest');

    const { body } = await test.api.get('/admin/v1/acts?limit=1');
    expect(body.data[0]).toMatchObject({ actor: 'guardrail', why: expect.stringContaining('earn-more: the arm earn') });
    expect(await armsOf(await routes(8))).not.toContain('earn');
    const after = await armsOf(await routes(12));
    expect(after.get('earn')).toBeUndefined();
    expect((await test.api.get('/metrics')).body).toContain(`loopgpt_experiment_routes{arm="earn"} ${earn.decided}`);
  }, 90_000);

  it('is over when it is taken back, and what it came to is kept', async () => {
    expect((await change(null)).status).toBe(200);
    expect(await armsOf(await routes(4))).toEqual(new Map([[null, 4]]));
    const [told] = await results();
    expect([told.id, told.running, told.arms.length]).toEqual(['earn-more', false, 2]);
  }, 30_000);
});
