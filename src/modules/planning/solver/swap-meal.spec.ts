import { ADULT, planRequest } from '../../../../test/support/plan-request.js';
import { shippedLibrary } from '../../nutrition/library.js';
import { restsOvernight, type Recipe } from '../../nutrition/recipes.js';
import { shortlistOf } from '../needs/shortlist.js';
import { makePlan } from './make-plan.js';
import type { Plan } from './plan.js';
import { priced } from './shopping/packs.js';
import { shoppingListOf } from './shopping/shopping-list.js';
import { swapChoices, swapMeal, type SwapWish } from './swap-meal.js';

const library = shippedLibrary();
const REQUEST = planRequest({
  mealsPerDay: 4,
  allergens: ['peanut'],
  people: [ADULT, { ...ADULT, id: 'p2', sex: 'male', weightKg: 82, heightCm: 180 }],
  seed: 4,
});
const WISH: SwapWish = { date: '2026-03-04', slot: 'dinner' };

function planned(outcome: ReturnType<typeof makePlan>) {
  if (outcome.kind !== 'planned') throw new Error(JSON.stringify(outcome));
  return outcome;
}
const { plan } = planned(makePlan(REQUEST, library));
const mealIn = (one: Plan, { date, slot }: SwapWish) =>
  one.days.find((day) => day.date === date)!.meals.find((meal) => meal.slot === slot)!;
const restOf = (one: Plan) =>
  one.days.map((day) => ({
    date: day.date,
    meals: day.meals.filter(({ slot }) => day.date !== WISH.date || slot !== WISH.slot).map(({ recipeId }) => recipeId),
  }));

/** All recipes but breakfasts, of which few rest overnight and few do not. */
function withNightsFor(each: number): typeof library.recipes {
  const isMorning = ({ meals }: Recipe) => meals.includes('breakfast');
  const all = [...library.recipes.values()];
  const kept = [true, false].flatMap((is) =>
    all.filter((recipe) => isMorning(recipe) && restsOvernight(recipe) === is).slice(0, each),
  );
  return new Map([...all.filter((recipe) => !isMorning(recipe)), ...kept].map((recipe) => [recipe.id, recipe]));
}

describe('one meal swapped', () => {
  it('leaves other days to the byte and other recipes as they were, and is proven', () => {
    const swapped = planned(swapMeal(REQUEST, library, plan, WISH));
    expect(mealIn(swapped.plan, WISH).recipeId).not.toBe(mealIn(plan, WISH).recipeId);
    expect(restOf(swapped.plan)).toEqual(restOf(plan));
    const others = (one: Plan) => JSON.stringify(one.days.filter(({ date }) => date !== WISH.date));
    expect(others(swapped.plan)).toBe(others(plan));
    expect(swapped.proof.violations).toEqual([]);
    const [before, after] = [plan, swapped.plan].map((one) => one.days.find(({ date }) => date === WISH.date)!);
    for (const { slot, portions } of before!.meals) {
      if (slot === WISH.slot) continue;
      const same = after!.meals.find((meal) => meal.slot === slot)!;
      portions.forEach(({ servings }, index) => {
        expect(Math.abs(same.portions[index]!.servings / servings - 1)).toBeLessThanOrEqual(0.15 + 1e-9);
      });
    }
  });

  it.each([4, 7, 11])('walks on through what suits when it is swapped again and again: seed %i', (seed) => {
    const request = { ...REQUEST, seed };
    const seen = new Set<string>();
    let current = planned(makePlan(request, library)).plan;
    for (let turn = 0; turn < 8; turn++) {
      current = planned(swapMeal(request, library, current, WISH)).plan;
      seen.add(mealIn(current, WISH).recipeId);
    }
    expect(seen.size).toBe(8);
  });

  it('takes the recipe asked for, or says which bands it breaks', () => {
    const present = new Set(plan.days.flatMap(({ meals }) => meals.map(({ recipeId }) => recipeId)));
    const unused = shortlistOf(REQUEST, library)
      .recipes.get('dinner')!
      .filter(({ id }) => !present.has(id));
    const outcomes = unused.slice(0, 30).map(({ id }) => swapMeal(REQUEST, library, plan, { ...WISH, recipeId: id }));
    outcomes.forEach((outcome, index) => {
      if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome));
      const made = outcome.kind === 'planned' ? outcome : outcome.nearest!;
      expect(mealIn(made.plan, WISH).recipeId).toBe(unused[index]!.id);
      expect(restOf(made.plan)).toEqual(restOf(plan));
      expect(made.proof.violations.length > 0).toBe(outcome.kind === 'clash');
    });
    expect(outcomes.some(({ kind }) => kind === 'planned')).toBe(true);
  });

  it('to a recipe that is barred says what bars it', () => {
    const request = { ...REQUEST, diets: ['no pork'], dislikes: ['mushrooms'], maxMinutes: 40 };
    const before = planned(makePlan(request, library)).plan;
    const reasonsFor = (recipeId: string) => {
      const outcome = swapMeal(request, library, before, { ...WISH, recipeId });
      return outcome.kind === 'refused' ? outcome.refusals.map(({ pointer, reason }) => `${pointer} ${reason}`) : [];
    };
    const madeWith = (food: string) =>
      [...library.recipes.values()].find(
        ({ meals, ingredients }) => meals.includes('dinner') && ingredients.some((one) => one.food.name === food),
      )!.id;
    const slow = [...library.recipes.values()].find(
      ({ meals, limitMinutes }) => meals.includes('dinner') && limitMinutes > 60,
    )!;
    expect(reasonsFor(madeWith('mushroom')).join()).toContain('is made with mushroom: dislike "mushrooms"');
    expect(reasonsFor(madeWith('pork shoulder')).join()).toContain('is made with pork shoulder: diet "no pork"');
    expect(reasonsFor(madeWith('peanut butter')).join()).toContain('allergen "peanut"');
    expect(reasonsFor(slow.id).join()).toContain(`takes ${slow.limitMinutes} minutes`);
    expect(reasonsFor('blueberries-overnight-oats').join()).toContain('for the dinner: it is for breakfast');
    expect(reasonsFor('no-such')).toEqual(['/recipeId There is no recipe "no-such"; GET /v1/recipes lists them.']);
    const ofThatDay = mealIn(before, { ...WISH, slot: 'lunch' }).recipeId;
    const isDinner = library.recipes.get(ofThatDay)!.meals.includes('dinner');
    expect(reasonsFor(ofThatDay).join()).toContain(isDinner ? 'is served that day already' : 'it is for');
  });

  it('names recipes that fit where the one asked for does not', () => {
    const lean = planRequest({ days: 3, seed: 7, people: [{ ...ADULT, targets: { fat_g: { max: 45 } } }] });
    const before = planned(makePlan(lean, library)).plan;
    const wish = { date: '2026-03-03', slot: 'dinner' as const };
    const outcomes = shortlistOf(lean, library)
      .recipes.get('dinner')!
      .slice(0, 20)
      .map(({ id }) => swapMeal(lean, library, before, { ...wish, recipeId: id }));
    const clash = outcomes.find((outcome) => outcome.kind === 'clash')!;
    const named = [...clash.clashes[0]!.sentence.matchAll(/\(([a-z0-9-]+)\)/g)].map(([, id]) => id!);
    expect(named.length).toBeGreaterThan(0);
    for (const recipeId of named)
      expect(swapMeal(lean, library, before, { ...wish, recipeId })).toMatchObject({ kind: 'planned' });
  });

  it('is held to the eased bands of its plan and says all that the plan says, even where the meal that went alone needed them', () => {
    const keto = planRequest({ days: 2, people: [{ ...ADULT, targets: { carbohydrate_g: { max: 50 } } }] });
    const before = planned(makePlan(keto, library));
    expect(before.plan.eased).toContain('bands');
    const codes = ({ notices }: typeof before) => [...new Set(notices.map(({ code }) => code))];
    const bands = ({ proof }: typeof before) => proof.rows.map(({ nutrient, min, max }) => [nutrient, min, max]);
    const wishesIn = ({ days }: Plan) => days.flatMap(({ date, meals }) => meals.map(({ slot }) => ({ date, slot })));
    const outcomes = wishesIn(before.plan).map((wish) => swapMeal(keto, library, before.plan, wish));
    const made = outcomes.flatMap((outcome) => (outcome.kind === 'planned' ? [outcome] : []));
    expect(made.length).toBeGreaterThan(0);
    for (const swapped of made) {
      expect(bands(swapped)).toEqual(bands(before));
      expect(codes(swapped)).toEqual(expect.arrayContaining(codes(before)));
      expect(swapped.notices.filter(({ code }) => code === 'bands_eased')).toEqual(
        expect.arrayContaining(before.notices.filter(({ code }) => code === 'bands_eased')),
      );
    }
    const again = wishesIn(before.plan)
      .map((wish) => swapMeal(keto, library, made[0]!.plan, wish))
      .flatMap((outcome) => (outcome.kind === 'planned' ? [outcome] : []));
    expect(again.length).toBeGreaterThan(0);
    for (const twice of again) expect(codes(twice)).toEqual(expect.arrayContaining(codes(before)));
  });

  it('has nothing that rests overnight for the morning of the day on which it is asked for', () => {
    const wish = { date: REQUEST.startsOn, slot: 'breakfast' as const };
    const oats = { ...library, recipes: withNightsFor(6) };
    const before = planned(makePlan(REQUEST, oats)).plan;
    const overnight = (one: Plan) => restsOvernight(oats.recipes.get(mealIn(one, wish).recipeId)!);
    const walk = (today: string) => {
      let current = before;
      return Array.from({ length: 4 }, () => {
        current = planned(swapMeal(REQUEST, oats, current, { ...wish, today })).plan;
        return overnight(current);
      });
    };
    expect(walk(wish.date)).not.toContain(true);
    expect(walk('2026-01-01')).toContain(true);
  });

  it.each([
    ['a day that the plan has not', { ...WISH, date: '2026-04-01' }, '/date'],
    ['a meal that its days have not', { ...WISH, slot: 'evening_snack' as const }, '/slot'],
    ['a recipe with a stated allergen', { ...WISH, recipeId: 'peanut-black-bean-couscous-bowl' }, '/recipeId'],
    ['the recipe that it is', { ...WISH, recipeId: mealIn(plan, WISH).recipeId }, '/recipeId'],
  ])('is refused for %s', (_what, wish, pointer) => {
    expect(swapMeal(REQUEST, library, plan, wish)).toMatchObject({ kind: 'refused', refusals: [{ pointer }] });
  });

  it('finds another for a first morning whose breakfasts all rest overnight', () => {
    const request = { ...REQUEST, startsToday: true, people: [ADULT], mealsPerDay: 3 };
    const recipes = new Map(
      [...withNightsFor(8)].filter(([, one]) => !one.meals.includes('breakfast') || restsOvernight(one)),
    );
    const few = { ...library, recipes };
    const { plan: made } = planned(makePlan({ ...request, startsToday: false }, few));
    const wish: SwapWish = { date: request.startsOn, slot: 'breakfast', today: request.startsOn };
    const swapped = planned(swapMeal(request, few, made, wish));
    expect(restsOvernight(few.recipes.get(mealIn(swapped.plan, wish).recipeId)!)).toBe(false);
    expect(swapped.proof.violations).toEqual([]);
  });

  it('is found beside dishes whose portions the day alone makes usual', () => {
    const vegan = planRequest({
      diets: ['vegan'],
      mealsPerDay: 4,
      people: [ADULT, { ...ADULT, id: 'p2', sex: 'male', weightKg: 88, activity: 'active' }],
    });
    for (const seed of [1, 2, 3]) {
      const { plan: made } = planned(makePlan({ ...vegan, seed }, library));
      for (const { date } of made.days)
        expect(() => swapMeal({ ...vegan, seed }, library, made, { date, slot: 'breakfast' })).not.toThrow();
    }
  });
});

describe('what a meal may become', () => {
  it('is what a swap makes of it, the first being the one that is taken without a name, with what it changes', () => {
    const found = swapChoices(REQUEST, library, plan, WISH, 8);
    if (found.kind !== 'choices') throw new Error(JSON.stringify(found));
    expect(found).toMatchObject({ isAll: false });
    expect(found.choices).toHaveLength(8);
    const costs = (one: Plan) => priced(shoppingListOf(one, REQUEST, library), library.prices).totalCents!;
    expect(mealIn(planned(swapMeal(REQUEST, library, plan, WISH)).plan, WISH).recipeId).toBe(
      found.choices[0]!.recipeId,
    );
    for (const { recipeId, title, minutes, differenceCents } of found.choices) {
      const swapped = planned(swapMeal(REQUEST, library, plan, { ...WISH, recipeId })).plan;
      expect(mealIn(swapped, WISH).recipeId).toBe(recipeId);
      expect(library.recipes.get(recipeId)).toMatchObject({ title, minutes });
      expect(differenceCents).toBe(costs(swapped) - costs(plan));
    }
  });

  it('begins with what is taken without a name, also where hardly any suits, and each can be taken', () => {
    const people = [
      { ...ADULT, id: 'ann', ageYears: 35, sex: 'female' as const, heightCm: 168, weightKg: 65 },
      { ...ADULT, id: 'bob', ageYears: 36, sex: 'male' as const, heightCm: 180, weightKg: 80 },
    ].map((person) => ({ ...person, activity: 'low_active' as const }));
    const request = planRequest({ people, days: 3, mealsPerDay: 3, seed: 26 });
    const before = planned(makePlan(request, library)).plan;
    const wish: SwapWish = { date: before.days[1]!.date, slot: 'dinner' };
    const found = swapChoices(request, library, before, wish, 6);
    if (found.kind !== 'choices') throw new Error(JSON.stringify(found));
    const ids = found.choices.map(({ recipeId }) => recipeId);
    expect(ids[0]).toBe(mealIn(planned(swapMeal(request, library, before, wish)).plan, wish).recipeId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const recipeId of ids) planned(swapMeal(request, library, before, { ...wish, recipeId }));
  });

  it('is as many as were found in time, and refused where a swap is', () => {
    expect(swapChoices(REQUEST, library, plan, WISH, 8, () => true)).toEqual({
      kind: 'choices',
      choices: [],
      isAll: false,
    });
    expect(swapChoices(REQUEST, library, plan, { ...WISH, date: '2020-01-01' }, 8)).toMatchObject({
      kind: 'refused',
      refusals: [{ pointer: '/date' }],
    });
  });
});
