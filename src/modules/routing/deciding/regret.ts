import type { ProviderId } from '../../providers/provider.js';
import { judge } from './eligibility.js';
import type { Answer, Policy } from './policy.js';
import { score } from './scoring.js';

export interface Regret {
  providerId: ProviderId;
  wouldHaveWon: boolean;
  /** The late quote's score minus the winner's, scored together; null when there is no such pair. */
  scoreDifference: number | null;
  /** The winner's compared price minus the late one's: positive means that the late quote was cheaper. */
  totalDifferenceCents: number | null;
}

/** What waiting for one late answer would have changed: it is scored among those that counted, as if it had come in time. */
export function regret(policy: Policy, inTime: readonly Answer[], late: Answer, decidedAt: string): Regret {
  const { usable } = judge(policy, inTime, decidedAt);
  const [own] = judge(policy, [{ ...late, late: false }], decidedAt).usable;
  const nothing = { providerId: late.providerId, scoreDifference: null, totalDifferenceCents: null };
  if (!own) return { ...nothing, wouldHaveWon: false };
  const [winner] = score(policy, usable);
  const together = score(policy, [...usable.filter(({ providerId }) => providerId !== late.providerId), own]);
  const wouldHaveWon = together[0]?.providerId === late.providerId;
  const then = together.find(({ providerId }) => providerId === winner?.providerId);
  const mine = together.find(({ providerId }) => providerId === late.providerId)!;
  if (!then || then === mine) return { ...nothing, wouldHaveWon };
  return {
    providerId: late.providerId,
    wouldHaveWon,
    scoreDifference: Math.round((mine.score - then.score) * 1e6) / 1e6,
    totalDifferenceCents: then.comparedCents - mine.comparedCents,
  };
}
