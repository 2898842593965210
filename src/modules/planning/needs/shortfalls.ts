import { intakeFor, type Intake } from '../../nutrition/intakes.js';
import type { Library } from '../../nutrition/library.js';
import type { Nutrient } from '../../nutrition/nutrients.js';
import { notice } from '../solver/notices.js';
import { amountIn, unknownFoodsIn } from '../solver/proof/bands.js';
import type { Person, Plan, PlanRequest, Notice } from '../solver/plan.js';
import { ADULT_AGE, proteinPerKg, referenceKg } from './energy.js';
import { lifeStageOf } from './targets.js';

/** Nutrients that many people lack, told where the plan does not hold them; the reference is the RDA, or the AI where there is none. */
const WATCHED: readonly Nutrient[] = [
  'vitamin_b12_ug',
  'vitamin_d_ug',
  'calcium_mg',
  'iron_mg',
  'folate_dfe_ug',
  'zinc_mg',
];
/** Under this share of the reference, as a mean over the days, it is told. */
const ENOUGH = 0.7;
/** Under this share the foods hardly have it at all, and a supplement is the usual answer. */
const HARDLY = 0.35;
const NONE = 0.05;
const SUPPLEMENTED: ReadonlySet<Nutrient> = new Set(['vitamin_b12_ug', 'vitamin_d_ug']);

const IODINE: Notice = notice('iodine_unknown', {});

/**
 * Twice and a half of what grown people are recommended, per kg of body weight: more is of no use to most, and nothing for who has sick
 * kidneys (EFSA, "Dietary reference values for protein", 2012: twice the reference is safe for healthy adults).
 */
const MUCH_PROTEIN_PER_KG = 2;

/** What a plan gives too little of that nobody asked to hold, by person, or very much of; and what cannot be told. Pure. */
export function shortfallsOf(
  { days }: Pick<Plan, 'days'>,
  { people, micronutrients }: Pick<PlanRequest, 'people' | 'micronutrients'>,
  { recipes, intakes }: Pick<Library, 'recipes' | 'intakes'>,
): readonly Notice[] {
  if (days.length === 0) return [];
  const notices = people.flatMap((person): Notice[] => {
    const intake = intakeFor(intakes, lifeStageOf(person), person.ageYears);
    const eaten = days.flatMap(({ meals }) =>
      meals.flatMap(({ recipeId, portions }) => {
        const recipe = recipes.get(recipeId);
        const servings = portions.find(({ personId }) => personId === person.id)?.servings ?? 0;
        return recipe ? [{ recipe, servings }] : [];
      }),
    );
    const protein = muchProtein(person, amountIn(eaten, 'protein_g') / days.length);
    const low = WATCHED.filter((nutrient) => !isHeld(nutrient, person, micronutrients)).flatMap((nutrient) => {
      const share = shareOf(intake, nutrient, amountIn(eaten, nutrient) / days.length);
      const isLeast = unknownFoodsIn(eaten, nutrient).length > 0;
      return share === null || share >= ENOUGH ? [] : [lowIn(person.id, nutrient, share, isLeast)];
    });
    return [...protein, ...low];
  });
  return [...notices, IODINE];
}

function muchProtein(person: Person, grams: number): Notice[] {
  const { id, ageYears, expecting } = person;
  const perKg = grams / referenceKg(person);
  if (ageYears < ADULT_AGE || perKg <= MUCH_PROTEIN_PER_KG) return [];
  const told = {
    grams: Math.round(grams),
    perKg: Math.round(perKg * 10) / 10,
    recommendedPerKg: proteinPerKg(person).recommended,
    expecting,
  };
  return [notice('protein_high', told, id)];
}

const isHeld = (nutrient: Nutrient, { targets }: Person, micronutrients: readonly Nutrient[]): boolean =>
  micronutrients.includes(nutrient) || targets[nutrient] !== undefined;

function shareOf(intake: Intake | null, nutrient: Nutrient, amount: number): number | null {
  const reference = intake?.daily[nutrient];
  return reference === undefined || reference === 0 ? null : amount / reference;
}

function lowIn(personId: string, nutrient: Nutrient, share: number, isLeast: boolean): Notice {
  const isSupplemented = share < HARDLY && SUPPLEMENTED.has(nutrient);
  const answer = isLeast && share < NONE ? 'unmeasured' : !isSupplemented ? 'hold' : share < NONE ? 'none' : 'little';
  return notice('nutrient_low', { nutrient, percent: Math.round(share * 100), isLeast, answer }, personId);
}
