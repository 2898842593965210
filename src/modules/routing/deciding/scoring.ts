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
 * - history, where it counts: share of what was seen before that cost as much or more, by what the lines cost;
 * - price: the lowest compared price / this one. The only value that depends on the other quotes; equal quotes all get 1.
 *
 * A quote that lacks lines while a complete one is at most DEARER_PERCENT dearer per line is held back: it ranks behind all others,
 * unless the caller allows partial quotes to be `cheapest`. What a line of it costs is told by the compared price, which fills the gaps.
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

/** What of a policy ranking goes by. */
export type RankingRules = Pick<Policy, 'weights' | 'allowPartial' | 'historyWeight'>;

/** A complete quote is worth so much more per line than one that lacks some. */
export const DEARER_PERCENT = 25;

/** Ranks quotes, best first. A quote of a provider that the policy does not know is left out. */
export const score = (policy: RankingRules & Pick<Policy, 'expected'>, quotes: readonly Quoted[]): RankedQuote[] =>
  rank(policy, contenders(policy, quotes));

export function contenders(policy: Pick<Policy, 'expected'>, quotes: readonly Quoted[]): Contender[] {
  const expected = new Map(policy.expected.map((provider) => [provider.id, provider]));
  return quotes.flatMap(({ providerId, quote }) => {
    const provider = expected.get(providerId);
    return provider ? [contender(provider, quote)] : [];
  });
}

export const rank = (rules: RankingRules, all: readonly Contender[]): RankedQuote[] =>
  scored(rules, all)
    .sort(byRank)
    .map((quote, index) => ({ ...quote, rank: index + 1 }));

/** Every quote with its score, in the order given. */
export function scored(rules: RankingRules, all: readonly Contender[]): Unranked[] {
  const { weights, historyWeight = 0 } = rules;
  const lowestCents = all.reduce((lowest, { comparedCents }) => Math.min(lowest, comparedCents), Infinity);
  const weightSum = FACTORS.reduce((sum, factor) => sum + weights[factor], historyWeight);
  const cheapestWhole = all.reduce(
    (lowest, { comparedCents, missingLines }) => (missingLines === 0 ? Math.min(lowest, comparedCents) : lowest),
    Infinity,
  );
  const isHeldBack = ({ missingLines, comparedCents }: Contender) =>
    rules.allowPartial !== 'cheapest' &&
    missingLines > 0 &&
    cheapestWhole * 100 <= comparedCents * (100 + DEARER_PERCENT);
  return all.map((one) => ({
    ...shares(one, valuesOf(one, lowestCents), { weights, historyWeight, weightSum }),
    heldBack: isHeldBack(one),
  }));
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

function shares(
  one: Contender,
  values: Record<Factor, number>,
  { weights, historyWeight, weightSum }: { weights: Weights; historyWeight: number; weightSum: number },
): Omit<Unranked, 'heldBack'> {
  const part = (exact: number, weight: number, unknown: boolean) => {
    const value = round(exact);
    return { value, weight, contribution: weightSum > 0 ? round((value * weight) / weightSum) : 0, unknown };
  };
  const share = (factor: Factor, unknown = false) => part(values[factor], weights[factor], unknown);
  const history = historyWeight > 0 ? part(one.history, historyWeight, !one.isHistoryKnown) : undefined;
  const factors = {
    priority: share('priority'),
    price: share('price', one.assumed.length > 0),
    speed: share('speed', one.minutes === null),
    commission: share('commission', one.commissionBps === null),
    availability: share('availability'),
    reliability: share('reliability'),
    ...(history ? { history } : {}),
  };
  const { id, name, boost } = one.provider;
  return {
    providerId: id,
    providerName: name,
    score: round(
      FACTORS.reduce((sum, factor) => sum + factors[factor].contribution, boost + (history?.contribution ?? 0)),
    ),
    boost,
    factors,
    totalCents: one.totalCents,
    comparedCents: one.comparedCents,
    assumed: one.assumed,
    missingLines: one.missingLines,
    currency: one.currency,
  };
}

export type Unranked = Omit<RankedQuote, 'rank'>;

const byRank = (a: Unranked, b: Unranked): number =>
  Number(a.heldBack) - Number(b.heldBack) ||
  b.score - a.score ||
  a.comparedCents - b.comparedCents ||
  b.factors.priority.value - a.factors.priority.value ||
  (a.providerId < b.providerId ? -1 : 1);

const round = (value: number): number => Math.round(value * STEPS) / STEPS;
