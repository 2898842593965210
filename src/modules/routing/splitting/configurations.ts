import { leastFlat, mergedPiece, piecesOf, slopeOf, type Piece } from './charges.js';
import { leastGoods, type Problem, type Store } from './problem.js';

/**
 * A set of stores that are all bought at, each on one stretch of its charges. Every way of buying belongs to exactly one, and within one
 * only the lines are to be placed. Pure.
 */
export interface Configuration {
  set: StoreSet;
  /** Of each store of the set. */
  stretches: readonly Stretch[];
  /** No way of buying within it costs less. */
  boundCents: number;
}

/** How many cents of goods lie on it, and the line under what all of that costs. */
export interface Stretch {
  leastCents: number;
  mostCents: number;
  /** What a cent of goods costs, with the charges that follow it. */
  perCent: number;
  flatCents: number;
}

/** A set of stores with a bound that tells none of their stretches apart. */
export interface StoreSet {
  stores: readonly number[];
  /** Those that one of them has. */
  lines: readonly number[];
  /** What the lines cost there, store by store within each line; Infinity where one is not to be had. */
  cents: Float64Array;
  boundCents: number;
}

const EPSILON = 1e-6;

/** Beyond so many combinations, the stretches of a set's charges are not told apart. */
const MOST = 256;

/** All sets of stores by how many lines they have, most first, and then by what they cost at least. Those that cannot be are left out. */
export function setsOf(problem: Problem): StoreSet[] {
  const sets: StoreSet[] = [];
  const grow = (chosen: readonly number[], from: number): void => {
    if (chosen.length > 0) sets.push(...boundedSet(problem, chosen));
    if (chosen.length === problem.maxStops) return;
    for (let store = from; store < problem.stores.length; store++) grow([...chosen, store], store + 1);
  };
  grow([], 0);
  return sets.sort((one, other) => other.lines.length - one.lines.length || one.boundCents - other.boundCents);
}

function boundedSet(problem: Problem, stores: readonly number[]): StoreSet[] {
  const lines = Array.from({ length: problem.lines }, (_, line) => line).filter((line) =>
    stores.some((store) => problem.stores[store]!.cents[line] !== null),
  );
  const cents = Float64Array.from(
    lines.flatMap((line) => stores.map((store) => problem.stores[store]!.cents[line] ?? Infinity)),
  );
  const set = { stores, lines, cents, boundCents: 0 };
  const pieces = reachable(problem, set);
  if (pieces.some((of) => of.length === 0)) return [];
  const stretches = pieces.map((of, place) => stretchOf(problem.stores[stores[place]!]!, mergedPiece(of)));
  return [{ ...set, boundCents: boundOf(set, stretches) }];
}

/** The configurations of one set whose bound is below `limitCents`, by their bounds. */
export function configurationsOf(problem: Problem, set: StoreSet, limitCents: number): Configuration[] {
  const pieces = reachable(problem, set);
  const merges = pieces.reduce((product, of) => product * of.length, 1) > MOST;
  const options = pieces.map((of, place) =>
    (merges ? [mergedPiece(of)] : of).map((piece) => stretchOf(problem.stores[set.stores[place]!]!, piece)),
  );
  const found: Configuration[] = [];
  const pick = (stretches: readonly Stretch[]): void => {
    const next = options[stretches.length];
    if (next) for (const stretch of next) pick([...stretches, stretch]);
    else {
      const boundCents = boundOf(set, stretches);
      if (boundCents < limitCents) found.push({ set, stretches, boundCents });
    }
  };
  pick([]);
  return found.sort((one, other) => one.boundCents - other.boundCents);
}

/** Per store the pieces that its share of the lines can reach; none where it cannot even reach its minimum. */
function reachable(problem: Problem, { stores, lines }: Pick<StoreSet, 'stores' | 'lines'>): Piece[][] {
  return stores.map((index) => {
    const store = problem.stores[index]!;
    const mostCents = lines.reduce((sum, line) => sum + (store.cents[line] ?? 0), 0);
    return piecesOf(store.charges, leastGoods(store), mostCents);
  });
}

const stretchOf = ({ stopCents }: Store, piece: Piece): Stretch => ({
  leastCents: piece.fromCents,
  mostCents: piece.toCents,
  perCent: 1 + slopeOf(piece) / 1_000_000,
  flatCents: leastFlat(piece) + stopCents,
});

/** Every line where it is cheapest. */
function boundOf({ stores, cents }: StoreSet, stretches: readonly Stretch[]): number {
  let sum = stretches.reduce((flat, { flatCents }) => flat + flatCents, 0);
  for (let first = 0; first < cents.length; first += stores.length) {
    let least = Infinity;
    for (let place = 0; place < stores.length; place++) {
      least = Math.min(least, cents[first + place]! * stretches[place]!.perCent);
    }
    sum += least;
  }
  return wholeCents(sum);
}

/** What costs whole cents and at least this. */
export const wholeCents = (cents: number): number => Math.ceil(cents - EPSILON);
