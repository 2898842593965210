import { bestCase } from './contender.js';
import { COMPARED_CURRENCY, judge, type Judged } from './eligibility.js';
import type { Answer, Policy, Rule } from './policy.js';
import { contenders, rank, scored } from './scoring.js';

/** When it is now, by the database's clock alone. */
export interface Now {
  decidedAt: string;
  deadlinePassed: boolean;
}

export type Decision = { kind: 'wait' } | Decided;
export interface Decided {
  kind: 'decided';
  rule: Rule;
  decidedAt: string;
}

/**
 * Whether a route is ripe, from what is stored and the time alone. The rules in their order; the first that holds closes the route:
 *
 * - `quorum`: the caller asked for k usable quotes, and k are in;
 * - `all_answered`: nobody is left to wait for, be it that all failed;
 * - `unbeatable`: enough usable quotes are in, and nothing the others may still answer changes who wins; not where the cart is split, too;
 * - `deadline`: time is up.
 */
export function decide(policy: Policy, answers: readonly Answer[], now: Now): Decision {
  const judged = judge(policy, answers, now.decidedAt);
  const rule = ruleFor(policy, judged, now.deadlinePassed);
  return rule === null ? { kind: 'wait' } : { kind: 'decided', rule, decidedAt: now.decidedAt };
}

function ruleFor(policy: Policy, judged: Judged, deadlinePassed: boolean): Rule | null {
  const enough = judged.usable.length >= policy.quorum.at;
  if (enough && policy.quorum.strict) return 'quorum';
  if (judged.outstanding.length === 0) return 'all_answered';
  if (enough && !policy.split && isUnbeatable(policy, judged)) return 'unbeatable';
  return deadlinePassed ? 'deadline' : null;
}

/** Rounding can move two scores towards each other by at most 4e-6 between the two extremes; a lead of this much survives that. */
const SAFE_LEAD = 1e-5;

/**
 * True when no completion of the outstanding answers changes the winner, as far as what was seen of them lately bounds them. All values
 * but the price stand for themselves, and a price value is at most 1 and shrinks, for all quotes in the same ratio, as a cheaper one
 * comes in. An outstanding provider is at its strongest with its best case, and the lead of one quote over another is linear in that
 * ratio: so whoever leads when nobody else answers, when each one alone does and when all do, leads in whatever comes.
 *
 * A complete quote that comes may hold back one that lacks lines; those held back already stay so, and the leader has to be complete.
 */
function isUnbeatable(policy: Policy, { usable, outstanding }: Judged): boolean {
  const present = contenders(policy, usable);
  const [leader, ...others] = rank(policy, present);
  if (!leader || (leader.missingLines > 0 && policy.allowPartial !== 'cheapest')) return false;
  const out = new Set(others.filter(({ heldBack }) => heldBack).map(({ providerId }) => providerId));
  const dreamt = outstanding.map((provider) => bestCase(provider, COMPARED_CURRENCY));
  return [[], ...dreamt.map((one) => [one]), dreamt].every((more) => {
    const all = scored(policy, [...present, ...more]);
    const lead = all.find(({ providerId }) => providerId === leader.providerId)!.score;
    return all.every(
      ({ providerId, score }) => providerId === leader.providerId || out.has(providerId) || lead - score >= SAFE_LEAD,
    );
  });
}
