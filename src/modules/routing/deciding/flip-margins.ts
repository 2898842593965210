import type { ProviderId } from '../../providers/provider.js';
import type { Contender } from './contender.js';
import { FACTORS, type Factor, type FlipMargins, type RankedQuote } from './policy.js';
import { rank, type RankingRules } from './scoring.js';

/** Weights are searched in steps of a thousandth, from 0 to the largest allowed. */
const STEP = 1000;
const LARGEST = 10 * STEP;

/**
 * How little would have to change for the runner-up to win over everybody. Every margin is found by scoring again, so it is exact: at
 * the margin the runner-up wins, one cent or one thousandth of weight less it does not.
 */
export function flipMargins(
  rules: RankingRules,
  all: readonly Contender[],
  ranked: readonly RankedQuote[],
): FlipMargins | null {
  const [winner, runnerUp] = ranked;
  if (!winner || !runnerUp) return null;
  const flips = FACTORS.map((factor) => [factor, weightFlip(factor, rules, all, { runnerUp, ranked })]);
  return {
    runnerUpId: runnerUp.providerId,
    scoreGap: Math.round((winner.score - runnerUp.score) * 1e6) / 1e6,
    priceDropCents: priceDrop(rules, all, runnerUp),
    weights: Object.fromEntries(flips) as FlipMargins['weights'],
  };
}

/** The cheaper the runner-up, the better for it and the worse for all others, so the smallest drop is found by halving. */
function priceDrop(
  rules: RankingRules,
  all: readonly Contender[],
  { providerId, totalCents }: RankedQuote,
): number | null {
  const wins = (dropCents: number) => {
    const changed = all.map((one) => (one.provider.id === providerId ? cheaper(one, dropCents) : one));
    return isFirst(rank(rules, changed), providerId);
  };
  const mostCents = totalCents - 1;
  return mostCents > 0 && wins(mostCents) ? boundary(0, mostCents, wins) : null;
}

const cheaper = (one: Contender, cents: number): Contender => ({
  ...one,
  totalCents: one.totalCents - cents,
  comparedCents: Math.max(1, one.comparedCents - cents),
});

/**
 * A lead times the sum of the weights is linear in each weight, so the weights at which the runner-up leads all others are one
 * interval, on one side of the present weight. The lines tell where it is; its near edge is confirmed, or corrected, by scoring.
 */
function weightFlip(
  factor: Factor,
  rules: RankingRules,
  all: readonly Contender[],
  { runnerUp, ranked }: { runnerUp: RankedQuote; ranked: readonly RankedQuote[] },
): number | null {
  const { from, to } = leadingInterval(factor, rules, runnerUp, ranked);
  if (from > to) return null;
  const wins = (thousandths: number) =>
    isFirst(rank({ ...rules, weights: { ...rules.weights, [factor]: thousandths / STEP } }, all), runnerUp.providerId);
  const present = rules.weights[factor] * STEP;
  const inside = Math.round(((from + to) / 2) * STEP);
  if (!wins(inside)) return null;
  const [losing, edge] = inside > present ? [Math.floor(present), from] : [Math.ceil(present), to];
  return boundary(losing, inside, wins, Math.round(edge * STEP)) / STEP;
}

/** Where in 0..10 the runner-up's lead over each other quote is at least 0; `from` > `to` when nowhere. */
function leadingInterval(
  factor: Factor,
  { weights, historyWeight = 0 }: RankingRules,
  runnerUp: RankedQuote,
  ranked: readonly RankedQuote[],
): { from: number; to: number } {
  const others = FACTORS.filter((other) => other !== factor);
  const othersSum = others.reduce((sum, other) => sum + weights[other], historyWeight);
  let from = othersSum > 0 ? 0 : 1 / STEP;
  let to = LARGEST / STEP;
  for (const rival of ranked) {
    if (rival === runnerUp || rival.heldBack) continue;
    const boost = runnerUp.boost - rival.boost;
    const lead = (of: Factor) => runnerUp.factors[of].value - rival.factors[of].value + boost;
    const [mine, theirs] = [runnerUp.factors.history?.value ?? 0, rival.factors.history?.value ?? 0];
    const before = historyWeight * (mine - theirs + boost);
    const fixed = others.reduce((sum, other) => sum + weights[other] * lead(other), before);
    const slope = lead(factor);
    if (slope > 0) from = Math.max(from, -fixed / slope);
    else if (slope < 0) to = Math.min(to, -fixed / slope);
    else if (fixed < 0) return { from: 1, to: 0 };
  }
  return { from, to };
}

/**
 * Between an integer where `wins` is false and one where it is true: one where it is true and whose neighbour's is false. A good
 * guess spares most of the halving.
 */
function boundary(losing: number, winning: number, wins: (value: number) => boolean, guess?: number): number {
  let [low, high] = [losing, winning];
  const probe = (value: number) => {
    if ((value - low) * (value - high) >= 0) return;
    if (wins(value)) high = value;
    else low = value;
  };
  for (const near of guess === undefined ? [] : [guess, guess - 1, guess + 1]) probe(near);
  while (Math.abs(high - low) > 1) probe(low + Math.trunc((high - low) / 2));
  return high;
}

const isFirst = (ranked: readonly RankedQuote[], id: ProviderId): boolean => ranked[0]?.providerId === id;
