import { intakeFor, type Intake } from '../../nutrition/intakes.js';
import type { Library } from '../../nutrition/library.js';
import { labelOf, type Nutrient } from '../../nutrition/nutrients.js';
import { amountIn, unknownFoodsIn } from '../solver/proof/bands.js';
import type { Notice, Person, Plan, PlanRequest } from '../solver/plan.js';
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

const IODINE: Notice = {
  code: 'nutrient_unknown',
  personId: null,
  sentence:
    'Iodine is not measured in our foods, so nobody knows whether the plan has enough: iodised salt, fish and dairy are its usual sources.',
};

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
  const told = `Protein comes to ${Math.round(grams)} g a day, ${Math.round(perKg * 10) / 10} g per kg of body weight`;
  const whom = { pregnant: ' in pregnancy', lactating: ' while breast-feeding' };
  const recommended = `${proteinPerKg(person).recommended} g is recommended${expecting === null ? '' : whom[expecting]} (RDA, IOM 2005)`;
  const sentence = `${told}, where ${recommended}: whoever has a disease of the kidneys should ask a professional first.`;
  return [{ code: 'protein_high', personId: id, sentence }];
}

const isHeld = (nutrient: Nutrient, { targets }: Person, micronutrients: readonly Nutrient[]): boolean =>
  micronutrients.includes(nutrient) || targets[nutrient] !== undefined;

function shareOf(intake: Intake | null, nutrient: Nutrient, amount: number): number | null {
  const reference = intake?.daily[nutrient];
  return reference === undefined || reference === 0 ? null : amount / reference;
}

function lowIn(personId: string, nutrient: Nutrient, share: number, isLeast: boolean): Notice {
  const percent = Math.round(share * 100);
  const label = labelOf(nutrient);
  const what = `${label.charAt(0).toUpperCase()}${label.slice(1)} comes to ${isLeast ? 'at least ' : ''}${percent} % of the reference a day`;
  const answer =
    share < HARDLY && SUPPLEMENTED.has(nutrient)
      ? `${share < NONE ? 'it is not in these foods' : 'these foods have little of it'}, and a supplement or fortified food is the usual answer`
      : `ask for it among "micronutrients" to have it held`;
  const isUnmeasured = isLeast && share < NONE;
  const sentence = isUnmeasured
    ? `${label.charAt(0).toUpperCase()}${label.slice(1)} was not measured in some of these foods, and the others have none: ask for foods in which it is known, or take a supplement.`
    : `${what}: ${answer}.`;
  return { code: 'nutrient_low', personId, sentence };
}
