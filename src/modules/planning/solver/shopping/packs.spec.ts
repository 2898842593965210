import { shippedLibrary } from '../../../nutrition/library.js';
import { shippedPrices } from '../../../nutrition/price-list.js';
import { makePlan } from '../make-plan.js';
import { cartOf, priced } from './packs.js';
import { shoppingListOf } from './shopping-list.js';

const item = (food: string, buyGrams: number) => ({
  food,
  fdcId: null,
  neededGrams: buyGrams,
  pantryGrams: 0,
  buyGrams,
  meals: [],
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
      { id: 'rice', name: 'rice', quantity: 13, unit: 'kg', allergens: ['milk'], diets: ['vegan'] },
      {
        id: 'red-bell-pepper',
        name: 'red bell pepper',
        quantity: 300,
        unit: 'g',
        allergens: ['milk'],
        diets: ['vegan'],
      },
    ]);
  });

  it.each([
    ['avocado', 'Avocados Hass, 1 each', 271],
    ['flour tortillas', "Barn's Choice Flour Tortillas, 20 ct", 960],
    ['lemon juice', 'Lemons, 1 each', 48],
    ['low sodium soy sauce', "Barn's Choice Low Sodium Soy Sauce, 15 fl oz", 443.6],
  ])('knows how much %s is in what shops sell by the piece or under a longer name', (food, product, grams) => {
    const packs = shippedPrices(shippedLibrary().foods).get(food)!;
    expect(packs).toContainEqual(expect.objectContaining({ product, grams }));
  });

  it('never buys the salty for the less salty, nor the other way round', () => {
    const soys = shippedPrices(shippedLibrary().foods).get('soy sauce')!;
    expect(soys.filter(({ product }) => /low sodium/i.test(product))).toEqual([]);
  });

  it('knows the price of nearly nine in ten foods that recipes use, and buys enough of each for a week of them', () => {
    const library = shippedLibrary();
    const prices = shippedPrices(library.foods);
    const used = new Set([...library.recipes.values()].flatMap((one) => one.ingredients.map(({ food }) => food.name)));
    expect([...used].filter((food) => prices.has(food)).length / used.size).toBeGreaterThan(0.88);
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
    expect(list.unpricedFoods.filter((food) => prices.has(food))).toEqual([]);
    expect(list.knownCents).toBeGreaterThan(2000);
    for (const { purchase, buyGrams } of list.items) {
      if (purchase) expect(purchase.packs * purchase.packGrams).toBeGreaterThanOrEqual(buyGrams);
    }
  });
});
