import { configurationsOf, setsOf, wholeCents, type Configuration, type StoreSet } from './configurations.js';
import { filled } from './filling.js';
import { priced } from './multipliers.js';
import { searchPlacings, type Steps } from './placing.js';
import { choiceOf, type Choice, type Problem } from './problem.js';

/**
 * The cheapest way of buying the most lines, exactly: configurations by their lower bound, each searched unless its bound shows that it
 * cannot be better. What the steps do not suffice for is handed back with its bound. The same input gives the same answer. Pure.
 */
export interface Found {
  /** Null when no store accepts anything. */
  best: Choice | null;
  /** No way of buying as many lines costs less. Equal to the cost of the best where that is proven. */
  boundCents: number | null;
  /** How many lines are bought. */
  covered: number;
  /** Configurations of which it is not known that they are no better. */
  open: readonly Configuration[];
}

/** Of one configuration, so that a hard one leaves some for the others. */
const STEPS_EACH = 30_000;
/** What one round of pricing a configuration counts for. */
const ROUND_STEPS = 10;

/** What of all ways of buying counts. */
export interface Within {
  /** Not this set of stores, by index and ascending. */
  without?: readonly number[];
  /** So many lines at most, and at least; of several, the most that any set has. */
  mostLines?: number;
  leastLines?: number;
}

export function search(problem: Problem, steps: Steps, within: Within = {}): Found {
  const { without, mostLines = Infinity, leastLines = 1 } = within;
  const all = setsOf(problem).filter(
    ({ stores, lines }) => lines.length >= leastLines && lines.length <= mostLines && stores.join() !== without?.join(),
  );
  for (const [covered, level] of levelsOf(all)) {
    const found = searchLevel(problem, level, steps, { covered, without });
    if (found.best || found.open.length > 0) return found;
  }
  return { best: null, boundCents: null, covered: 0, open: [] };
}

function levelsOf(all: readonly StoreSet[]): Map<number, StoreSet[]> {
  const levels = new Map<number, StoreSet[]>();
  for (const one of all) {
    const level = levels.get(one.lines.length);
    if (level) level.push(one);
    else levels.set(one.lines.length, [one]);
  }
  return levels;
}

function searchLevel(
  problem: Problem,
  sets: readonly StoreSet[],
  steps: Steps,
  { covered, without }: { covered: number } & Pick<Within, 'without'>,
): Found {
  let best: Choice | null = null;
  const limit = () => best?.totalCents ?? Infinity;
  const consider = (assignment: readonly (number | null)[]): void => {
    const choice = choiceOf(problem, assignment);
    // What a set is filled with may leave one of its stores empty.
    if (choice && choice.totalCents < limit() && choice.stores.join() !== without?.join()) best = choice;
  };
  const open: Configuration[] = [];
  for (const set of sets) {
    if (set.boundCents >= limit()) break;
    for (const configuration of configurationsOf(problem, set, limit())) {
      const left = searchOne(problem, configuration, steps, limit, consider);
      if (left !== null) open.push({ ...configuration, boundCents: left });
    }
  }
  const left = open.filter(({ boundCents }) => boundCents < limit());
  const boundCents = left.reduce((least, one) => Math.min(least, one.boundCents), limit());
  return { best, boundCents: Number.isFinite(boundCents) ? boundCents : null, covered, open: left };
}

/** Its bound where it was not searched to the end; null where nothing in it is better than what is known. */
function searchOne(
  problem: Problem,
  configuration: Configuration,
  steps: Steps,
  limit: () => number,
  consider: (assignment: readonly (number | null)[]) => void,
): number | null {
  if (configuration.boundCents >= limit()) return null;
  if (steps.left <= 0) return configuration.boundCents;
  const prices = priced(configuration, limit());
  steps.left -= prices.rounds * ROUND_STEPS;
  consider(filled(problem, configuration, prices));
  const boundCents = Math.max(wholeCents(prices.boundCents), configuration.boundCents);
  if (boundCents >= limit()) return null;
  const own: Steps = { left: Math.min(STEPS_EACH, Math.max(0, steps.left)) };
  const before = own.left;
  const ended = searchPlacings(problem, configuration, prices, own, limit, consider);
  steps.left -= before - Math.max(0, own.left);
  return ended ? null : boundCents;
}
