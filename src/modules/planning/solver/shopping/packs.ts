import { avoidedBy } from '../../../../vocabulary/allergens.js';
import type { Pack, PriceList } from '../../../nutrition/price-list.js';
import type { CartLine } from '../../../providers/provider.js';
import type { PlanRequest } from '../plan.js';
import type { ShoppingItem } from './shopping-list.js';

/** What to buy of one food, in whole packs. */
export interface Purchase {
  product: string;
  packGrams: number;
  packCents: number;
  packs: number;
  cents: number;
  leftoverGrams: number;
}
export interface PricedItem extends Omit<ShoppingItem, 'meals'> {
  /** Null: nothing is to be bought, or no price is known. */
  purchase: Purchase | null;
}
export interface ShoppingList {
  items: readonly PricedItem[];
  /** Null when a price is unknown: a sum without it would be too small. */
  totalCents: number | null;
  /** Of those whose price is known. */
  knownCents: number;
  unpricedFoods: readonly string[];
}

/** The list in whole packs: of each food the packs that cost least in all, and among those the least left over. */
export function priced(items: readonly ShoppingItem[], prices: PriceList): ShoppingList {
  const rows = items.map(({ meals: _meals, ...item }): PricedItem => {
    const purchase = item.buyGrams === 0 ? null : cheapest(item.buyGrams, prices.get(item.food) ?? []);
    return { ...item, purchase };
  });
  const unpriced = rows.filter(({ buyGrams, purchase }) => buyGrams > 0 && purchase === null);
  const knownCents = rows.reduce((sum, { purchase }) => sum + (purchase?.cents ?? 0), 0);
  return {
    items: rows,
    totalCents: unpriced.length === 0 ? knownCents : null,
    knownCents,
    unpricedFoods: unpriced.map(({ food }) => food),
  };
}

function cheapest(grams: number, packs: readonly Pack[]): Purchase | null {
  const options = packs.map((pack): Purchase => {
    const count = Math.ceil(grams / pack.grams);
    return {
      product: pack.product,
      packGrams: pack.grams,
      packCents: pack.cents,
      packs: count,
      cents: count * pack.cents,
      leftoverGrams: Math.round(count * pack.grams - grams),
    };
  });
  options.sort((one, other) => one.cents - other.cents || one.leftoverGrams - other.leftoverGrams);
  return options[0] ?? null;
}

/** A line takes at most 10,000 of its unit. */
const MOST_GRAMS = 10_000;
const MOST_LINES = 200;

/** The cart that the list asks for: weights to buy, for packs differ from shop to shop; what the household avoids goes with each line. */
export function cartOf({ items }: ShoppingList, rules: Pick<PlanRequest, 'allergens' | 'diets'>): CartLine[] {
  // A word that only our foods are called by was held against them; a shop's names cannot be.
  const allergens = rules.allergens.filter((word) => avoidedBy(word).ok);
  const diets = [...rules.diets];
  return items
    .filter(({ buyGrams }) => buyGrams > 0)
    .slice(0, MOST_LINES)
    .map(({ food, buyGrams }) => ({
      id: food.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 64),
      name: food,
      ...(buyGrams > MOST_GRAMS
        ? { quantity: Math.ceil(buyGrams / 1000), unit: 'kg' }
        : { quantity: buyGrams, unit: 'g' }),
      ...(allergens.length > 0 ? { allergens } : {}),
      ...(diets.length > 0 ? { diets } : {}),
    }));
}
