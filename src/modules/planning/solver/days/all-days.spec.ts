import { ADULT, planRequest } from '../../../../../test/support/plan-request.js';
import { randomOf } from '../../../../common/random.js';
import { shippedLibrary } from '../../../nutrition/library.js';
import type { Dish } from '../kitchen/eater.js';
import { kitchenOf } from '../kitchen/kitchen.js';
import type { Person } from '../plan.js';
import { AllDays, fitDayOf } from './all-days.js';

const shipped = shippedLibrary();

/** A kitchen of few recipes, whose days can all be looked at one by one. */
function smallKitchen(seed: number, targets: Person['targets']) {
  const random = randomOf(seed);
  const few = [...shipped.recipes].filter(() => random() < 0.12);
  const request = planRequest({ days: 1, people: [{ ...ADULT, targets }], budgetCents: 5e3, seed });
  return kitchenOf(request, { ...shipped, recipes: new Map(few) });
}

const everyDay = (menus: readonly (readonly Dish[])[]): Dish[][] =>
  menus
    .reduce<Dish[][]>((days, menu) => days.flatMap((day) => menu.map((dish) => [...day, dish])), [[]])
    .filter((day) => new Set(day.map(({ recipe }) => recipe)).size === day.length);

describe('every day there is', () => {
  const TIGHT = { protein_g: { target: 110 }, sodium_mg: { max: 1300 }, fiber_g: { min: 40 } };

  it.each([3, 4, 6, 10])('is searched without missing one (kitchen %i)', (seed) => {
    const kitchen = smallKitchen(seed, TIGHT);
    const random = randomOf(seed);
    const prices = new Map(kitchen.dishes.flat().map(({ recipe }) => [recipe, random() / 3]));
    const perCent = 1 / 1500;
    const costs = everyDay(kitchen.dishes).flatMap((dishes) => {
      const day = fitDayOf(kitchen, dishes, true);
      return day ? [dishes.reduce((sum, { recipe }) => sum + prices.get(recipe)!, perCent * day.cents)] : [];
    });
    const least = Math.min(...costs);
    expect(new AllDays(kitchen).areUnfit(1)).toBe(costs.length === 0);
    if (costs.length === 0) return;
    const found = new AllDays(kitchen).find({ prices, perCent, limit: least + 1e-6 });
    expect(found.kind).toBe('found');
    // Portions on steps cost a little more than any portions: just under the least, nothing is certain.
    expect(new AllDays(kitchen).find({ prices, perCent, limit: least * 0.97 })).toEqual({ kind: 'none' });
  });

  it('has none where two meals have but one recipe between them', () => {
    const few = ['breakfast', 'snack', 'dinner'].map((kind) =>
      [...shipped.recipes].find(([, { meals }]) => meals.some((meal) => meal === kind))!,
    );
    const { request } = smallKitchen(1, {});
    const kitchen = kitchenOf({ ...request, mealsPerDay: 6 }, { ...shipped, recipes: new Map(few) });
    expect(new AllDays(kitchen).areUnfit(1)).toBe(true);
  });

  it('holds kitchens of both kinds in this test', () => {
    const unfit = [3, 4, 6, 10].filter((seed) => new AllDays(smallKitchen(seed, TIGHT)).areUnfit(1));
    expect(unfit.length).toBeGreaterThan(0);
    expect(unfit.length).toBeLessThan(4);
  });
});
