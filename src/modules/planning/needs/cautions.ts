import type { Caution, Recipe } from '../../nutrition/recipes.js';
import type { Notice, Person, PlanRequest } from '../solver/plan.js';

/**
 * What those who eat along must not have, beside what they say themselves. In pregnancy: raw or smoked fish, raw egg, deli meat,
 * high-mercury fish, what is not pasteurised, alcohol (FDA/EPA "Advice about Eating Fish"; CDC, "Safer Food Choices for Pregnant People").
 * Under five years: what chokes (CDC, "Choking Hazards"): whole nuts and grapes, cherry tomatoes, raw hard vegetables, sausage.
 * The household eats the same dishes, so they hold for all.
 */
const IN_PREGNANCY: readonly Caution[] = [
  'pregnancy',
  'raw_egg',
  'raw_fish',
  'deli_meat',
  'high_mercury',
  'unpasteurised',
];
const UNDER_FIVE: readonly Caution[] = ['under5_choking'];
const CHOKING_UNDER_YEARS = 5;
/** Of a serving; the vanilla of a pudding is less. */
const MOST_ALCOHOL_G = 0.5;

export interface Cautions {
  dishes: ReadonlySet<Caution>;
  noAlcohol: boolean;
}

const isPregnant = ({ expecting }: Person): boolean => expecting === 'pregnant';

export function cautionsFor({ people, leftOut = [] }: Pick<PlanRequest, 'people' | 'leftOut'>): Cautions {
  const noAlcohol = people.some(isPregnant);
  const isWithSmall = [...people, ...leftOut].some(({ ageYears }) => ageYears < CHOKING_UNDER_YEARS);
  return { dishes: new Set([...(noAlcohol ? IN_PREGNANCY : []), ...(isWithSmall ? UNDER_FIVE : [])]), noAlcohol };
}

export const isNothingFor = ({ dishes, noAlcohol }: Cautions, { cautions, perServing }: Recipe): boolean =>
  cautions.some((one) => dishes.has(one)) || (noAlcohol && perServing.alcohol_g.amount > MOST_ALCOHOL_G);

export function cautionNotices({ people, leftOut = [] }: Pick<PlanRequest, 'people' | 'leftOut'>): Notice[] {
  const all: Notice[] = leftOut.map(({ id }) => ({
    code: 'left_out',
    personId: id,
    sentence: 'Children under 4 years are not planned for: they need other food. The others are.',
  }));
  for (const { id } of people.filter(isPregnant))
    all.push({
      code: 'cautions',
      personId: id,
      sentence:
        'For the pregnancy the plan leaves out raw and smoked fish, raw egg, deli meat, high-mercury fish, what is not pasteurised, and alcohol.',
    });
  for (const { id, ageYears } of [...people, ...leftOut])
    if (ageYears < CHOKING_UNDER_YEARS)
      all.push({
        code: 'cautions',
        personId: id,
        sentence:
          'For a child under 5 years the plan leaves out dishes with whole nuts, grapes and other food that chokes.',
      });
  return all;
}
