import { shippedLibrary } from '../../nutrition/library.js';
import type { PricedItem, ShoppingList } from '../solver/shopping/packs.js';
import type { Plan } from '../solver/plan.js';
import { swapReasonsOf, unservedOf } from '../swapping/swap-reasons.js';
import { livePricesOf, type RoutedLines } from './live-prices.js';

const library = shippedLibrary();
const item = (food: string, cents: number | null): PricedItem => ({
  food,
  fdcId: null,
  neededGrams: 500,
  pantryGrams: 0,
  clearanceGrams: 0,
  buyGrams: 500,
  pieces: null,
  purchase:
    cents === null
      ? null
      : {
          product: food,
          packGrams: 500,
          packCents: cents,
          packs: 1,
          also: [],
          cents,
          leftoverGrams: 0,
          leftoverCents: 0,
          leftoverKeeps: false,
          isEstimate: false,
        },
});
const listOf = (...items: PricedItem[]): ShoppingList => ({
  items,
  totalCents: null,
  knownCents: 0,
  unpricedFoods: [],
  leftoverCents: 0,
  keptCents: 0,
});
const line = (lineId: string, status: 'matched' | 'missing' | 'ambiguous', cents: number | null = null) => ({
  lineId,
  status,
  productName: cents === null ? null : `Best ${lineId}`,
  packs: 1,
  lineTotalCents: cents,
});
const CART = [
  { id: 'rice', name: 'white rice' },
  { id: 'saffron', name: 'saffron' },
  { id: 'milk', name: 'milk' },
];
const WINNER = { providerId: 'KROGER_API', currency: 'USD' };

describe('live prices', () => {
  const lines: RoutedLines['lines'] = {
    KROGER_API: [line('rice', 'matched', 250), line('saffron', 'missing'), line('milk', 'missing')],
    WALMART_API: [line('rice', 'missing'), line('saffron', 'missing'), line('milk', 'matched', 300)],
  };
  const live = livePricesOf(CART, listOf(item('white rice', 200), item('saffron', 900)), { winner: WINNER, lines })!;

  it('stand beside the catalogue’s, summed over the same foods', () => {
    expect(live.items[0]).toEqual({
      food: 'white rice',
      status: 'matched',
      product: 'Best rice',
      packs: 1,
      cents: 250,
      catalogueCents: 200,
    });
    expect(live).toMatchObject({ ...WINNER, cents: 250, compared: { foods: 1, cents: 250, catalogueCents: 200 } });
  });

  it('name what no shop has, and not what one has or may have', () => {
    expect(live.unavailableFoods).toEqual(['saffron']);
    const unsure = { ...lines, WALMART_API: [line('saffron', 'ambiguous')] };
    expect(livePricesOf(CART, listOf(), { winner: WINNER, lines: unsure })!.unavailableFoods).toEqual([]);
  });

  it('are none without a winner, and compared only where both prices are known and alike', () => {
    expect(livePricesOf(CART, listOf(), { winner: null, lines })).toBeNull();
    const unpriced = livePricesOf(CART, listOf(item('white rice', null)), { winner: WINNER, lines })!;
    expect(unpriced).toMatchObject({ cents: 250, compared: { foods: 0, cents: 0, catalogueCents: 0 } });
    const abroad = { winner: { ...WINNER, currency: 'DKK' }, lines };
    expect(livePricesOf(CART, listOf(item('white rice', 200)), abroad)).toMatchObject({ cents: 250, compared: null });
  });
});

describe('reasons to swap', () => {
  const [recipe, other] = [...library.recipes.values()];
  const food = recipe!.ingredients.map((one) => one.food.name).find((name) => !served(other!).includes(name))!;
  const day = { date: '2026-12-01', meals: [{ slot: 'dinner' as const, recipeId: recipe!.id, portions: [] }] };
  const plan: Plan = { seed: 1, repeatLimit: 2, days: [day] };

  function served({ ingredients }: { ingredients: readonly { food: { name: string } }[] }): string[] {
    return ingredients.map((one) => one.food.name);
  }

  it('are the meals with what no shop has', () => {
    expect(swapReasonsOf(plan, library, [food, 'saffron'])).toMatchObject([
      { date: '2026-12-01', slot: 'dinner', recipeId: recipe!.id, foods: [food] },
    ]);
    expect(swapReasonsOf(plan, library, [])).toEqual([]);
  });

  it('hold as long as a meal needs the food, and then the food is ruled out', () => {
    expect(unservedOf(plan, library, [food, 'no such food', food])).toEqual(['no such food']);
  });
});
