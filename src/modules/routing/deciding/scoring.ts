import type { ProviderId, Quote } from '../../providers/provider.js';
import { contender, FULL_COMMISSION_BPS, UNKNOWN_MINUTES, type Contender } from './contender.js';
import { FACTORS, type Factor, type Policy, type RankedQuote, type Weights } from './policy.js';

/**
 * Score = sum of weight × value over the sum of the weights, plus the boost. Six values, each 0..1 and larger is better:
 *
 * - priority, reliability: as the policy froze them;
 * - availability: share of the lines served;
 * - speed: an hour / (an hour + the promised time), so 0 min is 1, 1 h is 0.5 and 3 h (also an untold time) is 0.25;
 * - commission: its rate over FULL_COMMISSION_BPS, at most 1; an untold one is 0;
 * - price: the lowest compared price / this one. The only value that depends on the other quotes; equal quotes all get 1.
 *
 * Values, contributions and scores are rounded to six decimals, so that equal means equal and the printed parts add up. Ties go to
 * the lower compared price, then the higher priority, then the provider id in alphabetical order.
 */
const HOUR = 60;
const STEPS = 1e6;

export interface Quoted {
  providerId: ProviderId;
  quote: Quote;
}

/** Ranks quotes, best first. A quote of a provider that the policy does not know is left out. */
export const score = (policy: Pick<Policy, 'weights' | 'expected'>, quotes: readonly Quoted[]): RankedQuote[] =>
  rank(policy.weights, contenders(policy, quotes));

export function contenders(policy: Pick<Policy, 'expected'>, quotes: readonly Quoted[]): Contender[] {
  const expected = new Map(policy.expected.map((provider) => [provider.id, provider]));
  return quotes.flatMap(({ providerId, quote }) => {
    const provider = expected.get(providerId);
    return provider ? [contender(provider, quote)] : [];
  });
}

export function rank(weights: Weights, all: readonly Contender[]): RankedQuote[] {
  const lowestCents = all.reduce((lowest, { comparedCents }) => Math.min(lowest, comparedCents), Infinity);
  const weightSum = FACTORS.reduce((sum, factor) => sum + weights[factor], 0);
  return all
    .map((one) => scored(one, valuesOf(one, lowestCents), weights, weightSum))
    .sort(byRank)
    .map((quote, index) => ({ ...quote, rank: index + 1 }));
}

function valuesOf(one: Contender, lowestCents: number): Record<Factor, number> {
  return {
    priority: one.provider.priority / 100,
    price: lowestCents / one.comparedCents,
    speed: HOUR / (HOUR + (one.minutes ?? UNKNOWN_MINUTES)),
    commission: Math.min(1, (one.commissionBps ?? 0) / FULL_COMMISSION_BPS),
    availability: one.availability,
    reliability: one.provider.reliability,
  };
}

function scored(
  one: Contender,
  values: Record<Factor, number>,
  weights: Weights,
  weightSum: number,
): Omit<RankedQuote, 'rank'> {
  const share = (factor: Factor, unknown = false) => {
    const value = round(values[factor]);
    const weight = weights[factor];
    return { value, weight, contribution: weightSum > 0 ? round((value * weight) / weightSum) : 0, unknown };
  };
  const factors = {
    priority: share('priority'),
    price: share('price', one.priceAssumed),
    speed: share('speed', one.minutes === null),
    commission: share('commission', one.commissionBps === null),
    availability: share('availability'),
    reliability: share('reliability'),
  };
  const { id, name, boost } = one.provider;
  return {
    providerId: id,
    providerName: name,
    score: round(FACTORS.reduce((sum, factor) => sum + factors[factor].contribution, boost)),
    boost,
    factors,
    totalCents: one.totalCents,
    comparedCents: one.comparedCents,
    currency: one.currency,
  };
}

type Unranked = Omit<RankedQuote, 'rank'>;

const byRank = (a: Unranked, b: Unranked): number =>
  b.score - a.score ||
  a.comparedCents - b.comparedCents ||
  b.factors.priority.value - a.factors.priority.value ||
  (a.providerId < b.providerId ? -1 : 1);

const round = (value: number): number => Math.round(value * STEPS) / STEPS;
