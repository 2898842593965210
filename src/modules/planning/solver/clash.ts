import { labelOf, unitOf, type Nutrient } from '../../nutrition/nutrients.js';
import { labelOfSlot } from '../needs/shortlist.js';
import { AllDays } from './all-days.js';
import { DAYS_OF_A_WEEK } from './dates.js';
import type { Kitchen } from './kitchen.js';
import type { Band, Clash, Proof, Slot } from './plan.js';
import { leastCents } from './relaxation.js';

/** A meal without a single recipe. */
export function emptyClash({ slots, dishes }: Kitchen): Clash | null {
  const empty = slots.find((_, meal) => dishes[meal]!.length === 0);
  return empty === undefined ? null : withoutRecipes(`No recipe is left for ${labelOfSlot(empty)}`, true);
}

/** Recipes that do not suffice for a week at the repeats allowed. */
export function shortClash(kitchen: Kitchen, slot: Slot, repeats: number): Clash {
  const few = smallestShortage(kitchen, repeats);
  const meals = (few ?? [slot]).map(labelOfSlot).join(' and ');
  return withoutRecipes(
    `With no recipe more than ${timesText(repeats)} a week, too few are left for ${meals}`,
    few !== null,
  );
}

/** Meals whose recipes, all together, cannot fill a week of them; null when each group has enough. */
function smallestShortage({ request, slots, dishes }: Kitchen, repeats: number): readonly Slot[] | null {
  const groups = slots.reduce<number[][]>((some, _, meal) => [...some, ...some.map((group) => [...group, meal])], [[]]);
  const isShort = (group: readonly number[]) => {
    const recipes = new Set(group.flatMap((meal) => dishes[meal]!.map(({ recipe }) => recipe)));
    return recipes.size * repeats < group.length * Math.min(request.days, DAYS_OF_A_WEEK);
  };
  const short = groups.filter(isShort).sort((a, b) => a.length - b.length)[0];
  return short?.map((meal) => slots[meal]!) ?? null;
}

const withoutRecipes = (what: string, isProven: boolean): Clash => ({
  date: null,
  personId: null,
  between: [],
  isProven,
  sentence: `${what} after all that is avoided, and within the time to cook and the limits on what is not measured in every food.`,
});

/** What no recipes in any portions can meet, proven; empty where nothing could be shown, at a share of the effort there is for it. */
export function provenClashes(kitchen: Kitchen, effort = 1): readonly Clash[] {
  const { targets } = kitchen.shortlist;
  const cents = targets.map(({ bands }) => leastCents(kitchen, bands));
  const clashes = targets.flatMap((person, index): Clash[] => {
    if (cents[index] !== Infinity) return [];
    const bands = smallest(person.bands, (kept) => leastCents(kitchen, kept) === Infinity);
    const sentence = provenSentence(bands);
    return [{ date: null, personId: person.personId, ...between(bands), isProven: true, sentence }];
  });
  if (clashes.length > 0) return clashes;
  const budget = budgetClash(kitchen, cents);
  return budget.length > 0 ? budget : clashesOfDays(kitchen, effort);
}

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
  const ends = [min === null ? [] : `at least ${min} ${unit}`, max === null ? [] : `at most ${max} ${unit}`].flat();
  return `${ends.join(' and ')} of ${labelOf(nutrient)}`;
}

function budgetClash({ request }: Kitchen, centsOfDays: readonly number[]): readonly Clash[] {
  const { budgetCents, days } = request;
  const least = Math.floor(centsOfDays.reduce((sum, cents) => sum + cents, 0) * days);
  if (budgetCents === null || least <= budgetCents) return [];
  const sentence = `By the estimated costs, no plan that meets the targets costs less than ${dollars(least)}; the budget is ${dollars(budgetCents)}.`;
  return [{ date: null, personId: null, between: ['budget'], isProven: true, sentence }];
}

/** Weeks that no days can make at the repeats that the caller allows, within the budget. One of the two is given. */
export function weeksClash({ request }: Kitchen): Clash {
  const { maxRepeats, budgetCents } = request;
  const repeats = maxRepeats === null ? '' : `With no recipe more than ${timesText(maxRepeats)} a week, `;
  const days = 'the days that meet the targets are too few for the plan.';
  const money = `no plan that meets the targets costs ${dollars(budgetCents ?? 0)} or less by the estimated costs.`;
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

/** What the nearest plan misses, where nothing was proven: by person, and for all days or each. */
export function foundClashes({ request }: Kitchen, { rows, violations, costCents }: Proof): readonly Clash[] {
  const missed = new Map<string, { personId: string; between: Nutrient[]; dates: string[] }>();
  for (const personId of request.people.map(({ id }) => id))
    for (const date of new Set(rows.map((row) => row.date))) {
      const unmet = rows.filter((row) => row.date === date && row.personId === personId && !row.isMet);
      if (unmet.length === 0) continue;
      const nutrients = unmet.map(({ nutrient }) => nutrient);
      const key = `${personId} ${nutrients.join(' ')}`;
      const same = missed.get(key) ?? { personId, between: nutrients, dates: [] };
      missed.set(key, { ...same, dates: [...same.dates, date] });
    }
  const clashes = [...missed.values()].flatMap(({ personId, between: nutrients, dates }): Clash[] => {
    const labels = nutrients.map(labelOf).join(', ');
    const clash = { personId, between: nutrients, isProven: false };
    if (dates.length === request.days)
      return [
        { ...clash, date: null, sentence: `No day was found that meets the targets; the nearest misses ${labels}.` },
      ];
    return dates.map((date) => ({
      ...clash,
      date,
      sentence: `No meals were found for ${date} that meet ${labels} too.`,
    }));
  });
  if (!violations.some(({ rule }) => rule === 'budget')) return clashes;
  const cost = costCents === null ? '' : `: the nearest costs ${dollars(costCents)}`;
  const sentence = `No plan was found within the budget of ${dollars(request.budgetCents!)}${cost}.`;
  return [...clashes, { date: null, personId: null, between: ['budget'], isProven: false, sentence }];
}

const timesText = (times: number): string => ['never', 'once', 'twice'][times] ?? `${times} times`;
const dollars = (cents: number): string => `$${(cents / 100).toFixed(2)}`;
