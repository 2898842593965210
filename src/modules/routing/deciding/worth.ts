import type { Answer, Outcome, Policy } from './policy.js';

/** What a decided route is worth, for the books of a business. Cents of `currency`. */
export interface Worth {
  currency: string;
  /** What the winner asks. */
  valueCents: number;
  /** What it pays us: as it stated, or by the agreed rate of the items; 0 where neither is known. */
  commissionCents: number;
  /** The mean of what the others that counted ask for the same lines or more, in the same currency; null without such another. */
  alternativesCents: number | null;
}

/** Null without a winner. Pure. */
export function worthOf(policy: Policy, answers: readonly Answer[], outcome: Outcome): Worth | null {
  const { winner, fallbacks } = outcome;
  if (!winner) return null;
  const { currency, totalCents, missingLines } = winner;
  const others = fallbacks.filter((one) => one.currency === currency && one.missingLines <= missingLines);
  const sum = others.reduce((all, one) => all + one.totalCents, 0);
  return {
    currency,
    valueCents: totalCents,
    commissionCents: commissionOf(policy, answers, winner.providerId),
    alternativesCents: others.length === 0 ? null : Math.round(sum / others.length),
  };
}

/** How long the decision came after the slowest answer that counted, ms; null where nobody was heard or the deadline decided. Pure. */
export function overheadMs({ counted, rule, decidedAfterMs }: Outcome): number | null {
  if (counted.length === 0 || rule === 'deadline') return null;
  return Math.max(0, decidedAfterMs - Math.max(...counted.map(({ latencyMs }) => latencyMs)));
}

function commissionOf(policy: Policy, answers: readonly Answer[], winnerId: string): number {
  const answer = answers.find(({ providerId, late }) => providerId === winnerId && !late);
  if (!answer?.result.ok || answer.result.offer.kind !== 'quote') return 0;
  const { commissionCents, itemsCents } = answer.result.offer;
  const agreed = policy.expected.find(({ id }) => id === winnerId)?.commissionBps ?? 0;
  return commissionCents ?? Math.round((itemsCents * agreed) / 10_000);
}
