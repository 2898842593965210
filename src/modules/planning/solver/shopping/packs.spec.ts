import { shippedLibrary } from '../../../nutrition/library.js';
import { shippedPrices } from '../../../nutrition/price-list.js';
import { makePlan } from '../make-plan.js';
import { budgetedCents, cartOf, priced, type PricedItem } from './packs.js';
import { shoppingListOf } from './shopping-list.js';

const item = (food: string, buyGrams: number) => ({
  food,
  fdcId: null,
  neededGrams: buyGrams,
  pantryGrams: 0,
  clearanceGrams: 0,
  buyGrams,
  meals: [],
  keeps: true,
  pieces: null,
});
const PRICES = new Map([
  [
    'rice',
    [
      { product: 'sack', grams: 5000, cents: 600 },
      { product: 'bag', grams: 500, cents: 100 },
    ],
  ],
]);

describe('a shopping list in packs', () => {
  it('buys whole packs at the least sum and says what is left', () => {
    expect(priced([item('rice', 900)], PRICES)).toMatchObject({
      items: [{ purchase: { product: 'bag', packs: 2, cents: 200, leftoverGrams: 100 } }],
      totalCents: 200,
    });
    expect(priced([item('rice', 4000)], PRICES).items[0]!.purchase).toMatchObject({
      product: 'sack',
      leftoverGrams: 1000,
    });
  });

  it('mixes sizes where that costs least, to the gram', () => {
    const oats = [
      { product: 'oats, 42 oz', grams: 1190.7, cents: 499 },
      { product: 'oats, 18 oz', grams: 510.3, cents: 299 },
    ];
    const [{ purchase }] = priced([item('oats', 1195)], new Map([['oats', oats]])).items as [PricedItem];
    expect(purchase).toMatchObject({ product: 'oats, 42 oz', packs: 1, cents: 798, leftoverGrams: 506 });
    expect(purchase!.also).toEqual([{ product: 'oats, 18 oz', packGrams: 510.3, packCents: 299, packs: 1 }]);
    expect(purchase!.leftoverCents).toBe(Math.floor((798 * 506) / 1701));
  });

  it('takes what keeps off what a budget bounds, where the caller counts it', () => {
    const list = priced([item('rice', 900)], PRICES);
    expect(list).toMatchObject({ leftoverCents: 20, keptCents: 20 });
    expect(budgetedCents(list, {})).toBe(200);
    expect(budgetedCents(list, { countLeftovers: true })).toBe(180);
    const fresh = priced([{ ...item('rice', 900), keeps: false }], PRICES);
    expect(budgetedCents(fresh, { countLeftovers: true })).toBe(200);
  });

  it('asks shops for the fruit that a juice is pressed from', () => {
    const juice = { ...item('lemon juice', 100), pieces: { of: 'lemon', count: 3 } };
    const [line] = cartOf(priced([juice], PRICES), { allergens: [], diets: [] });
    expect(line).toEqual({ id: 'lemon-juice', name: 'lemon', quantity: 3, unit: 'each' });
  });

  it('has no sum when a price is unknown, and no purchase of what the pantry gives', () => {
    const list = priced([item('rice', 0), item('saffron', 1)], PRICES);
    expect(list).toMatchObject({ totalCents: null, knownCents: 0, unpricedFoods: ['saffron'] });
    expect(list.items.map(({ purchase }) => purchase)).toEqual([null, null]);
  });

  it('asks shops for weights, in kilograms where a line would be too long, each line with an id of its own', () => {
    const lines = cartOf(priced([item('rice', 12_345), item('red bell pepper', 300)], PRICES), {
      allergens: ['milk'],
      diets: ['vegan'],
    });
    expect(lines).toEqual([
      { id: 'rice', name: 'rice', quantity: 13, unit: 'kg', allergens: ['milk'], diets: ['vegan'], judged: true },
      {
        id: 'red-bell-pepper',
        name: 'red bell pepper',
        quantity: 300,
        unit: 'g',
        allergens: ['milk'],
        diets: ['vegan'],
        judged: true,
      },
    ]);
  });

  it.each([
    ['chicken thigh', ['boneless', 'skinless']],
    ['almond milk', ['unsweetened']],
    ['onion', undefined],
  ])('asks shops for %s in the form that was counted', (food, preferred) => {
    const [line] = cartOf(priced([item(food, 300)], shippedLibrary().prices), { allergens: [], diets: [] });
    expect(line!.preferred).toEqual(preferred);
  });

  it.each([
    ['avocado', 'Avocados Hass, 1 each', 271],
    ['mango', 'Mangoes, 1 each', 336],
    ['blueberries', 'FreshWay Blueberries, 1 pint', 340],
    ['cherry tomato', 'FreshWay Cherry Tomatoes, 1 pint', 298],
    ['kale', 'Kale Curly, 1 bunch', 230],
    ['flour tortillas', "Barn's Choice Flour Tortillas, 20 ct", 960],
    ['lemon juice', 'Lemons, 1 each', 48],
    ['low sodium soy sauce', "Barn's Choice Low Sodium Soy Sauce, 15 fl oz", 443.6],
  ])(
    'knows how much %s is in what shops sell by the piece, the pint or under a longer name',
    (food, product, grams) => {
      const packs = shippedPrices(shippedLibrary().foods).get(food)!;
      expect(packs).toContainEqual(expect.objectContaining({ product, grams }));
    },
  );

  it('never buys the salty for the less salty, nor the other way round', () => {
    const soys = shippedPrices(shippedLibrary().foods).get('soy sauce')!;
    expect(soys.filter(({ product }) => /low sodium/i.test(product))).toEqual([]);
  });

  it.each([
    ['turkey breast', /deli/i],
    ['almonds', /salted|butter/i],
    ['mayonnaise', /light|olive oil/i],
    ['spinach', /frozen/i],
    ['frozen corn', /cob|canned/i],
  ])('never buys %s in another form than its figures are of', (food, other) => {
    const packs = shippedPrices(shippedLibrary().foods).get(food)!;
    expect(packs.length).toBeGreaterThan(0);
    expect(packs.filter(({ product }) => other.test(product))).toEqual([]);
  });

  it.each(['garlic', 'kale', 'parsley', 'cilantro', 'green onion', 'celery', 'leek', 'romaine lettuce'])(
    'knows what a piece or bunch of %s weighs',
    (food) => expect(shippedPrices(shippedLibrary().foods).get(food)).toBeDefined(),
  );

  it('knows the price of every food that recipes use, and buys enough of each for a week of them', () => {
    const library = shippedLibrary();
    const { prices } = library;
    const used = new Set([...library.recipes.values()].flatMap((one) => one.ingredients.map(({ food }) => food.name)));
    expect([...used].filter((food) => !prices.has(food))).toEqual(['water']);
    const person = {
      id: 'a',
      ageYears: 35,
      sex: 'female' as const,
      heightCm: 168,
      weightKg: 65,
      activity: 'active' as const,
    };
    const request = {
      startsOn: '2026-12-01',
      days: 7,
      mealsPerDay: 3,
      diets: [],
      allergens: [],
      dislikes: [],
      pantry: [],
      people: [
        {
          ...person,
          goal: 'maintain' as const,
          expecting: null,
          targets: {},
        },
      ],
      budgetCents: null,
      maxMinutes: null,
      micronutrients: [],
      maxRepeats: null,
      unavailableFoods: [],
      seed: 1,
    };
    const outcome = makePlan(request, library);
    if (outcome.kind !== 'planned') throw new Error(outcome.kind);
    const list = priced(shoppingListOf(outcome.plan, request, library), prices);
    expect(list.totalCents).not.toBeNull();
    expect(list.knownCents).toBeGreaterThan(2000);
    for (const { purchase, buyGrams } of list.items) {
      if (!purchase) continue;
      const packs = [purchase, ...purchase.also];
      expect(packs.reduce((sum, one) => sum + one.packs * one.packGrams, 0)).toBeGreaterThanOrEqual(buyGrams);
    }
  });
});
