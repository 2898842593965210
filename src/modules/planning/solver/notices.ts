import { plainMoney, type Currency } from '../../../common/money.js';
import { labelOf, unitOf, type Nutrient } from '../../nutrition/nutrients.js';
import { amountText } from './clashes/words.js';
import type { Facts, Notice, NoticeCode, Saying } from './plan.js';

type Expecting = 'pregnant' | 'lactating';

const says = <F extends Facts>(code: NoticeCode, sentence: (facts: F) => string) => ({ code, sentence });
const always = (code: NoticeCode, sentence: string) => says<Record<never, never>>(code, () => sentence);

/** Every sentence that a plan says of itself, each under a name of its own; several may be of one code. */
const SENTENCES = {
  goal_expecting: says('goal_adjusted', ({ expecting }: { expecting: Expecting }) =>
    keptWeight(`we plan no change of weight for ${expecting} people`),
  ),
  goal_growing: always('goal_adjusted', keptWeight('we plan no change of weight for people who still grow')),
  goal_light: always('goal_adjusted', keptWeight('the weight is already low for the height')),
  energy_raised: says(
    'energy_adjusted',
    ({ kcal }: { kcal: number }) => `Energy was raised to ${count(kcal)} kcal: we plan no less than that.`,
  ),
  energy_cut: says(
    'energy_adjusted',
    ({ kcal }: { kcal: number }) => `Energy was cut to ${count(kcal)} kcal: we plan no more.`,
  ),
  no_reference: says(
    'targets_adjusted',
    ({ nutrient }: { nutrient: Nutrient }) =>
      `There is no reference intake for ${labelOf(nutrient)}, so it is not held.`,
  ),
  shares_open: always(
    'targets_adjusted',
    'A stated macronutrient is outside its usual share of energy, so the shares of the others are left open.',
  ),
  allergen_unused: says(
    'unknown_food',
    ({ word }: { word: string }) => `"${word}" is in none of the foods we plan with.`,
  ),
  dislike_unused: says(
    'unknown_food',
    // A misspelt food would be served to whoever does not like it.
    ({ word, like }: { word: string; like: string | null }) =>
      `"${word}" is in none of our recipes.${like === null ? '' : ` Did you mean "${like}"?`}`,
  ),
  pantry_unknown: says(
    'unknown_food',
    ({ word }: { word: string }) => `"${word}" in the pantry is none of the foods we know, so it is not planned with.`,
  ),
  dislike_read: says('dislike_read', dislikeRead),
  left_out: always(
    'left_out',
    'Children under 4 years are not planned for: they need other food in other portions. All figures are for the others at the table.',
  ),
  caution_pregnancy: always(
    'cautions',
    'In pregnancy no dish may have raw or smoked fish, raw egg, deli meat, high-mercury fish, what is not pasteurised, or alcohol.',
  ),
  caution_choking: always(
    'cautions',
    'Children under 5 years choke easily: no dish may have whole nuts, whole grapes or the like.',
  ),
  label_halal: always(
    'labels',
    'Halal: pork, alcohol and gelatine are left out; how meat was slaughtered no recipe tells. Buy meat, poultry and broth that are certified halal.',
  ),
  label_kosher: always(
    'labels',
    'Kosher: pork, shellfish and meat with milk are left out; no recipe tells how meat was slaughtered. Buy meat, cheese, wine and mixtures with a certificate.',
  ),
  label_gluten: always(
    'labels',
    'Gluten: foods that hold none by nature may be milled or packed beside wheat. Buy what is labelled gluten-free, above all broth, sauces, spices, flour and oats.',
  ),
  label_fodmap: always(
    'labels',
    'Low FODMAP: foods are chosen by kind, not by how much is eaten of them; a dietitian should see the portions.',
  ),
  label_traces: says(
    'labels',
    ({ names }: { names: readonly string[]; substances: readonly string[] }) =>
      `Traces are not judged: for an allergy to ${names.join(', ')} read each pack for what it is made of and for "may contain".`,
  ),
  budget_least: says('budget_least', budgetLeast),
  budget_kept: says(
    'budget_kept',
    ({
      totalCents,
      keptCents,
      countedCents,
      budgetCents,
      currency,
    }: {
      totalCents: number;
      keptCents: number;
      countedCents: number;
      budgetCents: number;
      currency: Currency;
    }) => {
      const money = moneyOf(currency);
      return `The list costs ${money(totalCents)}; ${money(keptCents)} of it is left over and keeps, so ${money(countedCents)} count against the budget of ${money(budgetCents)}.`;
    },
  ),
  protein_high: says('protein_high', proteinHigh),
  nutrient_low: says('nutrient_low', nutrientLow),
  iodine_unknown: always(
    'nutrient_unknown',
    'Iodine is not measured in our foods, so nobody knows whether the plan has enough: iodised salt, fish and dairy are its usual sources.',
  ),
  meals_borrowed: says(
    'meals_borrowed',
    ({ count: left, slot, isRested, from }: { count: number; slot: string; isRested: boolean; from: string }) => {
      const what = ['No recipe is', 'Only one recipe is'][left] ?? `Only ${left} recipes are`;
      return `${what} left for the ${slot.replace('_', ' ')}${isRested ? ' without a night to rest' : ''}, so it takes those for ${from} too.`;
    },
  ),
  repeats_raised: says(
    'repeats_raised',
    ({ usual, times }: { usual: number; times: number }) =>
      `Too few recipes fit to have none more than ${usual} times a week: some come up to ${times} times.`,
  ),
  days_running: always(
    'days_running',
    'Too few recipes fit to have none on two days running: some come again the next day.',
  ),
  shares_eased: always(
    'shares_eased',
    'Some main meals are a larger or smaller part of the day than usual: nothing else fits.',
  ),
  bands_eased: says('bands_eased', bandEased),
  portions_eased: always(
    'portions_eased',
    'Some portions are under half or over 170 % of the usual serving: nothing else fits.',
  ),
  supplement_usual: says(
    'supplement_usual',
    ({ nutrient }: { nutrient: Nutrient }) =>
      `There is not enough ${labelOf(nutrient)} in these foods: a supplement is the usual answer. Plan without it and ask a professional.`,
  ),
  cut_short: always(
    'cut_short',
    'There was no time to look any longer, so this is the best so far: the same request may find more another time.',
  ),
  staples_at_home: says(
    'staples_at_home',
    ({ foods }: { foods: readonly string[] }) => `Taken to be at home, and not on the list: ${foods.join(', ')}.`,
  ),
  rests_overnight: says(
    'rests_overnight',
    ({ title }: { title: string }) =>
      `${title} rests overnight, and the plan starts today: swap it, or begin a day later.`,
  ),
} satisfies Record<Saying, unknown>;
type FactsOf<S extends Saying> = Parameters<(typeof SENTENCES)[S]['sentence']>[0];

/** What is said, of one person where it is of one. */
export function notice<S extends Saying>(saying: S, facts: FactsOf<S>, personId: string | null = null): Notice {
  const { code, sentence } = SENTENCES[saying];
  return { code, personId, sentence: (sentence as (facts: FactsOf<S>) => string)(facts), saying, facts };
}

function keptWeight(why: string): string {
  return `The goal was changed to keeping the weight: ${why}.`;
}

/** `foods`: the first of `count`; `isTitled`: dishes of that name, too. */
function dislikeRead(told: { word: string; foods: readonly string[]; count: number; isTitled: boolean }): string {
  const { word, foods, count: all, isTitled } = told;
  const more = all > foods.length ? ` and ${all - foods.length} more` : '';
  const what = all > 0 ? `${foods.join(', ')}${more}` : `dishes of that name`;
  return `"${word}" was read as ${what}${all > 0 && isTitled ? ', and dishes of that name' : ''}: no meal may have it.`;
}

/** `isOnlyTooDear`: it misses the budget alone. Of its money, what is for staples and for leftovers that keep; null where that is not worth saying. */
function budgetLeast(told: {
  costCents: number;
  isOnlyTooDear: boolean;
  staplesCents: number | null;
  leftoversCents: number | null;
  currency: Currency;
}): string {
  const money = moneyOf(told.currency);
  const { costCents, staplesCents, leftoversCents } = told;
  const least = told.isOnlyTooDear
    ? `The least that was found to work costs ${money(costCents)} in whole packs`
    : `The nearest plan that was found misses other targets, too, and costs ${money(costCents)} in whole packs`;
  const hints = [
    ...(staplesCents === null
      ? []
      : [
          `${money(staplesCents)} of it is for salt, oil, spices and flour, and "pantryStaples": true takes them to be at home`,
        ]),
    ...(leftoversCents === null
      ? []
      : [`${money(leftoversCents)} of it is for leftovers that keep, and "countLeftovers": true takes them off`]),
  ];
  return `${[`${least}; nobody has shown that there is none cheaper`, ...hints].join('. ')}.`;
}

function proteinHigh(told: {
  grams: number;
  perKg: number;
  recommendedPerKg: number;
  expecting: Expecting | null;
}): string {
  const whom = { pregnant: ' in pregnancy', lactating: ' while breast-feeding' };
  const recommended = `${told.recommendedPerKg} g is recommended${told.expecting === null ? '' : whom[told.expecting]} (RDA, IOM 2005)`;
  return `Protein comes to ${told.grams} g a day, ${told.perKg} g per kg of body weight, where ${recommended}: whoever has a disease of the kidneys should ask a professional first.`;
}

/** `answer`: what is usual then; `unmeasured` says that nobody knows, `none` and `little` that a supplement is. */
function nutrientLow(told: {
  nutrient: Nutrient;
  percent: number;
  isLeast: boolean;
  answer: 'unmeasured' | 'none' | 'little' | 'hold';
}): string {
  const label = labelOf(told.nutrient);
  const name = `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
  if (told.answer === 'unmeasured')
    return `${name} was not measured in some of these foods, and the others have none: ask for foods in which it is known, or take a supplement.`;
  const answers = {
    none: 'it is not in these foods, and a supplement or fortified food is the usual answer',
    little: 'these foods have little of it, and a supplement or fortified food is the usual answer',
    hold: 'ask for it among "micronutrients" to have it held',
  };
  return `${name} comes to ${told.isLeast ? 'at least ' : ''}${told.percent} % of the reference a day: ${answers[told.answer]}.`;
}

/** Of a day; an end that is open, or was not eased, is null. */
function bandEased(told: {
  nutrient: Nutrient;
  min: number | null;
  usualMin: number | null;
  max: number | null;
  usualMax: number | null;
}): string {
  const { nutrient, min, usualMin, max, usualMax } = told;
  const unit = unitOf(nutrient);
  const ends = [
    ...(usualMin === null || min === null
      ? []
      : [`at least ${amountText(min)} instead of ${amountText(usualMin)} ${unit}`]),
    ...(usualMax === null || max === null
      ? []
      : [`at most ${amountText(max)} instead of ${amountText(usualMax)} ${unit}`]),
  ];
  return `Nobody stated ${labelOf(nutrient)}, and with the guide nothing fits: it is held to ${ends.join(' and ')}.`;
}

const moneyOf = (currency: Currency) => (cents: number) => plainMoney(cents, currency);
const count = (value: number): string => Math.round(value).toLocaleString('en-US');
