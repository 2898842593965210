import { Webhook } from 'standardwebhooks';
import { startApp, type TestApp } from '../support/app.js';
import { inDays } from '../support/dates.js';
import { HOUSEHOLD } from '../support/household.js';
import { Receiver } from '../support/receiver.js';
import { rowsOf } from '../support/stores.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** Without a model, as `npm start` is: real plans from the solver, told on every door. */
describe('a meal plan goes all the way', () => {
  let test: TestApp;
  let receiver: Receiver;

  beforeAll(async () => {
    [test, receiver] = await Promise.all([startApp({ LOOPGPT_PLANS_PER_HOUR: '3' }), Receiver.start()]);
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });

  const made = async (body: object) => {
    const accepted = await test.api.post('/v1/plans', body);
    expect(accepted.status).toBe(202);
    return (await test.api.get(`/v1/plans/${accepted.body.id}`, { prefer: 'wait=20' })).body;
  };

  it('accepts at once, and answers a plan whose every target is proven', async () => {
    const accepted = await test.api.post('/v1/plans', { ...HOUSEHOLD, reference: 'week-1', metadata: { for: 'test' } });
    expect(accepted.status).toBe(202);
    expect(accepted.headers.location).toBe(`/v1/plans/${accepted.body.id}`);
    const { body: plan, headers } = await test.api.get(`/v1/plans/${accepted.body.id}`, { prefer: 'wait=20' });
    expect(headers['preference-applied']).toBe('wait=20');
    expect(plan).toMatchObject({
      status: 'completed',
      origin: 'solver',
      reference: 'week-1',
      metadata: { for: 'test' },
      playlist: null,
    });
    expect(plan.days.map(({ meals }: { meals: unknown[] }) => meals.length)).toEqual([3, 3, 3]);
    expect(plan.proof.violations).toEqual([]);
    expect(plan.proof.rows.length).toBeGreaterThanOrEqual(3 * 2 * 6);
    expect(plan.receipt).toMatchObject({ aiCents: 0, aiTokens: 0, draft: 'off', targetsMet: plan.proof.rows.length });
  });

  it('carries what a cook needs for all who eat, and reads as a page, as Markdown and as a calendar', async () => {
    const plan = await made({ ...HOUSEHOLD, startsOn: inDays(1), seed: 3 });
    const meals = plan.days.flatMap((day: { meals: unknown[] }) => day.meals);
    for (const { recipe, portions } of meals) {
      const grams = recipe.ingredients.reduce((sum: number, one: { grams: number }) => sum + one.grams, 0);
      const eaten = portions.reduce((sum: number, one: { grams: number }) => sum + one.grams, 0);
      expect(Math.abs(grams - eaten)).toBeLessThan(10);
      expect(recipe.steps.length).toBeGreaterThanOrEqual(3);
      for (const { text } of recipe.ingredients) expect(text).toMatch(/^(\S+ .+|a pinch of .+), [\d.]+ g$/);
    }
    const as = (accept: string) => test.api.get(`/v1/plans/${plan.id}`, { accept });
    const [page, text, calendar] = await Promise.all([as('text/html'), as('text/markdown'), as('text/calendar')]);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain(meals[0].recipe.ingredients[0].text);
    expect(text.body).toContain(`Breakfast: ${meals[0].title}`);
    expect(calendar.body.match(/^UID:.+-(breakfast|lunch|dinner)@/gm)).toHaveLength(meals.length);
    expect(calendar.body).toContain(`UID:${plan.id}-${plan.days[0].date}-breakfast@`);
    const again = await test.api.get(`/v1/plans/${plan.id}`, {
      accept: 'text/markdown',
      'if-none-match': text.headers.etag!,
    });
    expect(again.status).toBe(304);
    expect(text.headers.vary).toContain('Accept');
  });

  it('tells it by a webhook that verifies, after the event row and never newer than GET', async () => {
    const accepted = await test.api.post('/v1/plans', { ...HOUSEHOLD, webhook: { url: receiver.url, secret: SECRET } });
    const [hook] = await receiver.waitFor(1);
    const payload = new Webhook(SECRET).verify(hook!.body, hook!.headers) as { type: string; data: { id: string } };
    expect(payload).toMatchObject({ type: 'plan.generated', data: { id: accepted.body.id, status: 'completed' } });
    const events = await rowsOf<{ name: string; sequence: number }>(
      test.stores.adminUrl,
      'SELECT name, sequence FROM events WHERE subject = $1 ORDER BY sequence',
      [accepted.body.id],
    );
    expect(events.map(({ name }) => name)).toEqual(['plan.drafted', 'plan.checked', 'plan.priced', 'plan.generated']);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    const { days } = (await test.api.get(`/v1/plans/${accepted.body.id}`)).body;
    // Recipes travel with the answer alone.
    expect(days).toMatchObject(JSON.parse(hook!.body).data.days);
    expect(hook!.body).not.toContain('"steps"');
  });

  it('makes the same plan of the same request and seed, and another of another', async () => {
    const body = { ...HOUSEHOLD, startsOn: inDays(3), seed: 7 };
    const [one, again, other] = [await made(body), await made(body), await made({ ...body, seed: 8 })];
    expect(again.days).toEqual(one.days);
    expect(other.days).not.toEqual(one.days);
  });

  it('says what clashes when no plan can be, and what cannot be asked', async () => {
    const [ann] = HOUSEHOLD.people;
    const hard = { ...ann!, targets: { kcal: { target: 2000 }, protein_g: { min: 200 }, fiber_g: { min: 120 } } };
    const failed = await made({ ...HOUSEHOLD, people: [hard] });
    expect(failed).toMatchObject({ status: 'failed', proof: null, days: [], failure: { reason: 'clash' } });
    expect(failed.failure.details[0].detail).toMatch(/\w+.*\./);
    expect(failed.closest.days).toHaveLength(HOUSEHOLD.days);
    expect(failed.closest.misses.map(({ rule }: { rule: string }) => rule)).toContain('band');
    const refused = await test.api.post('/v1/plans', { ...HOUSEHOLD, allergens: ['moon dust'] });
    expect(refused).toMatchObject({ status: 422, body: { code: 'plan_refused' } });
    expect(refused.body.errors[0].pointer).toBe('/allergens/0');
    const diet = await test.api.post('/v1/plans', { ...HOUSEHOLD, diets: ['GF', 'vegen'] });
    expect([diet.status, diet.body.errors[0].pointer]).toEqual([422, '/diets/1']);
    const intake = await test.api.send('PUT', '/v1/intake?user=ida', { ...HOUSEHOLD, allergens: ['moon dust'] });
    expect([intake.status, intake.body.errors[0].pointer]).toEqual([422, '/allergens/0']);
    const child = await test.api.post('/v1/plans', { people: [{ ...ann!, ageYears: 2 }] });
    expect(child.body.errors[0].pointer).toBe('/people/0/ageYears');
    expect((await test.api.post('/v1/plans', { days: 3 })).status).toBe(400);
  });

  it('never serves a stored allergen, whatever one request leaves out', async () => {
    const user = 'carla';
    expect((await test.api.get(`/v1/intake?user=${user}`)).status).toBe(404);
    const intake = { ...HOUSEHOLD, allergens: ['milk'] };
    expect((await test.api.send('PUT', `/v1/intake?user=${user}`, intake)).status).toBe(200);
    const plan = await made({ user, days: 7, allergens: [] });
    expect(plan.status).toBe('completed');
    const foods = Object.values(plan.proof.foods as Record<string, { food: string }[]>).flat();
    expect(
      foods.filter(
        ({ food }) => /milk|cheese|butter$|yogurt|cream/.test(food) && !/coconut|almond|soy|peanut/.test(food),
      ),
    ).toEqual([]);
    expect((await test.api.send('DELETE', `/v1/intake?user=${user}`)).status).toBe(204);
    expect((await test.api.get(`/v1/intake?user=${user}`)).status).toBe(404);
  });

  it('is accepted once for one key, and so often in an hour for one user', async () => {
    const key = { 'idempotency-key': 'plan-key-1' };
    const body = { ...HOUSEHOLD, user: 'dora' };
    const first = await test.api.post('/v1/plans', body, key);
    const second = await test.api.post('/v1/plans', body, key);
    expect(second.body.id).toBe(first.body.id);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect((await test.api.post('/v1/plans', { ...body, days: 2 }, key)).status).toBe(422);
    const more = await Promise.all(Array.from({ length: 6 }, () => test.api.post('/v1/plans', body)));
    expect(more.filter(({ status }) => status === 202)).toHaveLength(2);
    const refused = more.find(({ status }) => status === 429)!;
    expect(refused.body.code).toBe('plan_quota_used');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3000);
  });

  it('lists page by page, answers 304, and is cancelled only while it is open', async () => {
    const reference = 'listed';
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) ids.unshift((await made({ ...HOUSEHOLD, days: 1, reference })).id);
    const first = await test.api.get(`/v1/plans?reference=${reference}&limit=2`);
    const rest = await test.api.get(`/v1/plans?reference=${reference}&limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.data, ...rest.body.data].map(({ id }: { id: string }) => id)).toEqual(ids);
    const read = await test.api.get(`/v1/plans/${ids[0]}`);
    expect((await test.api.get(`/v1/plans/${ids[0]}`, { 'if-none-match': read.headers.etag! })).status).toBe(304);
    expect((await test.api.post(`/v1/plans/${ids[0]}/cancel`)).body.code).toBe('plan_already_closed');
    expect((await test.api.get('/v1/plans/plan_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9')).body.code).toBe('plan_not_found');
  });

  it('leaves one log row for each, summed up for operators', async () => {
    const [views] = await rowsOf<{ total: number; completed: number; failed: number }>(
      test.stores.adminUrl,
      `SELECT sum(total_requests)::int AS total, sum(successful_requests)::int AS completed, sum(failed_requests)::int AS failed
       FROM performance_metrics`,
    );
    const [plans] = await rowsOf<{ completed: number; failed: number }>(
      test.stores.adminUrl,
      `SELECT (count(*) FILTER (WHERE status = 'completed'))::int AS completed, (count(*) FILTER (WHERE status = 'failed'))::int AS failed
       FROM meal_plans`,
    );
    expect(views).toEqual({ total: plans!.completed + plans!.failed, ...plans });
    const [cost] = await rowsOf<{ total: string }>(
      test.stores.adminUrl,
      'SELECT total_cost_cents AS total FROM ai_cost_summary',
    );
    expect(Number(cost!.total)).toBe(0);
  });
});
