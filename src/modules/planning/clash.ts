import { labelOf, unitOf, type Nutrient } from '../nutrition/nutrients.js';
import { daysOf, FEW_DAYS, isEveryDayUnfit } from './all-days.js';
import { DAYS_OF_A_WEEK } from './dates.js';
import type { Kitchen } from './kitchen.js';
import type { Band, Clash, Proof, Slot } from './plan.js';
import { leastCents } from './relaxation.js';
import { labelOfSlot } from './shortlist.js';

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
    `With no recipe more than ${repeats} times a week, too few are left for ${meals}`,
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
  ...{ date: null, personId: null, between: [], isProven },
  sentence: `${what} after all that is avoided, and within the time to cook and the limits on what is not measured in every food.`,
});

/** What no recipes in any portions can meet, proven; empty where nothing of the kind could be shown. */
export function provenClashes(kitchen: Kitchen): readonly Clash[] {
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
  return budget.length > 0 ? budget : clashesOfDays(kitchen);
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
function clashesOfDays(kitchen: Kitchen): readonly Clash[] {
  const { targets } = kitchen.shortlist;
  const ids = targets.map(({ personId }) => personId);
  const nutrients = [...new Set(targets.flatMap(({ bands }) => bands.map(({ nutrient }) => nutrient)))];
  const clashOf = (people: readonly string[], personId: string | null): Clash[] => {
    if (!isEveryDayUnfit(kitchen, people, nutrients)) return [];
    const isQuick = daysOf(kitchen.dishes) <= FEW_DAYS;
    const needed = isQuick ? smallest(nutrients, (kept) => isEveryDayUnfit(kitchen, people, kept)) : nutrients;
    const who = personId === null ? ' for all who eat them' : '';
    const sentence = `No recipes that are left, one a meal and in portions a person would eat, meet the targets of ${needed.map(labelOf).join(', ')} on one day${who}.`;
    return [{ date: null, personId, between: needed, isProven: true, sentence }];
  };
  const ofOne = ids.flatMap((id) => clashOf([id], id));
  return ofOne.length > 0 || ids.length === 1 ? ofOne : clashOf(ids, null);
}

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

const dollars = (cents: number): string => `$${(cents / 100).toFixed(2)}`;
