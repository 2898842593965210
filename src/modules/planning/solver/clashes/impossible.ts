import { plainMoney } from '../../../../common/money.js';
import { labelOf, unitOf, type Nutrient } from '../../../nutrition/nutrients.js';
import { AllDays } from '../days/all-days.js';
import { leastCents } from '../days/relaxation.js';
import type { Kitchen } from '../kitchen/kitchen.js';
import type { Band, Clash } from '../plan.js';
import { amountText, timesText } from './words.js';

/** What is shown to be impossible, whatever is chosen: only bounds that hold for certain are used here. */

/** What no recipes in any portions can meet, proven; empty where nothing could be shown, at a share of the effort there is for it. */
export function provenClashes(kitchen: Kitchen, effort = 1): readonly Clash[] {
  const { targets } = kitchen.shortlist;
  const cents = targets.map(({ bands }, who) => leastCents(kitchen, bands, who));
  const clashes = targets.flatMap((person, index): Clash[] => {
    if (cents[index] !== Infinity) return [];
    const bands = smallest(person.bands, (kept) => leastCents(kitchen, kept, index) === Infinity);
    const sentence = provenSentence(bands);
    return [{ date: null, personId: person.personId, ...between(bands), isProven: true, sentence }];
  });
  if (clashes.length > 0) return clashes;
  const budget = budgetClash(kitchen, cents);
  return budget.length > 0 ? budget : clashesOfDays(kitchen, effort);
}

/** A budget that is under the least that any portions of any recipes cost. */
export const budgetClashes = (kitchen: Kitchen): readonly Clash[] =>
  budgetClash(
    kitchen,
    kitchen.shortlist.targets.map(({ bands }, who) => leastCents(kitchen, bands, who)),
  );

const between = (bands: readonly Band[]): Pick<Clash, 'between'> => ({
  between: bands.map(({ nutrient }) => nutrient),
});

/** What clashes with nothing left out that it could do without: leave out one after the other, and keep what was needed. */
function smallest<T>(all: readonly T[], isClash: (some: readonly T[]) => boolean): readonly T[] {
  return all.reduce((kept, one) => {
    const without = kept.filter((other) => other !== one);
    return isClash(without) ? without : kept;
  }, all);
}

/** No day of recipes suits one person, or else all who eat them. */
function clashesOfDays(kitchen: Kitchen, effort: number): readonly Clash[] {
  const { targets } = kitchen.shortlist;
  const ids = targets.map(({ personId }) => personId);
  const nutrients = [...new Set(targets.flatMap(({ bands }) => bands.map(({ nutrient }) => nutrient)))];
  if (!new AllDays(kitchen).areUnfit(effort)) return [];
  const areUnfit = (personIds: readonly string[], some: readonly Nutrient[]) =>
    new AllDays(kitchen, { personIds, nutrients: some }).areUnfit(EFFORT_TO_NAME);
  const clashOf = (personIds: readonly string[]): Clash => {
    const needed = smallest(nutrients, (some) => areUnfit(personIds, some));
    const who = personIds.length === 1 ? '' : ' for all who eat them';
    const sentence = `No recipes that are left, one a meal and in portions a person would eat, meet the targets of ${needed.map(labelOf).join(', ')} on one day${who}.`;
    const personId = personIds.length === 1 ? personIds[0]! : null;
    return { date: null, personId, between: needed, isProven: true, sentence };
  };
  const alone = ids.filter((id) => areUnfit([id], nutrients));
  return alone.length > 0 ? alone.map((id) => clashOf([id])) : [clashOf(ids)];
}
/** What a search may cost that only makes a sentence shorter. */
const EFFORT_TO_NAME = 0.1;

function provenSentence(bands: readonly Band[]): string {
  const all = bands.map(limitsText).join(' and ');
  return bands.length === 0
    ? 'No portions that a person would eat make a day of these recipes.'
    : `No recipes that are left, in portions a person would eat, give ${all}${bands.length > 1 ? ' on one day' : ''}.`;
}

function limitsText({ nutrient, min, max }: Band): string {
  const unit = unitOf(nutrient);
  const ends = [
    min === null ? [] : `at least ${amountText(min)} ${unit}`,
    max === null ? [] : `at most ${amountText(max)} ${unit}`,
  ].flat();
  return `${ends.join(' and ')} of ${labelOf(nutrient)}`;
}

function budgetClash({ request, till }: Kitchen, centsOfDays: readonly number[]): readonly Clash[] {
  const { budgetCents, days } = request;
  const least = Math.floor(centsOfDays.reduce((sum, cents) => sum + cents, 0) * days - till.pantryCents);
  if (budgetCents === null || least <= budgetCents) return [];
  const sentence = `By the gram of the cheapest packs, no plan that meets the targets costs less than ${plainMoney(least, request.currency)}; the budget is ${plainMoney(budgetCents, request.currency)}.`;
  return [{ date: null, personId: null, between: ['budget'], isProven: true, sentence }];
}

/** Weeks that no days can make at the repeats that the caller allows, within the budget. One of the two is given. */
export function weeksClash({ request }: Kitchen): Clash {
  const { maxRepeats, budgetCents } = request;
  const repeats = maxRepeats === null ? '' : `With no recipe more than ${timesText(maxRepeats)} a week, `;
  const days = 'the days that meet the targets are too few for the plan.';
  const money = `no plan that meets the targets costs ${plainMoney(budgetCents ?? 0, request.currency)} or less, even by the gram of the cheapest packs.`;
  const sentence = repeats + (budgetCents === null ? days : money);
  const between = [
    budgetCents === null ? [] : ['budget' as const],
    maxRepeats === null ? [] : ['repeats' as const],
  ].flat();
  return {
    date: null,
    personId: null,
    between,
    isProven: true,
    sentence: sentence[0]!.toUpperCase() + sentence.slice(1),
  };
}
