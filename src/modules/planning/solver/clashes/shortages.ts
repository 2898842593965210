import { labelOfSlot } from '../../needs/shortlist.js';
import { DAYS_OF_A_WEEK } from '../dates.js';
import type { Kitchen } from '../kitchen/kitchen.js';
import type { Clash, Slot } from '../plan.js';
import { timesText } from './words.js';

/** Too few recipes: counted, before any day is looked for. */

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
