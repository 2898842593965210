import { chargedCents, type Charge } from './charges.js';

/** Which store each line of a cart is bought at, so that as many as can be are bought, and all of it costs the least. Pure. */
export interface Problem {
  /** Of the cart; each store's `cents` has one place for each. */
  lines: number;
  stores: readonly Store[];
  maxStops: number;
}

export interface Store {
  id: string;
  /** What each line costs there, in whole packs; null where it is not to be had. */
  cents: readonly (number | null)[];
  /** Goods of less than this are not accepted. */
  minimumCents: number;
  charges: readonly Charge[];
  /** What going there, or ordering once more, costs the caller. */
  stopCents: number;
}

/** For each line the index of its store, or null where it is not bought. */
export type Assignment = readonly (number | null)[];

/** A way of buying, with the stores it buys at, by index and ascending. */
export interface Choice {
  assignment: Assignment;
  stores: readonly number[];
  totalCents: number;
}

export function goodsOf({ stores, lines }: Problem, assignment: Assignment): number[] {
  const goods = stores.map(() => 0);
  for (let line = 0; line < lines; line++) {
    const store = assignment[line];
    if (store !== null && store !== undefined) goods[store]! += stores[store]!.cents[line]!;
  }
  return goods;
}

/** What buying so costs in all, or null when a store would not accept its part. */
export function choiceOf(problem: Problem, assignment: Assignment): Choice | null {
  const goods = goodsOf(problem, assignment);
  const stores = openOf(problem, assignment);
  if (stores.length > problem.maxStops) return null;
  if (stores.some((store) => goods[store]! < leastGoods(problem.stores[store]!))) return null;
  const totalCents = stores.reduce((sum, store) => sum + costOf(problem.stores[store]!, goods[store]!), 0);
  return { assignment, stores, totalCents };
}

export const openOf = ({ stores }: Problem, assignment: Assignment): number[] =>
  stores.flatMap((_, store) => (assignment.includes(store) ? [store] : []));

/** Goods, charges and the stop. */
export const costOf = (store: Store, goodsCents: number): number =>
  goodsCents + chargedCents(store.charges, goodsCents) + store.stopCents;

/** A stop where nothing is paid for is none. */
export const leastGoods = ({ minimumCents }: Store): number => Math.max(1, minimumCents);
