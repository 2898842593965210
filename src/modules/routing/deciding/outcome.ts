import type { ProviderId } from '../../providers/provider.js';
import { splitCart } from '../splitting/split-cart.js';
import type { Contender } from './contender.js';
import { judge, type Judged } from './eligibility.js';
import { explain } from './explanation.js';
import { flipMargins } from './flip-margins.js';
import type { Answer, Outcome, Policy, RankedQuote } from './policy.js';
import type { Decided } from './quorum.js';
import { contenders, rank } from './scoring.js';

/**
 * The whole answer to a route: who won and why, who counted, who did not and how. A pure function of the stored policy and answers
 * and of when it was decided; late answers do not exist for it.
 */
export function buildOutcome(
  policy: Policy,
  answers: readonly Answer[],
  decision: Decided,
  decidedAfterMs: number,
): Outcome {
  const judged = judge(policy, answers, decision.decidedAt);
  const present = contenders(policy, judged.usable);
  const ranked = rank(policy, present);
  const winning = judged.usable.find(({ providerId }) => providerId === ranked[0]?.providerId);
  const facts: Omit<Outcome, 'explanation'> = {
    status: statusOf(policy, judged),
    rule: decision.rule,
    policyVersion: policy.version,
    decidedAfterMs,
    quorum: { ...policy.quorum, usable: judged.usable.length },
    winner: ranked[0] ?? null,
    fallbacks: ranked.slice(1),
    flipMargins: flipMargins(policy, present, ranked),
    handoffs: judged.links.map(({ providerId, link }) => ({ providerId, url: link.url })),
    counted: judged.usable.map(({ providerId, latencyMs }) => ({ providerId, latencyMs })),
    excluded: judged.excluded,
    failed: judged.failed.map(({ providerId, failure, latencyMs }) => ({
      providerId,
      reason: failure.reason,
      detail: failure.detail,
      latencyMs,
    })),
    outstanding: judged.outstanding.map(({ id }) => id),
    ...(winning?.quote.history ? { priceCheck: winning.quote.history } : {}),
    ...(policy.budgetCents === undefined ? {} : { budget: budgetOf(policy.budgetCents, ranked) }),
    ...(policy.neededBy === undefined
      ? {}
      : { inTime: inTimeOf(policy.neededBy, decision.decidedAt, ranked, present) }),
    ...(policy.split
      ? { split: splitCart({ policy, answers, decidedAt: decision.decidedAt, wish: policy.split }) }
      : {}),
  };
  return { ...facts, explanation: explain(facts) };
}

function budgetOf(cents: number, ranked: readonly RankedQuote[]): NonNullable<Outcome['budget']> {
  const [winner] = ranked;
  return {
    cents,
    overCents: winner ? Math.max(0, winner.comparedCents - cents) : null,
    within: ranked.filter(({ comparedCents }) => comparedCents <= cents).map(({ providerId }) => providerId),
  };
}

function inTimeOf(
  neededBy: string,
  decidedAt: string,
  ranked: readonly RankedQuote[],
  present: readonly Contender[],
): NonNullable<Outcome['inTime']> {
  const minutes = new Map(present.map((one) => [one.provider.id, one.minutes]));
  const ids = ranked.map(({ providerId }) => providerId);
  const isInTime = (id: ProviderId): boolean | null => {
    const after = minutes.get(id) ?? null;
    return after === null ? null : Date.parse(decidedAt) + after * 60_000 <= Date.parse(neededBy);
  };
  return {
    neededBy,
    winnerIsInTime: ids[0] === undefined ? null : isInTime(ids[0]),
    inTime: ids.filter((id) => isInTime(id) === true),
    late: ids.filter((id) => isInTime(id) === false),
    untold: ids.filter((id) => isInTime(id) === null),
  };
}

function statusOf({ quorum }: Policy, { usable }: Judged): Outcome['status'] {
  if (usable.length === 0) return 'no_quotes';
  return usable.length >= quorum.at ? 'fulfilled' : 'partial';
}
