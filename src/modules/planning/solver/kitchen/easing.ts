import type { Library } from '../../../nutrition/library.js';
import type { Nutrient } from '../../../nutrition/nutrients.js';
import { notice } from '../notices.js';
import { isMet, type Helping } from '../proof/bands.js';
import type { Band, EasedBand, PersonTargets, Plan, Notice } from '../plan.js';

/**
 * What a reference that nobody stated may be missed by, as shares of it: guides for health that a week makes up for. A person's energy is
 * known to a tenth at best (the EER's standard error is some 200 kcal), so its band of 5 % may become one of 10.
 */
const EASED: Readonly<Partial<Record<Nutrient, { min: number; max: number }>>> = {
  kcal: { min: 0.95, max: 1.05 },
  protein_g: { min: 0.9, max: 1.25 },
  carbohydrate_g: { min: 0.75, max: 1.2 },
  fat_g: { min: 0.75, max: 1.25 },
  fiber_g: { min: 0.65, max: 1 },
  sodium_mg: { min: 1, max: 1.25 },
};
/** Of the carbohydrate that somebody allows, fibre cannot be more than a part: a ketogenic day has little of either. */
const FIBRE_OF_CARBOHYDRATE = 0.25;
/** Nobody's energy is eased to less: it is the higher of the floors that adults are planned for (see targets.ts). */
const LEAST_KCAL = 1500;

/** What a plan is let off. */
export type LetOff = Pick<Plan, 'eased' | 'easedBands'>;

export const areBandsEased = ({ eased = [] }: LetOff): boolean => eased.includes('bands') || eased.includes('energy');

/** The bands that a plan is held to: those that were stated as they are, and ours as far as it was let off. */
export function heldBands(
  targets: readonly PersonTargets[],
  { eased = [], easedBands }: LetOff,
): readonly PersonTargets[] {
  const isEased = ({ personId }: PersonTargets, { nutrient }: Band) =>
    eased.includes(nutrient === 'kcal' ? 'energy' : 'bands') &&
    (easedBands?.some((one) => one.personId === personId && one.nutrient === nutrient) ?? true);
  return targets.map((person) => ({
    ...person,
    bands: person.bands.map((band) => (isEased(person, band) ? wider(band, person) : band)),
  }));
}

/** The bands that nobody stated and that some day of a plan misses. */
export function missedBands(
  { days }: Pick<Plan, 'days'>,
  targets: readonly PersonTargets[],
  { recipes }: Pick<Library, 'recipes'>,
): readonly EasedBand[] {
  const isMissed = (personId: string, band: Band) =>
    days.some(({ meals }) => {
      const helpings = meals.flatMap(({ recipeId, portions }): Helping[] => {
        const recipe = recipes.get(recipeId)!;
        return portions.filter((one) => one.personId === personId).map(({ servings }) => ({ recipe, servings }));
      });
      return !isMet(band, helpings);
    });
  return targets.flatMap(({ personId, bands }) =>
    bands
      .filter((band) => band.basis === 'reference' && EASED[band.nutrient] !== undefined && isMissed(personId, band))
      .map(({ nutrient }) => ({ personId, nutrient })),
  );
}

function wider(band: Band, { bands }: PersonTargets): Band {
  const by = EASED[band.nutrient];
  if (by === undefined || band.basis === 'stated') return band;
  const carbohydrate = bands.find(({ nutrient }) => nutrient === 'carbohydrate_g')?.max ?? Infinity;
  const room = band.nutrient === 'fiber_g' ? carbohydrate * FIBRE_OF_CARBOHYDRATE : Infinity;
  const floor = band.nutrient === 'kcal' ? LEAST_KCAL : 0;
  const least = (min: number) => tenth(Math.min(Math.max(min * by.min, Math.min(min, floor)), room));
  const source = `${band.source}, eased`;
  return {
    ...band,
    source,
    min: band.min === null ? null : least(band.min),
    max: band.max === null ? null : tenth(band.max * by.max),
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** One sentence for each thing that a plan was let off and makes use of. */
export function easingNotices(
  plan: Plan,
  targets: readonly PersonTargets[],
  library: Pick<Library, 'recipes'>,
): readonly Notice[] {
  const { eased = [], easedBands = missedBands(plan, targets, library) } = plan;
  return [
    ...(eased.includes('running') ? [notice('days_running', {})] : []),
    ...(eased.includes('shares') ? [notice('shares_eased', {})] : []),
    ...(areBandsEased(plan)
      ? easedBands.map(({ personId, nutrient }) => {
          const person = targets.find((one) => one.personId === personId)!;
          const band = person.bands.find((one) => one.nutrient === nutrient)!;
          const { min, max } = wider(band, person);
          return notice('bands_eased', { nutrient, min, usualMin: band.min, max, usualMax: band.max }, personId);
        })
      : []),
    ...(eased.includes('portions') ? [notice('portions_eased', {})] : []),
  ];
}
