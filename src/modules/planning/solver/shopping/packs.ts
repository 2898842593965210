import { avoidedBy } from '../../../../vocabulary/allergens.js';
import type { Pack, PriceList } from '../../../nutrition/price-list.js';
import type { CartLine } from '../../../providers/provider.js';
import type { PlanRequest } from '../plan.js';
import { cheapestCover } from './cover.js';
import type { ShoppingItem } from './shopping-list.js';

/** What to buy of one food, in whole packs. The sums are over all packs. */
export interface Purchase {
  product: string;
  packGrams: number;
  packCents: number;
  packs: number;
  /** Packs of other sizes, where several together cost less. */
  also: readonly { product: string; packGrams: number; packCents: number; packs: number }[];
  cents: number;
  leftoverGrams: number;
  /** The leftover's part of the cents. */
  leftoverCents: number;
  /** Whether it is as good a month later. */
  leftoverKeeps: boolean;
  /** No shop of the catalogue sells it: a usual price. */
  isEstimate: boolean;
}
export interface PricedItem extends Omit<ShoppingItem, 'meals' | 'keeps'> {
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
  /** Of the sum, what is left over; and what of that keeps. */
  leftoverCents: number;
  keptCents: number;
}

/** The list in whole packs: of each food the packs that cost least in all, and among those the least left over. */
export function priced(items: readonly ShoppingItem[], prices: PriceList): ShoppingList {
  const rows = items.map(({ meals: _meals, keeps, ...item }): PricedItem => {
    const purchase = item.buyGrams === 0 ? null : purchaseOf(item.buyGrams, prices.get(item.food) ?? [], keeps);
    return { ...item, purchase };
  });
  const unpriced = rows.filter(({ buyGrams, purchase }) => buyGrams > 0 && purchase === null);
  const sumOf = (centsOf: (purchase: Purchase) => number) =>
    rows.reduce((sum, { purchase }) => sum + (purchase === null ? 0 : centsOf(purchase)), 0);
  const knownCents = sumOf(({ cents }) => cents);
  return {
    items: rows,
    totalCents: unpriced.length === 0 ? knownCents : null,
    knownCents,
    unpricedFoods: unpriced.map(({ food }) => food),
    leftoverCents: sumOf(({ leftoverCents }) => leftoverCents),
    keptCents: sumOf(({ leftoverCents, leftoverKeeps }) => (leftoverKeeps ? leftoverCents : 0)),
  };
}

/** What a budget bounds: the whole list, or what is left when leftovers that keep are taken off. Null when a price is unknown. */
export function budgetedCents(
  { totalCents, keptCents }: ShoppingList,
  { countLeftovers = false }: Pick<PlanRequest, 'countLeftovers'>,
): number | null {
  return totalCents === null ? null : totalCents - (countLeftovers ? keptCents : 0);
}

function purchaseOf(grams: number, packs: readonly Pack[], leftoverKeeps: boolean): Purchase | null {
  const [most, ...others] = cheapestCover(grams, packs).map(({ pack, packs: count }) => ({
    product: pack.product,
    packGrams: pack.grams,
    packCents: pack.cents,
    packs: count,
    isEstimate: pack.isEstimate ?? false,
  }));
  if (most === undefined) return null;
  const all = [most, ...others];
  const held = all.reduce((sum, one) => sum + one.packs * one.packGrams, 0);
  const cents = all.reduce((sum, one) => sum + one.packs * one.packCents, 0);
  return {
    ...most,
    also: others.map(({ isEstimate: _isEstimate, ...one }) => one),
    cents,
    leftoverGrams: Math.round(held - grams),
    leftoverCents: Math.floor((cents * (held - grams)) / held),
    leftoverKeeps,
    isEstimate: all.some(({ isEstimate }) => isEstimate),
  };
}

/** A line takes at most 10,000 of its unit. */
const MOST_GRAMS = 10_000;
const MOST_LINES = 200;

/** The id of the line that asks for a food. */
export const lineIdOf = (food: string): string => food.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 64);

/**
 * The cart that the list asks for: weights to buy, for packs differ from shop to shop; fruit for what is pressed from it; what the
 * household avoids goes with each line, judged already for the food itself, and so does the form whose figures were counted.
 */
export function cartOf(
  { items }: Pick<ShoppingList, 'items'>,
  rules: Pick<PlanRequest, 'allergens' | 'diets'>,
): CartLine[] {
  // A word that only our foods are called by was held against them; a shop's names cannot be.
  const allergens = rules.allergens.filter((word) => avoidedBy(word).ok);
  const diets = [...rules.diets];
  return items
    .filter(({ buyGrams }) => buyGrams > 0)
    .slice(0, MOST_LINES)
    .map(({ food, buyGrams, pieces, purchase }) => ({
      id: lineIdOf(food),
      name: pieces?.of ?? food,
      ...(pieces
        ? { quantity: pieces.count, unit: 'each' }
        : buyGrams > MOST_GRAMS
          ? { quantity: Math.ceil(buyGrams / 1000), unit: 'kg' }
          : { quantity: buyGrams, unit: 'g' }),
      ...(allergens.length > 0 ? { allergens } : {}),
      ...(diets.length > 0 ? { diets } : {}),
      ...(allergens.length + diets.length > 0 ? { judged: true } : {}),
      ...preferredIn(purchase?.product ?? ''),
    }));
}

/** Words of a product that tell its form: they make other figures of the same food. */
const FORM_WORDS = /\b(boneless|skinless|unsweetened|peeled)\b/gi;

function preferredIn(product: string): Pick<CartLine, 'preferred'> {
  const preferred = [...product.matchAll(FORM_WORDS)].map(([word]) => word.toLowerCase());
  return preferred.length > 0 ? { preferred } : {};
}
