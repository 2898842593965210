import type { Plan } from '../../../../sdk/client.js';

type ShoppingList = NonNullable<Plan['shoppingList']>;
export type Item = ShoppingList['items'][number];

export interface Lines {
  toBuy: readonly Item[];
  /** What the kitchen has, or a shop clears. */
  atHome: readonly Item[];
}

export function linesOf({ items }: ShoppingList): Lines {
  return {
    toBuy: items.filter(({ buyGrams }) => buyGrams > 0),
    atHome: items.filter(({ buyGrams }) => buyGrams <= 0),
  };
}

/** Every pack of a food, of whatever size. */
export const packsOf = ({ purchase }: Item) => (purchase ? [purchase, ...purchase.also] : []);

/** How much of what is bought is left over, 0 to 1. */
export function leftShare(item: Item): number {
  const bought = packsOf(item).reduce((sum, { packs, packGrams }) => sum + packs * packGrams, 0);
  return bought > 0 ? Math.min(1, (item.purchase?.leftoverGrams ?? 0) / bought) : 0;
}
