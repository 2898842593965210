import { randomOf } from '../src/common/random.js';
import type { Diet } from '../src/vocabulary/diet-names.js';
import type { Nutrient } from '../src/modules/nutrition/nutrients.js';
import { ACTIVITIES, GOALS, type Person, type PlanRequest } from '../src/modules/planning/solver/plan.js';

/**
 * Households as they come, by number: the same number is the same household for ever. One to four people, children among them, at all
 * levels of activity; a third keeps a diet, a third avoids allergens, a third has a budget of $9 to $18 a person and day.
 */
export function householdOf(number: number): PlanRequest {
  const random = randomOf(0x5eed + number * 31);
  const oneOf = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const within = (from: number, to: number) => Math.round(from + random() * (to - from));
  const some = <T>(all: readonly T[], share: number): T[] => all.filter(() => random() < share);
  const people = Array.from({ length: oneOf([1, 1, 1, 2, 2, 3, 4]) }, (_, index) => personOf(`p${index + 1}`, index));
  const days = oneOf([7, 7, 7, 3, 14]);
  const mealsPerDay = oneOf([3, 3, 3, 4, 4, 5, 2, 6]);
  return {
    startsOn: '2026-03-02',
    days,
    mealsPerDay,
    people,
    diets: random() < 0.35 ? [oneOf(DIETS)] : [],
    allergens: random() < 0.3 ? some(ALLERGEN_WORDS, 0.08) : [],
    dislikes: some(DISLIKES, 0.1),
    pantry: some(PANTRY, 0.2).map((food) => ({
      food,
      grams: within(100, 1500),
    })),
    budgetCents: random() < 0.3 ? within(900, 1800) * days * people.length : null,
    maxMinutes: random() < 0.3 ? oneOf([20, 30, 45]) : null,
    micronutrients: random() < 0.25 ? some(MICRONUTRIENTS, 0.3) : [],
    maxRepeats: random() < 0.1 ? oneOf([1, 3]) : null,
    unavailableFoods: some(DISLIKES, 0.05),
    seed: number,
  };

  function personOf(id: string, index: number): Person {
    const isChild = index > 1;
    const sex = oneOf(['female', 'male'] as const);
    const ageYears = isChild ? within(5, 17) : within(19, 80);
    const adultCm = sex === 'male' ? within(165, 192) : within(152, 178);
    const heightCm = isChild ? Math.min(adultCm, 84 + 6 * ageYears) : adultCm;
    const bmi = isChild ? within(14, 20) : within(19, 33);
    return {
      id,
      ageYears,
      sex,
      heightCm,
      weightKg: Math.round(bmi * (heightCm / 100) ** 2),
      activity: oneOf(ACTIVITIES),
      goal: oneOf(GOALS),
      expecting: null,
      targets: random() < 0.2 ? { protein_g: { target: within(80, 170) } } : {},
    };
  }
}

/** The allergens and what people call them, with those that hide: almond milk is a tree nut, oats count as gluten. */
const ALLERGENS = 'milk egg gluten tree_nut peanut soy fish shellfish sesame mustard celery sulphite'.split(' ');
export const ALLERGEN_WORDS = [...ALLERGENS, 'Tree nuts', 'dairy-free', 'almonds', 'oats', 'coconut', 'seafood'];
const DIETS: readonly Diet[] = [
  'vegetarian',
  'vegan',
  'pescatarian',
  'gluten_free',
  'dairy_free',
  'nut_free',
  'no_pork',
];
const DISLIKES = ['mushroom', 'cilantro', 'salmon', 'eggplant', 'olives', 'tofu', 'beef', 'curry'];
const PANTRY = ['white rice', 'lentils', 'olive oil', 'canned tomatoes', 'spaghetti', 'rolled oats'];
const MICRONUTRIENTS: readonly Nutrient[] = [
  'iron_mg',
  'calcium_mg',
  'vitamin_c_mg',
  'potassium_mg',
  'saturated_fat_g',
];
