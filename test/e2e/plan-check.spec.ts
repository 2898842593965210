import { startApp, type TestApp } from '../support/app.js';
import { HOUSEHOLD } from '../support/household.js';
import { rowsOf } from '../support/stores.js';

describe('a plan that somebody else made is proven', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(async () => {
    await test?.close();
  });

  const { people } = HOUSEHOLD;
  const check = (body: object) => test.api.post('/v1/plans/check', body);

  it('as ours are: the proof of our own plan comes out the same, and nothing is stored', async () => {
    const accepted = await test.api.post('/v1/plans', HOUSEHOLD);
    const plan = (await test.api.get(`/v1/plans/${accepted.body.id}`, { prefer: 'wait=20' })).body;
    const days = plan.days.map(({ meals }: { meals: Record<string, unknown>[] }) => ({
      meals: meals.map(({ slot, recipeId, portions }) => ({
        slot,
        recipeId,
        portions: (portions as Record<string, unknown>[]).map(({ personId, servings }) => ({ personId, servings })),
      })),
    }));
    const { status, body } = await check({ people, days, startsOn: plan.days[0].date });
    expect(status).toBe(200);
    expect(body.isMet).toBe(true);
    expect(body.proof.rows).toEqual(plan.proof.rows);
    expect(body.clashes).toEqual([]);
    const stored = await rowsOf(test.stores.adminUrl, 'SELECT id FROM meal_plans');
    expect(stored).toHaveLength(1);
  });

  it('from foods in grams and household measures, with what is missed in whose day', async () => {
    const meals = [
      {
        foods: [
          { food: 'egg', quantity: 2, unit: 'large' },
          { food: 'whole wheat bread', grams: 64 },
        ],
        title: 'Egg on toast',
      },
      {
        foods: [
          { food: 'chicken breast', quantity: 6, unit: 'oz' },
          { food: 'white rice', quantity: 0.5, unit: 'cup' },
        ],
      },
    ];
    const { body } = await check({ people: [people[0]], allergens: ['egg'], days: [{ meals }] });
    expect(body.days[0].meals.map(({ slot, title }: Record<string, string>) => [slot, title])).toEqual([
      ['lunch', 'Egg on toast'],
      ['dinner', 'chicken breast, white rice'],
    ]);
    expect(body.days[0].meals[0].foods[0]).toMatchObject({ food: 'egg', grams: 100 });
    expect(body.days[0].meals[1].foods[0]).toEqual({
      food: 'chicken breast',
      grams: 170.1,
      evidence: 'a unit of mass',
    });
    expect(body.isMet).toBe(false);
    expect(body.proof.violations).toContainEqual(expect.objectContaining({ rule: 'allergen', slot: 'lunch' }));
    expect(body.clashes[0]).toMatchObject({ personId: 'ann', isProven: false });
    expect(body.clashes[0].between).toContain('fiber_g');
    const energy = body.proof.rows.find(({ nutrient }: { nutrient: string }) => nutrient === 'kcal');
    expect(energy.value).toBeGreaterThan(500);
    expect(energy.isMet).toBe(false);
  });

  it('or refused, each place with what would do', async () => {
    const meals = [
      {
        foods: [
          { food: 'unobtainium', grams: 5 },
          { food: 'salmon', quantity: 1, unit: 'bathtub' },
        ],
      },
      { recipeId: 'no-such-dish' },
    ];
    const { status, body } = await check({ people: [people[0]], days: [{ meals }] });
    expect([status, body.code]).toEqual([422, 'plan_refused']);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/days/0/meals/0/foods/0/food',
      '/days/0/meals/0/foods/1/unit',
      '/days/0/meals/1/recipeId',
    ]);
  });

  it('at the former door in its words', async () => {
    const { status, body } = await test.api.post('/functions/v1/nutrition-validator', {
      people: [people[0]],
      days: [{ meals: [{ recipeId: 'minestrone' }] }],
      plan_name: 'ignored',
    });
    expect(status).toBe(200);
    expect(body.valid).toBe(false);
    expect(body.errors[0]).toMatch(/^\d{4}-\d\d-\d\d ann .*energy/);
    expect(body.check.days[0].meals[0].recipe.title).toBe('Minestrone');
  });
});
