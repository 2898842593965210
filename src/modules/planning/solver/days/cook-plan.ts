import { shortClash } from '../clashes/shortages.js';
import { provenClashes, weeksClash } from '../clashes/impossible.js';
import type { Kitchen } from '../kitchen/kitchen.js';
import type { Clash, DraftPlan } from '../plan.js';
import { cook, fitDaysOf, isVaried, type Cooked } from './cook.js';
import { useUp } from './thrift.js';
import { variedWeeks, weeksFor } from './weeks.js';

/** Each round saves more, should the budget have been passed, and has other chances, should some days not have been found. */
const ROUNDS = [4, 8, 20, 100, 500];
/** From so far beyond the budget no other start comes back. */
const FAR_TOO_DEAR = 1.4;
/** Of what a search for whole weeks may cost, while there is something left to be let off. */
const EFFORT_SOON = 0.05;
/** Of what a proof may cost, before all means to find a plan were tried. */
const EFFORT_AT_FIRST = 0.1;

/** What was cooked, whether all days fit, and whether the list is within the budget too. */
interface Attempt {
  cooked: Cooked;
  areFit: boolean;
  isGood: boolean;
}

/** All days, if they are found soon; where some are not, there is more to be gained by letting something off. */
export function cookSoon(kitchen: Kitchen, draft: DraftPlan | null): Attempt {
  const attempt = cookWithin(kitchen, draft, { isHopeless: () => false, isQuick: true });
  if (attempt.isGood && !isVaried(kitchen, attempt.cooked)) return varied(kitchen, attempt, draft);
  if (attempt.isGood || kitchen.effort.isOver() || !attempt.cooked.days.some(({ isFit }) => isFit)) return attempt;
  const weeks = weeksInPacks(kitchen, attempt.cooked, draft, EFFORT_SOON);
  if (weeks.kind === 'planned') return { cooked: weeks.cooked, areFit: true, isGood: true };
  return weeks.kind === 'near' && !attempt.areFit ? { cooked: weeks.cooked, areFit: true, isGood: false } : attempt;
}

/** The same days or others, of which none has a dish of the day before or one that comes too often, if such are found soon. */
function varied(kitchen: Kitchen, attempt: Attempt, draft: DraftPlan | null): Attempt {
  const weeks = variedWeeks(kitchen, attempt.cooked, EFFORT_SOON);
  if (weeks === null) return attempt;
  const { cooked, cents } = useUp(kitchen, weeks, draft);
  return cents <= (kitchen.request.budgetCents ?? Infinity) ? { cooked, areFit: true, isGood: true } : attempt;
}

/** All days, of which as many fit as are found quickly. */
export const cookNearest = (kitchen: Kitchen, draft: DraftPlan | null): Cooked =>
  cook(kitchen, { draft, thrift: ROUNDS[0]!, isHopeless: () => true, known: [], round: 0, isQuick: false });

/** What was cooked, by the quick search and then by the one that looks at whole weeks; and what is known against there being better. */
export function cookOrSayWhyNot(
  kitchen: Kitchen,
  draft: DraftPlan | null,
): { cooked: Cooked; clashes: readonly Clash[] } {
  const provenSoon = lazily(() => provenClashes(kitchen, EFFORT_AT_FIRST));
  const isHopeless = () => provenSoon().length > 0;
  const { cooked, isGood } = cookWithin(kitchen, draft, { isHopeless, isQuick: false });
  if (isGood) return { cooked, clashes: [] };
  const short = cooked.shortOf === null ? [] : [shortClash(kitchen, cooked.shortOf, cooked.repeatLimit)];
  const proven = [...provenSoon(), ...short.filter(({ isProven }) => isProven)];
  if (proven.length > 0) return { cooked, clashes: proven };
  if (kitchen.effort.isOver()) return { cooked, clashes: short };
  const { maxRepeats, budgetCents } = kitchen.request;
  const isOfDaysAlone = maxRepeats === null && budgetCents === null;
  const clashes = isOfDaysAlone ? provenClashes(kitchen) : [];
  if (clashes.length > 0) return { cooked, clashes };
  const weeks = weeksInPacks(kitchen, cooked, draft, 1);
  if (weeks.kind === 'planned') return { cooked: weeks.cooked, clashes: [] };
  if (weeks.kind === 'impossible') return { cooked, clashes: [weeksClash(kitchen)] };
  // Of two that are too dear, the one found first went by packs from the start.
  const late = isOfDaysAlone ? [] : provenClashes(kitchen);
  return { cooked, clashes: late.length > 0 ? late : short };
}

/** The first plan with all bands met and within the budget; or else the one with most days that fit, and then that costs least. */
function cookWithin(
  kitchen: Kitchen,
  draft: DraftPlan | null,
  { isHopeless, isQuick }: { isHopeless: () => boolean; isQuick: boolean },
): Attempt {
  const { request } = kitchen;
  const missesOf = ({ days }: Cooked) => request.days - days.filter(({ isFit }) => isFit).length;
  const budget = request.budgetCents ?? Infinity;
  let best: { cooked: Cooked; misses: number; cents: number } | null = null;
  let known: ReturnType<typeof fitDaysOf> = [];
  for (const [round, thrift] of ROUNDS.entries()) {
    const first = cook(kitchen, { draft, thrift, isHopeless, known, round, isQuick });
    const misses = missesOf(first);
    const { cooked, cents } = misses === 0 ? useUp(kitchen, first, draft) : { cooked: first, cents: Infinity };
    const isBest = best === null || misses < best.misses || (misses === best.misses && cents < best.cents);
    if (isBest) best = { cooked, misses, cents };
    if (misses === 0 && cents <= budget) break;
    // What was drafted stays, however much is to be saved: that is for days of the solver's own.
    const isStuck = draft !== null || best!.cents > FAR_TOO_DEAR * budget;
    if (isQuick && round > 0 && misses === 0 && isStuck) break;
    if (kitchen.effort.isOver() || misses === request.days || (misses > 0 && (isQuick || isHopeless()))) break;
    known = fitDaysOf(cooked.days);
  }
  const { cooked, misses, cents } = best!;
  return { cooked, areFit: misses === 0, isGood: misses === 0 && cents <= budget };
}

/** Whole weeks by their least costs, then in packs. */
function weeksInPacks(
  kitchen: Kitchen,
  cooked: Cooked,
  draft: DraftPlan | null,
  share: number,
): { kind: 'planned' | 'near'; cooked: Cooked } | { kind: 'impossible' | 'unknown' } {
  const weeks = weeksFor(kitchen, cooked, share);
  if (weeks.kind !== 'planned') return weeks;
  const used = useUp(kitchen, weeks.cooked, draft);
  const { budgetCents } = kitchen.request;
  return { kind: budgetCents === null || used.cents <= budgetCents ? 'planned' : 'near', cooked: used.cooked };
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
