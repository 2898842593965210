import { formatCents, type Currency } from '../../../common/money.js';
import { FACTORS, type Factor, type Outcome, type RankedQuote } from './policy.js';

/** One plain sentence for a person: who won and why, or why nobody did. */
export function explain(facts: Omit<Outcome, 'explanation'>): string {
  const { winner, fallbacks, flipMargins, quorum } = facts;
  if (!winner) return whyNobody(facts);
  const few = quorum.usable < quorum.at ? `, with ${quorum.usable} of the ${quorum.at} quotes wanted` : '';
  const won = `${winner.providerId} won with ${winner.score.toFixed(3)}${few}`;
  const runnerUp = fallbacks[0];
  if (!runnerUp) return `${won}: the only usable quote.`;
  const follows = `${runnerUp.providerId} follows at ${runnerUp.score.toFixed(3)}`;
  const drop = flipMargins?.priceDropCents ?? null;
  const flip = drop === null ? '' : ` and would win if ${money(drop, winner)} cheaper`;
  return `${won}: ${strengths(winner, fallbacks)}; ${follows}${flip}.`;
}

/** The factors that carried the winner past the runner-up, the strongest first; "best" where nobody is better. */
function strengths(winner: RankedQuote, [runnerUp, ...others]: RankedQuote[]): string {
  const lead = (factor: Factor) => winner.factors[factor].contribution - runnerUp.factors[factor].contribution;
  const ahead = FACTORS.filter((factor) => lead(factor) > 0).sort((a, b) => lead(b) - lead(a));
  const best = ahead.filter((factor) => others.every((o) => o.factors[factor].value <= winner.factors[factor].value));
  const preferred = winner.boost > runnerUp.boost ? ['preferred by the operator'] : [];
  if (best.length > 0) return [`best on ${list(best)}`, ...preferred].join(' and ');
  if (ahead.length > 0) return [`ahead on ${list(ahead)}`, ...preferred].join(' and ');
  return preferred[0] ?? (winner.score > runnerUp.score ? 'ahead by rounding' : 'level, first by the tie-break');
}

function whyNobody({ failed, excluded, outstanding }: Omit<Outcome, 'explanation'>): string {
  const reasons = [
    ...failed.map(({ providerId, reason }) => `${providerId} failed (${reason})`),
    ...excluded.map(({ providerId, reason }) => `${providerId} could not count (${reason})`),
    ...outstanding.map((id) => `${id} did not answer in time`),
  ];
  return `No provider gave a usable quote: ${reasons.length > 0 ? list(reasons) : 'none was asked'}.`;
}

/** "a", "a and b", "a, b and c". */
const list = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

const money = (cents: number, { currency }: RankedQuote): string => formatCents(cents, currency as Currency);
