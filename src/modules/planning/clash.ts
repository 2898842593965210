import { labelOf, unitOf, type Nutrient } from '../nutrition/nutrients.js';
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
export const shortClash = (slot: Slot, repeats: number): Clash =>
  withoutRecipes(`With no recipe more than ${repeats} times a week, too few are left for ${labelOfSlot(slot)}`, false);

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
    const bands = smallestClash(kitchen, person.bands);
    return [
      { date: null, personId: person.personId, ...between(bands), isProven: true, sentence: provenSentence(bands) },
    ];
  });
  return clashes.length > 0 ? clashes : budgetClash(kitchen, cents);
}

const between = (bands: readonly Band[]): Pick<Clash, 'between'> => ({
  between: bands.map(({ nutrient }) => nutrient),
});

/** Bands that clash, each of which the others could do without: drop one after the other, and keep what was needed. */
function smallestClash(kitchen: Kitchen, bands: readonly Band[]): readonly Band[] {
  return bands.reduce((kept, band) => {
    const without = kept.filter((one) => one !== band);
    return leastCents(kitchen, without) === Infinity ? without : kept;
  }, bands);
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
