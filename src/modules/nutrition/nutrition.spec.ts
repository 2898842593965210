import { amountsFromFdc, NUTRIENTS } from './nutrients.js';
import { mayHold } from './allergens.js';
import { isAgainst } from './diets.js';
import { asSold, gramsToBuy, readFood } from './foods.js';
import { intakeFor } from './intakes.js';
import { shippedLibrary } from './library.js';
import { measureOf } from './measures.js';
import { gramsOf } from './portions.js';

const { foods, recipes, intakes } = shippedLibrary();
const food = (name: string) => foods.get(name)!;
const heldBy = (name: string) => [...food(name).facts!.holds];

describe('foods', () => {
  it('are 244 by name, each with facts and energy', () => {
    expect(foods.size).toBe(244);
    for (const one of foods.values()) {
      expect({ name: one.name, looked: one.facts !== null, kcal: one.per100g.kcal }).toEqual({
        name: one.name,
        looked: true,
        kcal: expect.any(Number),
      });
    }
  });

  it('keep what was not measured as unknown', () => {
    expect(food('shrimp').per100g.fiber_g).toBeNull();
    expect(food('olive oil').per100g.fiber_g).toBe(0);
  });

  it('lose the liquid of a can whose drained solids are counted, and of no other', () => {
    const bought = (name: string) => gramsToBuy(food(name), 253);
    // 15 oz hold 253 g of drained chickpeas.
    expect(bought('canned chickpeas')).toBeCloseTo(425, 0);
    expect(bought('canned tuna')).toBeCloseTo(253 / 0.8, 0);
    expect(bought('canned black beans')).toBe(253);
    expect(bought('canned tomatoes')).toBe(253);
  });

  it('refuse a figure that is no amount', () => {
    const row = Object.fromEntries(NUTRIENTS.map((nutrient) => [nutrient, '1']));
    const read = (protein_g: string) => () =>
      readFood(
        { ...row, protein_g, fdc_id: '1', category: 'x', refuse_pct: '' },
        { name: 'a food', description: 'a food' },
      );
    expect(read('')().per100g.protein_g).toBeNull();
    expect(read('')().refuseShare).toBeNull();
    expect(read('-1')).toThrow(/no amount/);
    expect(read('n/a')).toThrow(/no amount/);
  });

  it('say whether their figures are of the raw or the cooked food', () => {
    expect(food('chicken breast').state).toBe('raw');
    expect(food('brewed coffee').state).toBeNull();
  });

  it('are bought with peel and bone, but nuts without their shells', () => {
    expect(gramsToBuy(food('onion'), 90)).toBeCloseTo(100);
    expect(gramsToBuy(food('almonds'), 90)).toBe(90);
  });

  it.each(['chicken thigh', 'turkey breast', 'pork chop', 'shrimp', 'spinach', 'broccoli'])(
    'lose nothing where shops sell them trimmed: %s',
    (name) => expect(gramsToBuy(food(name), 743)).toBe(743),
  );

  it('lose skin and bone where neither the description nor every product says otherwise', () => {
    expect(gramsToBuy(food('chicken drumstick'), 34)).toBeCloseTo(100);
    const carrot = { ...food('carrot'), refuseShare: 0.2 };
    expect(asSold(carrot, ['Baby Carrots', 'Carrots']).refuseShare).toBe(0.2);
    expect(asSold(carrot, ['Baby Carrots']).refuseShare).toBe(0);
  });
});

describe('energy', () => {
  it('goes by 1008, then 2048, then 2047', () => {
    const kcal = (...ids: [number, number][]) => amountsFromFdc(new Map(ids)).kcal;
    expect(kcal([2047, 3], [2048, 2], [1008, 1])).toBe(1);
    expect(kcal([2047, 3], [2048, 2])).toBe(2);
    expect(kcal([2047, 3])).toBe(3);
    expect(kcal([1003, 10])).toBeNull();
  });
});

describe('household measures', () => {
  it.each([
    ['onion', 1, 'cup', 160],
    ['onion', 2, 'medium', 220],
    ['onion', 1, null, 110],
    ['onion', 8, 'fl oz', 160],
    ['butter', 4, 'tbsp', 56.8],
    ['butter', 2, 'sticks', 226],
    ['salt', 250, 'g', 250],
  ])('weigh %s: %d %s is %d g', (name, quantity, unit, grams) => {
    expect(gramsOf(food(name), quantity, unit)?.grams).toBeCloseTo(grams, 0);
  });

  it('name the portion used, and are unknown where nobody weighed one', () => {
    expect(gramsOf(food('onion'), 2, 'medium')?.evidence).toContain('110 g');
    expect(gramsOf(food('onion'), 1, 'stick')).toBeNull();
  });
});

describe('what foods hold', () => {
  it('knows almond milk as almond, so as a tree nut, and not as milk', () => {
    expect(heldBy('almond milk')).toEqual(['almond']);
    expect(mayHold(['tree_nut'], food('almond milk'))).toBe(true);
    expect(mayHold(['milk'], food('almond milk'))).toBe(false);
  });

  it('counts oats as gluten: nothing says that they are gluten free', () => {
    expect(mayHold(['gluten'], food('rolled oats'))).toBe(true);
    expect(isAgainst('gluten_free', food('rolled oats'))).toBe(true);
  });

  it.each([
    ['fish sauce', 'fish'],
    ['worcestershire sauce', 'fish'],
    ['low sodium soy sauce', 'gluten'],
    ['vegetable oil', 'soy'],
    ['hummus', 'sesame'],
    ['dark chocolate', 'milk'],
    ['mayonnaise', 'egg'],
    ['egg noodles', 'egg'],
    ['dill pickles', 'mustard'],
    ['teriyaki sauce', 'sesame'],
    ['mussels', 'mollusc'],
    ['white bread', 'milk'],
    ['chicken broth', 'gluten'],
  ])('finds what hides in %s: %s', (name, substance) => {
    expect(mayHold([substance], food(name))).toBe(true);
  });

  it.each([
    ['mussels', 'crustacean is only possible', 'crustacean', 'may'],
    ['shrimp', 'no mollusc', 'mollusc', 'no'],
    ['sunflower oil', 'no peanut', 'peanut', 'no'],
    ['chicken breast', 'raw meat is only meat', 'milk', 'no'],
  ])('tells apart in %s: %s', (name, _, substance, answer) => {
    const { holds, may } = food(name).facts!;
    expect([holds.has(substance), may.has(substance)]).toEqual([false, answer === 'may']);
  });

  it('lends no food the name of another that holds more', () => {
    const borrowed = ['peanut oil', 'vegetable broth', 'fish stock', 'seafood', 'meat', 'vermicelli', 'taco seasoning'];
    const lent = [...foods.values()].flatMap(({ aliases }) => aliases.filter((alias) => borrowed.includes(alias)));
    expect(lent).toEqual([]);
  });

  it('hold all that a recipe says it contains', () => {
    const said: Record<string, string> = { dairy: 'milk', tree_nuts: 'tree_nut' };
    const stated = new Map<string, string[]>(
      (
        require('../../../data/nutrition/recipes_composed.json') as { recipes: { slug: string; contains: string[] }[] }
      ).recipes.map(({ slug, contains }) => [slug, contains.filter((one) => one !== 'meat')]),
    );
    for (const recipe of recipes.values()) {
      const missing = stated
        .get(recipe.id)!
        .filter((one) => !recipe.ingredients.some(({ food: made }) => mayHold([said[one] ?? one], made)));
      expect({ recipe: recipe.id, missing }).toEqual({ recipe: recipe.id, missing: [] });
    }
  });
});

describe('diets', () => {
  it('go by the foods and not by what a recipe claims: pork tacos are tagged vegan in the file', () => {
    const against = (id: string) => recipes.get(id)!.ingredients.some(({ food: one }) => isAgainst('vegan', one));
    expect(against('pork-tacos')).toBe(true);
    expect(against('lemon-herb-tofu-rice-bowl')).toBe(false);
  });

  it('give no place to a food that nobody has looked at', () => {
    expect(isAgainst('no_pork', { facts: null })).toBe(true);
  });
});

describe('recipes', () => {
  it('are 314, each the sum of its foods, with what is unknown named', () => {
    expect(recipes.size).toBe(314);
    const bowl = recipes.get('lemon-herb-tofu-rice-bowl')!;
    expect(bowl.perServing.kcal.amount).toBeCloseTo(522.1, 0);
    expect(bowl.perServing.sugars_g.unknownFoods).toContain('firm tofu');
  });

  it('cook what must not be eaten raw: to a temperature that is told', () => {
    const raw = /\b(chicken|turkey|beef|steak|pork|lamb|sausage|shrimp|salmon|cod|tilapia|mussels)\b/;
    for (const { id, ingredients, steps } of recipes.values()) {
      const isRaw = ingredients.some(({ food: one }) => raw.test(one.name) && one.state === 'raw');
      if (isRaw && !steps.some((step) => /\d+ °C|opaque|until (just )?(firm|done|open)/.test(step)))
        throw new Error(`${id} does not say when it is done`);
    }
  });

  it('name every measure in a way that can be scaled', () => {
    for (const { id, ingredients } of recipes.values())
      for (const { food: one, measure, gramsPerServing } of ingredients) {
        const scaled = measureOf({ food: one.name, measure, gramsPerServing }, gramsPerServing * 2.35);
        expect({ id, measure, scaled }).toEqual({ id, measure, scaled: expect.any(String) });
      }
  });
});

describe('measures of recipes', () => {
  it('are those that kitchens have: no dashes, containers of one serving or extra-small fruit', () => {
    const said = [...recipes.values()].flatMap(({ ingredients }) =>
      ingredients.map(({ food: one, measure, gramsPerServing }) =>
        measureOf({ food: one.name, measure, gramsPerServing }, gramsPerServing * 2.35),
      ),
    );
    expect(said.filter((text) => /dash|container|extra[- ]small|handful|block/.test(text ?? ''))).toEqual([]);
  });
});

describe('reference intakes', () => {
  it('are chosen by completed years', () => {
    expect(intakeFor(intakes, 'child', 8.9)?.ageMax).toBe(8);
    expect(intakeFor(intakes, 'female', 50.5)?.daily.iron_mg).toBe(18);
    expect(intakeFor(intakes, 'pregnant', 30)?.daily.iron_mg).toBe(27);
    expect(intakeFor(intakes, 'pregnant', 60)).toBeNull();
  });

  it('count copper as foods do, and leave out limits that hold for supplements alone', () => {
    const adult = intakeFor(intakes, 'male', 30)!;
    expect(adult.daily.copper_mg).toBeCloseTo(0.9);
    expect(adult.atMost.magnesium_mg).toBeUndefined();
    expect(adult.atMost.calcium_mg).toBe(2500);
  });
});
