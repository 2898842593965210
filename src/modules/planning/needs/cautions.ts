import type { Diet } from '../../../vocabulary/diet-names.js';
import { avoidedBy } from '../../../vocabulary/allergens.js';
import { dietNamed } from '../../../vocabulary/diets.js';
import { isBelow, substance } from '../../../vocabulary/substances.js';
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

export function cautionNotices({ people, leftOut = [] }: Pick<PlanRequest, 'people' | 'leftOut'>): Notice[] {
  const all: Notice[] = leftOut.map(({ id }) => ({
    code: 'left_out',
    personId: id,
    sentence:
      'Children under 4 years are not planned for: they need other food in other portions. All figures are for the others at the table.',
  }));
  for (const { id } of people.filter(isPregnant))
    all.push({
      code: 'cautions',
      personId: id,
      sentence:
        'In pregnancy no dish may have raw or smoked fish, raw egg, deli meat, high-mercury fish, what is not pasteurised, or alcohol.',
    });
  for (const { id, ageYears } of [...people, ...leftOut])
    if (ageYears < CHOKING_UNDER_YEARS)
      all.push({
        code: 'cautions',
        personId: id,
        sentence: 'Children under 5 years choke easily: no dish may have whole nuts, whole grapes or the like.',
      });
  return all;
}

/** What no recipe can tell and a shopper must look for on packs; the figures of foods know nothing of slaughter or traces. */
const UNSEEN: Partial<Readonly<Record<Diet, string>>> = {
  halal:
    'Halal: pork, alcohol and gelatine are left out; how meat was slaughtered no recipe tells. Buy meat, poultry and broth that are certified halal.',
  kosher:
    'Kosher: pork, shellfish and meat with milk are left out; no recipe tells how meat was slaughtered. Buy meat, cheese, wine and mixtures with a certificate.',
  gluten_free: `Gluten: foods that hold none by nature may be milled or packed beside wheat. Buy what is labelled gluten-free, above all broth, sauces, spices, flour and oats.`,
  low_fodmap:
    'Low FODMAP: foods are chosen by kind, not by how much is eaten of them; a dietitian should see the portions.',
};
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
  const sentences = new Set(read.flatMap((diet) => UNSEEN[diet] ?? []));
  if (avoided.some(isOfGluten)) sentences.add(UNSEEN.gluten_free!);
  const isAllergy = (id: string) => !isOfGluten(id) && substance(id).kind !== 'kind';
  const others = [...new Set(avoided.filter(isAllergy))].map((id) => plainName(substance(id).english));
  if (others.length > 0)
    sentences.add(
      `Traces are not judged: for an allergy to ${others.join(', ')} read each pack for what it is made of and for "may contain".`,
    );
  return [...sentences]
    .filter((sentence) => sentence !== '')
    .map((sentence) => ({ code: 'labels', personId: null, sentence }));
}

/** "Nightshades (tomato", as the table has it. */
const plainName = (english: string): string => english.replace(/ \(.*$/, '').toLowerCase();
