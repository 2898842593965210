import { startApp, type TestApp } from '../support/app.js';
import { inDays } from '../support/dates.js';
import { HOUSEHOLD } from '../support/household.js';
import { rowsOf } from '../support/stores.js';

/** What may be said beside who eats: only to look, how often, and whose day it is. */
describe('a plan may be asked for', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(async () => {
    await test?.close();
  });
  const made = async (body: object) => {
    const { id } = (await test.api.post('/v1/plans', body)).body;
    return (await test.api.get(`/v1/plans/${id}`, { prefer: 'wait=20' })).body;
  };
  const kept = () => rowsOf(test.stores.adminUrl, 'SELECT count(*) FROM meal_plans');

  it('only to see what it would hold: the same targets and notices, and nothing is kept', async () => {
    const [before, body] = [await kept(), { ...HOUSEHOLD, dislikes: ['fish', 'moon dust'], startsOn: inDays(1) }];
    const seen = await test.api.post('/v1/plans?validateOnly=true', body);
    expect([seen.status, seen.headers.location, seen.body.valid]).toEqual([200, undefined, true]);
    expect(await kept()).toEqual(before);
    const plan = await made(body);
    expect(plan.notices).toEqual(expect.arrayContaining(seen.body.notices));
    expect(seen.body.notices.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(['dislike_read', 'unknown_food']),
    );
    const [{ personId, bands }] = seen.body.targets;
    for (const { nutrient, min, max } of bands)
      expect(plan.proof.rows).toContainEqual(expect.objectContaining({ personId, nutrient, min, max }));
  });

  it('only to see whether it would be refused', async () => {
    const refused = await test.api.post('/v1/plans?validateOnly=true', { ...HOUSEHOLD, allergens: ['E999'] });
    expect([refused.status, refused.body.code]).toEqual([422, 'plan_refused']);
    expect((await test.api.post('/v1/plans?validateOnly=perhaps', HOUSEHOLD)).status).toBe(400);
  });

  it('with one number of repeats, by either of its names', async () => {
    const asked = (more: object) => test.api.post('/v1/plans?validateOnly=true', { ...HOUSEHOLD, ...more });
    expect((await asked({ maxRepeats: 3, repeats: { perWeek: 3, daysRunning: true } })).status).toBe(200);
    expect((await asked({ maxRepeats: 3, repeats: { daysRunning: true } })).status).toBe(200);
    const two = await asked({ maxRepeats: 3, repeats: { perWeek: 1 } });
    expect([two.status, two.body.errors[0].pointer]).toEqual([400, '/maxRepeats']);
  });

  it('in a time zone, which its calendar names', async () => {
    const { id, timezone } = await made({ ...HOUSEHOLD, days: 1, timezone: 'America/Denver' });
    expect(timezone).toBe('America/Denver');
    const { body } = await test.api.get(`/v1/plans/${id}`, { accept: 'text/calendar' });
    expect(body).toContain('X-WR-TIMEZONE:America/Denver\r\n');
    const anywhere = await made({ ...HOUSEHOLD, days: 1 });
    expect(anywhere.timezone).toBeNull();
    const floating = await test.api.get(`/v1/plans/${anywhere.id}`, { accept: 'text/calendar' });
    expect(floating.body).not.toContain('TIMEZONE');
  });
});
