import { formatCents, type Currency } from '../../../common/money.js';
import { FACTORS, type Assumption, type Factor, type Outcome, type RankedQuote } from './policy.js';

type Facts = Omit<Outcome, 'explanation'>;

const REASONS: Readonly<Record<Factor, string>> = {
  priority: 'the operator’s order of providers',
  price: 'its price',
  speed: 'its delivery time',
  commission: 'what the order earns',
  availability: 'how much of the cart it has',
  reliability: 'how reliably it answers',
};
const PARTS: Readonly<Record<Assumption, string>> = {
  delivery: 'delivery',
  fees: 'fees',
  tax: 'tax',
  missing_lines: 'missing lines',
};

/**
 * A few plain sentences for a person: who won, what decided it, what that costs against the cheapest, and what would have turned it; or
 * why nobody won. All totals are the compared ones ("all in"), and whatever is assumed in one is named beside it.
 */
export function explain(facts: Facts): string {
  const { winner, fallbacks, quorum } = facts;
  if (!winner) return whyNobody(facts);
  const few = quorum.usable < quorum.at ? `, with ${quorum.usable} of the ${quorum.at} quotes wanted` : '';
  const by = fallbacks[0] ? `: ${whatDecided(winner, fallbacks[0])}` : ': the only usable quote';
  return [
    `${winner.providerName} won with ${winner.score.toFixed(3)}${few}${by}.`,
    whatItCosts(winner, fallbacks),
    whatIsOver(facts),
    whatIsLate(facts),
    whatWouldTurnIt(facts),
    ...fallbacks.filter(({ heldBack }) => heldBack).map(whyHeldBack),
  ]
    .filter(Boolean)
    .join(' ');
}

/** The fewest of the winner's leads, the largest first, that outweigh all in which the runner-up leads. */
function whatDecided(winner: RankedQuote, runnerUp: RankedQuote): string {
  if (runnerUp.heldBack && !winner.heldBack && runnerUp.score >= winner.score) return 'it has the whole cart';
  const leads = [
    ...FACTORS.map((factor) => ({
      reason: REASONS[factor],
      lead: winner.factors[factor].contribution - runnerUp.factors[factor].contribution,
    })),
    {
      reason: 'what such things cost before',
      lead: (winner.factors.history?.contribution ?? 0) - (runnerUp.factors.history?.contribution ?? 0),
    },
    { reason: 'the operator’s preference', lead: winner.boost - runnerUp.boost },
  ].sort((a, b) => b.lead - a.lead);
  const against = leads.reduce((sum, { lead }) => sum + Math.max(0, -lead), 0);
  const decisive: string[] = [];
  let sum = 0;
  for (const { reason, lead } of leads) {
    if (lead <= 0 || (decisive.length > 0 && sum > against)) break;
    decisive.push(reason);
    sum += lead;
  }
  const before = `${runnerUp.providerName} (${runnerUp.score.toFixed(3)})`;
  if (decisive.length === 0) return `level with ${before}, first by the tie-break`;
  return `${list(decisive)} decided it before ${before}`;
}

function whatItCosts(winner: RankedQuote, fallbacks: readonly RankedQuote[]): string {
  const own = `It costs ${total(winner)}`;
  const [cheapest] = fallbacks
    .filter(({ heldBack, comparedCents }) => !heldBack && comparedCents < winner.comparedCents)
    .sort((a, b) => a.comparedCents - b.comparedCents);
  if (!cheapest) return fallbacks.length > 0 ? `${own}, and nobody who could win costs less.` : `${own}.`;
  const less = money(winner.comparedCents - cheapest.comparedCents, winner);
  return `${own}; ${cheapest.providerName} is ${less} cheaper at ${total(cheapest)}.`;
}

function whatIsOver({ winner, budget }: Facts): string {
  if (!winner || !budget?.overCents) return '';
  return `That is ${money(budget.overCents, winner)} over the budget of ${money(budget.cents, winner)}${budget.within.length > 0 ? `, within which others are` : ', within which nobody is'}.`;
}

const whatIsLate = ({ winner, inTime }: Facts): string =>
  !winner || inTime?.winnerIsInTime !== false
    ? ''
    : `It may come later than it is needed${inTime.inTime.length > 0 ? '; others are in time' : ', as all do that tell'}.`;

function whatWouldTurnIt({ fallbacks, flipMargins }: Facts): string {
  const runnerUp = fallbacks[0];
  const drop = flipMargins?.priceDropCents ?? null;
  if (!runnerUp || drop === null) return '';
  return `${runnerUp.providerName} would have won at ${money(runnerUp.comparedCents - drop, runnerUp)} all in, ${money(drop, runnerUp)} below its own total.`;
}

const whyHeldBack = ({ providerName, missingLines }: RankedQuote): string =>
  `${providerName} stands back: it lacks ${missingLines === 1 ? 'a line' : `${missingLines} lines`} that others have at little more.`;

/** "$42.96 all in (delivery and fees assumed)". */
function total(quote: RankedQuote): string {
  const assumed = quote.assumed.map((part) => PARTS[part]);
  return `${money(quote.comparedCents, quote)} all in${assumed.length > 0 ? ` (${list(assumed)} assumed)` : ''}`;
}

function whyNobody({ failed, excluded, outstanding }: Facts): string {
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
