import type { Diet } from '../../../vocabulary/diet-names.js';
import { avoidedBy } from '../../../vocabulary/allergens.js';
import { dietNamed } from '../../../vocabulary/diets.js';
import { isBelow, substance } from '../../../vocabulary/substances.js';
import type { Caution, Recipe } from '../../nutrition/recipes.js';
import { notice } from '../solver/notices.js';
import type { Person, PlanRequest, Notice } from '../solver/plan.js';

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

/** What is wrong with a dish in a word, and of which foods that is usual. */
const REASONS: Readonly<Record<Caution | 'alcohol', { why: string; foods: RegExp }>> = {
  pregnancy: { why: 'it is not for pregnancy', foods: /(?!)/ },
  raw_egg: { why: 'raw egg', foods: /\begg\b|mayonnaise/ },
  raw_fish: { why: 'raw or smoked fish', foods: /salmon|tuna|cod|tilapia|shrimp|mussels|fish/ },
  deli_meat: { why: 'deli meat', foods: /^ham$|turkey breast|salami|deli/ },
  high_mercury: { why: 'fish with much mercury', foods: /tuna|swordfish|mackerel/ },
  unpasteurised: { why: 'what is not pasteurised', foods: /cheese|milk|cider/ },
  alcohol: { why: 'alcohol', foods: /wine|beer|sherry|rum|vodka/ },
  under5_choking: {
    why: 'children under 5 years choke on it',
    foods:
      /^(almonds|walnuts|pecans|cashews|peanuts|pistachios|grapes|cherry tomato|black olives|blueberries|raisins|carrot|celery|apple|italian sausage|feta cheese|frozen corn)$/,
  },
};

/** For whom a dish is nothing, each with the food and the reason; empty when it is for everybody. */
export function cautionsIn(
  { people, leftOut = [] }: Pick<PlanRequest, 'people' | 'leftOut'>,
  { cautions, perServing, ingredients }: Recipe,
): { personId: string; why: string }[] {
  const told = (kinds: readonly (Caution | 'alcohol')[]) =>
    kinds.map((kind) => {
      const names = ingredients.map(({ food }) => food.name).filter((name) => REASONS[kind].foods.test(name));
      return `${REASONS[kind].why}${names.length === 0 ? '' : ` (${names.join(', ')})`}`;
    });
  const alcohol = perServing.alcohol_g.amount > MOST_ALCOHOL_G ? (['alcohol'] as const) : [];
  const inPregnancy = told([...IN_PREGNANCY.filter((one) => cautions.includes(one)), ...alcohol]);
  const underFive = told(UNDER_FIVE.filter((one) => cautions.includes(one)));
  return [
    ...people.filter(isPregnant).flatMap(({ id }) => inPregnancy.map((why) => ({ personId: id, why }))),
    ...[...people, ...leftOut]
      .filter(({ ageYears }) => ageYears < CHOKING_UNDER_YEARS)
      .flatMap(({ id }) => underFive.map((why) => ({ personId: id, why }))),
  ];
}

/** What foods alone tell, of a dish that nobody has judged: how it is cooked or cut is not known. */
export function cautionsOfFoods(names: readonly string[]): Caution[] {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  return [
    ...(has(CHOKES_WHOLE) ? (['under5_choking'] as const) : []),
    ...(has(/^ham$/) ? (['deli_meat'] as const) : []),
  ];
}
const CHOKES_WHOLE = /^(almonds|walnuts|pecans|cashews|peanuts|pistachios|grapes|cherry tomato|italian sausage)$/;

export const cautionNotices = ({ people, leftOut = [] }: Pick<PlanRequest, 'people' | 'leftOut'>): Notice[] => [
  ...leftOut.map(({ id }) => notice('left_out', {}, id)),
  ...people.filter(isPregnant).map(({ id }) => notice('caution_pregnancy', {}, id)),
  ...[...people, ...leftOut]
    .filter(({ ageYears }) => ageYears < CHOKING_UNDER_YEARS)
    .map(({ id }) => notice('caution_choking', {}, id)),
];

/** What no recipe can tell and a shopper must look for on packs; the figures of foods know nothing of slaughter or traces. */
const UNSEEN: Partial<Readonly<Record<Diet, LabelSaying>>> = {
  halal: 'label_halal',
  kosher: 'label_kosher',
  gluten_free: 'label_gluten',
  low_fodmap: 'label_fodmap',
};
type LabelSaying = 'label_halal' | 'label_kosher' | 'label_gluten' | 'label_fodmap';
/** Diets of health that avoid what an allergy does, by the substance. */
const OF_HEALTH: Partial<Readonly<Record<Diet, readonly string[]>>> = {
  dairy_free: ['milk'],
  egg_free: ['egg'],
  nut_free: ['tree_nut', 'peanut'],
};
const GLUTEN = 'gluten';

/** Labels to read for a diet or an allergy, each said once. Pure. */
export function labelNotices({ diets, allergens }: Pick<PlanRequest, 'diets' | 'allergens'>): Notice[] {
  const read = diets.flatMap((word) => dietNamed(word) ?? []);
  const avoided = [
    ...read.flatMap((diet) => OF_HEALTH[diet] ?? []),
    ...allergens.flatMap((word) => {
      const ids = avoidedBy(word);
      return ids.ok ? ids.ids : [];
    }),
  ];
  const isOfGluten = (id: string) => id === GLUTEN || isBelow(id, GLUTEN);
  const sayings = new Set(read.flatMap((diet) => UNSEEN[diet] ?? []));
  if (avoided.some(isOfGluten)) sayings.add('label_gluten');
  const isAllergy = (id: string) => !isOfGluten(id) && substance(id).kind !== 'kind';
  const substances = [...new Set(avoided.filter(isAllergy))];
  const names = substances.map((id) => plainName(substance(id).english));
  return [
    ...[...sayings].map((saying) => notice(saying, {})),
    ...(names.length > 0 ? [notice('label_traces', { names, substances })] : []),
  ];
}

/** "Nightshades (tomato", as the table has it. */
const plainName = (english: string): string => english.replace(/ \(.*$/, '').toLowerCase();
