import { wholeCents } from './configurations.js';
import { assignmentOf, programOf, type SolveMilp } from './milp.js';
import type { Steps } from './placing.js';
import { choiceOf, type Choice, type Problem } from './problem.js';
import { search, type Found, type Within } from './search.js';

/** What there is to solve with. Without a `milp` the answer depends on the problem alone. */
export interface Means {
  /** For the search of the best, and again for that of the second best. */
  steps: number;
  milp?: { solve: SolveMilp; leftMs: () => number };
}

export interface Solution {
  /** Null when no store accepts anything, or nothing was found. */
  best: Choice | null;
  /** No way of buying as many lines costs less; the cost of the best where that is proven. Null: it is not known whether more can be bought. */
  boundCents: number | null;
  covered: number;
}

/** What is known of how much less the best of the others costs. */
export interface Second {
  choice: Choice;
  boundCents: number;
}

/** For solving to be worth while, it needs as long to begin. */
const LEAST_MS = 50;
/** Of a solver, in cents. */
const TOLERANCE = 1e-3;

/** The cheapest way of buying as many lines as can be. Pure but for the time that a `milp` takes. */
export function solve(problem: Problem, means: Means): Solution {
  let isSure = true;
  for (let mostLines = problem.lines; ;) {
    const { best, boundCents, covered } = solveLevel(problem, means, { mostLines });
    if (best || covered <= 1) return { best, boundCents: isSure ? boundCents : null, covered };
    isSure &&= boundCents === null;
    mostLines = covered - 1;
  }
}

/** The cheapest way of buying as many lines at another set of stores; null where there is none, or none was found. */
export function secondBest(problem: Problem, means: Means, best: Choice, covered: number): Second | null {
  const within = { without: best.stores, mostLines: covered, leastLines: covered };
  const { best: choice, boundCents } = solveLevel(problem, means, within);
  return choice && boundCents !== null ? { choice, boundCents } : null;
}

function solveLevel(problem: Problem, { steps, milp }: Means, within: Within): Solution {
  const left: Steps = { left: steps };
  const found = search(problem, left, within);
  if (found.open.length === 0 || !milp || milp.leftMs() < LEAST_MS) return found;
  return proven(problem, found, within, milp);
}

/** What the search left open, by a solver. Nothing found and no bound: there is nothing. */
function proven(problem: Problem, found: Found, { without }: Within, milp: NonNullable<Means['milp']>): Solution {
  const { best, covered, open } = found;
  const belowCents = best?.totalCents ?? Infinity;
  const program = programOf(problem, { open, covered, belowCents, without: without ?? null });
  const columns = program.columns.map(({ name }) => name);
  const solved = milp.solve(program.text, columns, milp.leftMs());
  if (solved.status === 'none') return { best, boundCents: best?.totalCents ?? null, covered };
  const other = solved.values && choiceOf(problem, assignmentOf(problem, program, solved.values));
  const chosen = other && other.totalCents < belowCents ? other : best;
  const least = Math.max(wholeCents(solved.boundCents - TOLERANCE), found.boundCents ?? 0);
  return { best: chosen, boundCents: Math.min(least, chosen?.totalCents ?? Infinity), covered };
}
