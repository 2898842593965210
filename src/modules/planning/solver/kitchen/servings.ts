import type { Recipe } from '../../../nutrition/recipes.js';
import { ADULT_AGE } from '../../needs/energy.js';
import { kindOf, type Easing, type Person, type PersonTargets, type PlanRequest, type Slot } from '../plan.js';

/** What one person eats of a recipe at one meal, in servings. */
export interface Limits {
  min: number;
  max: number;
  /** Comes in pieces: a whole number of halves. */
  inHalves: boolean;
}

/** A twentieth of a serving is some 20 g, which any cook can measure; a hundredth is for days that hardly fit, and kitchen scales. */
export const STEP = { usual: 0.05, fine: 0.01 } as const;
export type Steps = keyof typeof STEP;
export const HALF = 0.5;

/** Of the usual serving, what somebody is served: as a rule, and where nothing else was found. */
const PORTION_SHARES = { usual: { least: 0.5, most: 1.7 }, eased: { least: 0.25, most: 2.5 } } as const;
/** More than a large plate with a soup, and a large bowl: nobody is served more. */
const MOST_GRAMS = { meal: 1200, snack: 600 } as const;
/**
 * Edible grams of one food that a person is served at a meal and on a day, as a rule and where nothing else was found, however much there
 * is of the dish and however many dishes hold it: of seeds that swell a third more than the ounce or so of a bowl, of eggs four and then five.
 */
const SEEDS = { meal: { usual: 40, eased: 56 }, day: { usual: 56, eased: 70 } } as const;
const MOST_OF_FOOD: ReadonlyMap<string, Readonly<Record<'meal' | 'day', Readonly<Record<How, number>>>>> = new Map([
  ['chia seeds', SEEDS],
  ['flaxseed', SEEDS],
  ['egg', { meal: { usual: 200, eased: 250 }, day: { usual: 250, eased: 300 } }],
]);

/** Servings of a recipe at which one of its foods is as much as anybody is served. */
function mostByFood({ ingredients }: Pick<Recipe, 'ingredients'>, how: How): number {
  return ingredients.reduce((least, { food, gramsPerServing }) => {
    const most = MOST_OF_FOOD.get(food.name)?.meal[how];
    return most === undefined ? least : Math.min(least, most / gramsPerServing);
  }, Infinity);
}

type How = 'usual' | 'eased';
const howOf = (eased: readonly Easing[]): How => (eased.includes('portions') ? 'eased' : 'usual');

/** So much of a food is the most on a day. */
export interface FoodCap {
  food: string;
  mostGrams: number;
}

/** The foods of which several of a day's dishes together might be too much: of one dish its own limits see to that. */
export function mostOfDay(dishes: readonly { recipe: Recipe }[], eased: readonly Easing[]): readonly FoodCap[] {
  return [...MOST_OF_FOOD].flatMap(([food, most]) => {
    const isShared = dishes.filter(({ recipe }) => gramsOfFood(recipe, food) > 0).length > 1;
    return isShared ? [{ food, mostGrams: most.day[howOf(eased)] }] : [];
  });
}

/** The least that each of those who eat is served of a dish, as a share of the most on a day: by food, of those it holds that have one. */
export type LeastShares = ReadonlyMap<string, readonly number[]>;

export function leastSharesOf(recipe: Recipe, limits: readonly Limits[], eased: readonly Easing[]): LeastShares {
  return new Map(
    [...MOST_OF_FOOD].flatMap(([food, most]) => {
      const grams = gramsOfFood(recipe, food);
      return grams > 0 ? [[food, limits.map(({ min }) => (min * grams) / most.day[howOf(eased)])] as const] : [];
    }),
  );
}

/** Whether dishes together hold too much of a food for somebody even where each is served as little of as may be. */
export function areTooMuchOfOne(dishes: readonly { leastShares: LeastShares }[]): boolean {
  // Asked for every day that a search looks at; hardly any has two such dishes.
  const some = dishes.filter(({ leastShares }) => leastShares.size > 0);
  if (some.length < 2) return false;
  return [...MOST_OF_FOOD.keys()].some((food) => {
    const shares = some.flatMap(({ leastShares }) => (leastShares.has(food) ? [leastShares.get(food)!] : []));
    return shares.length > 1 && shares[0]!.some((_, who) => shares.reduce((sum, one) => sum + one[who]!, 0) > 1 + HAIR);
  });
}
/** What binary fractions may lose. */
const HAIR = 1e-9;

/** In a serving, edible. */
export const gramsOfFood = ({ ingredients }: Pick<Recipe, 'ingredients'>, name: string): number =>
  ingredients.reduce((sum, { food, gramsPerServing }) => (food.name === name ? sum + gramsPerServing : sum), 0);

/** A recipe's own serving is the usual one up to so much energy a day; who needs more eats more of everything. */
const LARGE_EATER_KCAL = 2400;
/** Days of two meals have larger ones. */
const TWO_MEALS = 0.7;
/** Who is not grown up and eats less than this gets less of everything. */
const GROWN_KCAL = 2000;

/** Of a day's energy, what a main meal may be: as a rule, and where nothing else was found. By the number of meals, the others' is the last. */
const LEAST_OF_DAY = { usual: 0.1, eased: 0.05 } as const;
const MOST_OF_DAY = { usual: { 2: 0.65, 3: 0.55, more: 0.5 }, eased: { 2: 0.8, 3: 0.7, more: 0.6 } } as const;

/** A good plate and a bowl. More is eaten where it must be, and is a reason against a dish. */
const PLATE_GRAMS = { meal: 650, snack: 300 } as const;

/** How far so many servings go beyond a plate, as a share of it; 0 for what is not too much. */
export function beyondPlate({ gramsPerServing }: Recipe, slot: Slot, servings: number): number {
  const plate = kindOf(slot) === 'snack' ? PLATE_GRAMS.snack : PLATE_GRAMS.meal;
  return Math.max(0, (servings * gramsPerServing) / plate - 1);
}

/** How far so many servings are from what is usual, as a share of its nearer end; 0 within. */
export function beyondUsual(servings: number, usual: Limits | null): number {
  if (usual === null) return 0;
  return Math.max(0, servings / usual.max - 1, usual.min / servings - 1);
}

export const stepOf = ({ inHalves }: Pick<Limits, 'inHalves'>, steps: Steps): number => (inHalves ? HALF : STEP[steps]);

/** Who eats, as far as portions go. `energyKcal` is what the day aims at. */
export type Hungry = Pick<Person, 'ageYears'> & Pick<PersonTargets, 'energyKcal'>;

/** The people of a request beside their targets, in the same order. */
export function hungryOf<T extends PersonTargets>({ people }: Pick<PlanRequest, 'people'>, targets: readonly T[]) {
  return targets.map((one) => ({ ...one, ageYears: people.find(({ id }) => id === one.personId)!.ageYears }));
}

/** A person's usual serving, as a share of the recipe's own. */
export function appetiteOf({ ageYears, energyKcal }: Hungry, mealsPerDay: number): number {
  const large = LARGE_EATER_KCAL * (mealsPerDay === 2 ? TWO_MEALS : 1);
  if (energyKcal > large) return energyKcal / large;
  return ageYears < ADULT_AGE ? Math.min(1, energyKcal / GROWN_KCAL) : 1;
}

/** The least and the most of a recipe that a person is served at a meal, in servings; whatever share of the day it is. */
export function portionsOf(
  recipe: Recipe,
  slot: Slot,
  who: Hungry,
  { mealsPerDay, portions }: Pick<PlanRequest, 'mealsPerDay' | 'portions'>,
  eased: readonly Easing[],
): Limits {
  const { gramsPerServing, inHalves } = recipe;
  const how = howOf(eased);
  const shares = PORTION_SHARES[how];
  const appetite = appetiteOf(who, mealsPerDay);
  const grams = kindOf(slot) === 'snack' ? MOST_GRAMS.snack : MOST_GRAMS.meal;
  // A small appetite is no reason to serve less than half a recipe's serving.
  const min = (portions?.least ?? shares.least) * Math.max(1, appetite);
  const max = Math.min((portions?.most ?? shares.most) * appetite, grams / gramsPerServing, mostByFood(recipe, how));
  return onSteps({ min, max, inHalves });
}

/** The shares of a day's energy that a main meal may be. */
export function sharesOfDay(mealsPerDay: number, eased: readonly Easing[]): { least: number; most: number } {
  const how = eased.includes('shares') ? 'eased' : 'usual';
  const most = MOST_OF_DAY[how];
  return { least: LEAST_OF_DAY[how], most: mealsPerDay === 2 ? most[2] : mealsPerDay === 3 ? most[3] : most.more };
}

/**
 * What a person may be served of a recipe at a meal: a usual portion, and no unusual share of the day, whatever energy the day has within
 * its band. Null when no such portion is on the steps.
 */
export function limitsOf(
  recipe: Recipe,
  slot: Slot,
  who: Hungry & Pick<PersonTargets, 'bands'>,
  request: Pick<PlanRequest, 'mealsPerDay' | 'portions'>,
  eased: readonly Easing[],
): Limits | null {
  const usual = portionsOf(recipe, slot, who, request, eased);
  if (kindOf(slot) === 'snack') return usual.max < usual.min ? null : usual;
  const { least, most } = sharesOfDay(request.mealsPerDay, eased);
  const energy = who.bands.find(({ nutrient }) => nutrient === 'kcal');
  const kcal = Math.max(1, recipe.perServing.kcal.amount);
  const atLeast = (least * (energy?.max ?? who.energyKcal * OPEN_END)) / kcal;
  const atMost = (most * (energy?.min ?? who.energyKcal)) / kcal;
  const { inHalves } = usual;
  const limits = onSteps({ min: Math.max(usual.min, atLeast), max: Math.min(usual.max, atMost), inHalves });
  return limits.max < limits.min ? null : limits;
}
/** Days whose energy has no upper end stay under this. */
const OPEN_END = 1.3;

/** The ends moved inwards to the finest steps. */
function onSteps({ min, max, inHalves }: Limits): Limits {
  const step = stepOf({ inHalves }, 'fine');
  return {
    min: tidy(Math.ceil(min / step - 1e-9) * step),
    max: tidy(Math.floor(max / step + 1e-9) * step),
    inHalves,
  };
}

/** The nearest number of servings within the limits. */
export function toStep(servings: number, limits: Limits, steps: Steps): number {
  const step = stepOf(limits, steps);
  return tidy(Math.min(limits.max, Math.max(limits.min, Math.round(servings / step) * step)));
}

/** Without the dust of binary fractions: 0.15000000000000002 is 0.15. */
const tidy = (servings: number): number => Math.round(servings * 100) / 100;

export const isPortion = (servings: number, limits: Limits): boolean => toStep(servings, limits, 'fine') === servings;

/** How the day's energy is usually spread, for days of two to six meals. */
const ENERGY_SHARES: Readonly<Record<number, readonly number[]>> = {
  2: [0.45, 0.55],
  3: [0.25, 0.35, 0.4],
  4: [0.25, 0.3, 0.1, 0.35],
  5: [0.2, 0.1, 0.3, 0.1, 0.3],
  6: [0.2, 0.1, 0.25, 0.1, 0.25, 0.1],
};
export const energySharesOf = (mealsPerDay: number): readonly number[] => ENERGY_SHARES[mealsPerDay]!;
