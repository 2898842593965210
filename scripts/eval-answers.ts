import { shippedLibrary } from '../src/modules/nutrition/library.js';
import { shortlistOf } from '../src/modules/planning/needs/shortlist.js';
import { appetiteOf, hungryOf } from '../src/modules/planning/solver/kitchen/servings.js';
import type { Plan, PlanOutcome, PlanRequest } from '../src/modules/planning/solver/plan.js';
import { priced } from '../src/modules/planning/solver/shopping/packs.js';
import { shoppingListOf } from '../src/modules/planning/solver/shopping/shopping-list.js';
import { swapMeal } from '../src/modules/planning/solver/swap-meal.js';

/** Whether plans are what a person would eat and buy: figures of `npm run eval:plans` beside whether their numbers are right. */
const library = shippedLibrary();

export type Planned = Extract<PlanOutcome, { kind: 'planned' }>;
type Asked = { request: PlanRequest } & Planned;
export interface Swaps {
  asked: number;
  made: number;
  shareThatKeepsTheRest: number;
  /** Of the processor. */
  cpuSecondsP95: number;
  cpuSecondsMax: number;
}

export function eatenBy(planned: readonly Asked[]) {
  const portions = planned.flatMap(({ request, plan }) => {
    const who = new Map(hungryOf(request, shortlistOf(request, library).targets).map((one) => [one.personId, one]));
    return plan.days.flatMap(({ meals }) =>
      meals.flatMap(({ portions: all }) =>
        all.map(({ personId, servings }) => ({
          servings,
          appetite: appetiteOf(who.get(personId)!, request.mealsPerDay),
        })),
      ),
    );
  });
  const isUnusual = (share: number) => share < LEAST_SHARE - 1e-9 || share > MOST_SHARE + 1e-9;
  const weeks = planned.flatMap(({ plan }) => weeksOf(plan));
  const days = planned.flatMap(({ plan }) =>
    plan.days.slice(1).map(({ meals }, index) => ({ meals, before: plan.days[index]!.meals })),
  );
  const eased: Record<string, number> = {};
  for (const { plan } of planned) for (const one of plan.eased ?? []) eased[one] = (eased[one] ?? 0) + 1;
  const share = <T>(all: readonly T[], is: (one: T) => boolean) => all.filter(is).length / Math.max(1, all.length);
  return {
    // A small appetite is no reason for less than half of the recipe's serving; a large one moves both ends.
    shareOfPortionsUnusual: share(portions, ({ servings, appetite }) => isUnusual(servings / appetite)),
    shareOfPortionsUnlikeTheRecipe: share(portions, ({ servings }) => isUnusual(servings)),
    eased,
    shareOfWeeksRepeating: share(weeks, (ids) => ids.some((id) => ids.filter((other) => other === id).length > 2)),
    shareOfDaysRunningOn: share(days, ({ meals, before }) =>
      meals.some(({ recipeId }) => before.some((meal) => meal.recipeId === recipeId)),
    ),
  };
}
const [LEAST_SHARE, MOST_SHARE] = [0.5, 1.7];

export function boughtFor(planned: readonly Asked[]) {
  const lists = planned.map(({ request, plan }) => ({
    request,
    list: priced(shoppingListOf(plan, request, library), library.prices),
  }));
  const bounded = lists.filter(({ request }) => request.budgetCents !== null);
  const isHeld = ({ request, list }: (typeof lists)[number]) =>
    list.totalCents !== null && list.totalCents <= request.budgetCents!;
  const forms = lists.flatMap(({ list }) =>
    list.items.flatMap(({ food, purchase }) => {
      const products = purchase === null ? [] : [purchase.product, ...purchase.also.map(({ product }) => product)];
      return products.filter((product) => isAnotherForm(food, product));
    }),
  );
  return {
    shareOfListsKnown: lists.filter(({ list }) => list.totalCents !== null).length / Math.max(1, lists.length),
    shareOfBudgetsHeld: bounded.filter(isHeld).length / Math.max(1, bounded.length),
    wrongForms: forms.length,
  };
}

/** Words of a product that say another form, where the food's own name or description does not. */
const FORMS =
  /\b(canned|frozen|deli|smoked|salted|light|lite|low sodium|no salt added|fat free|reduced fat|low fat|dried|powder|juice|refried|instant|whipped|sweetened|vanilla|honey|bone-in)\b/gi;

function isAnotherForm(food: string, product: string): boolean {
  const { description, name } = library.foods.get(food)!;
  const own = `${name} ${description}`.toLowerCase();
  const isSaid = (word: string) => SAID[word]?.test(own) ?? own.includes(word);
  return [...product.toLowerCase().matchAll(FORMS)].some(([word]) => !isSaid(word));
}
/** The same in USDA's words. Fish is sold frozen and raw; brown sugar is light unless it says otherwise. */
const SAID: Readonly<Record<string, RegExp>> = {
  frozen: /frozen|^(?:tilapia|cod|shrimp) /,
  light: /light|sugars, brown/,
  dried: /dried|spices/,
  powder: /powder|leavening/,
  'low sodium': /low sodium|without salt/,
  honey: /honey/,
  deli: /sliced/,
  'low fat': /low ?fat/,
  canned: /canned|drained|juice|tomato products/,
};

/** As long as a thread has. */
const MOST_SECONDS = 4;

export function swapsOf(planned: readonly Asked[]): Swaps {
  const swaps = planned.map(({ request, plan }, index) => {
    const day = plan.days[index % plan.days.length]!;
    const { slot } = day.meals[index % day.meals.length]!;
    const before = process.cpuUsage();
    const seconds = () => {
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1e6;
    };
    const outcome = swapMeal(request, library, plan, { date: day.date, slot }, () => seconds() > MOST_SECONDS);
    return { plan, day, slot, outcome, seconds: seconds() };
  });
  const made = swaps.flatMap(({ outcome, ...one }) =>
    outcome.kind === 'planned' ? [{ ...one, next: outcome.plan }] : [],
  );
  const keep = made.filter(({ plan, next, day, slot }) =>
    plan.days.every(({ meals, date }, index) =>
      meals.every((meal, at) => {
        const other = next.days[index]!.meals[at]!;
        if (date !== day.date) return JSON.stringify(other) === JSON.stringify(meal);
        if (meal.slot === slot) return other.recipeId !== meal.recipeId;
        const isNear = ({ servings }: (typeof meal.portions)[number], person: number) =>
          Math.abs(other.portions[person]!.servings / servings - 1) <= 0.15 + 1e-9;
        return other.recipeId === meal.recipeId && meal.portions.every(isNear);
      }),
    ),
  );
  const seconds = swaps.map((one) => one.seconds).sort((one, other) => one - other);
  return {
    asked: swaps.length,
    made: made.length,
    shareThatKeepsTheRest: keep.length / Math.max(1, made.length),
    cpuSecondsP95: seconds[Math.floor(0.95 * (seconds.length - 1))] ?? 0,
    cpuSecondsMax: seconds.at(-1) ?? 0,
  };
}

export const weeksOf = ({ days }: Plan): string[][] =>
  [0, 7]
    .map((from) => days.slice(from, from + 7))
    .filter((week) => week.length === 7)
    .map((week) => week.flatMap(({ meals }) => meals.map(({ recipeId }) => recipeId)));
