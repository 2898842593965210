import { plainMoney } from '../../../../common/money.js';
import type { Library } from '../../../nutrition/library.js';
import { labelOf, unitOf } from '../../../nutrition/nutrients.js';
import type { Recipe } from '../../../nutrition/recipes.js';
import { missText, percentText, timesText } from '../clashes/words.js';
import { datesOf, weekOf } from '../dates.js';
import {
  kindOf,
  slotsOf,
  type Band,
  type PersonTargets,
  type Plan,
  type PlanDay,
  type PlanMeal,
  type PlanRequest,
  type Portion,
  type Proof,
  type ProofRow,
  type Slot,
  type Violation,
} from '../plan.js';
import { heldBands } from '../kitchen/easing.js';
import { budgetedCents, priced, type ShoppingList } from '../shopping/packs.js';
import { shoppingListOf } from '../shopping/shopping-list.js';
import { hungryOf, isPortion, mostOfDay, portionsOf, sharesOfDay } from '../kitchen/servings.js';
import { barsFor, type BarsOf } from './barred.js';
import { amountIn, gramsEaten, isMet, tidy, unknownFoodsIn, type Helping } from './bands.js';

/**
 * What a plan is worth, from its own rows and the library alone: the amounts of every day, person and nutrient, and each rule that it
 * breaks. It trusts nobody who made the plan, and the same plan has the same proof for ever.
 */
export function provePlan(
  request: PlanRequest,
  targets: readonly PersonTargets[],
  plan: Plan,
  library: Library,
): Proof {
  return proverFor(request, targets, library)(plan);
}

/** `provePlan` for one plan after the other of the same household. */
export function proverFor(
  request: PlanRequest,
  targets: readonly PersonTargets[],
  library: Library,
): (plan: Plan) => Proof {
  const barsOf = barsFor(request, library);
  return (plan) => proofOf(request, targets, plan, library, barsOf);
}

function proofOf(
  request: PlanRequest,
  targets: readonly PersonTargets[],
  plan: Plan,
  library: Library,
  barsOf: BarsOf,
): Proof {
  const held = heldBands(targets, plan);
  const rows = plan.days.flatMap((day) => held.flatMap((person) => rowsOf(day, person, library)));
  const list = priced(shoppingListOf(plan, request, library), library.prices);
  return {
    rows,
    violations: [
      ...wrongDates(request, plan),
      ...plan.days.flatMap((day) => wrongMeals(request, day)),
      ...wrongRecipes(plan, library, barsOf),
      ...wrongPortions(request, held, plan, library),
      ...tooMuchOfOne(plan, library),
      ...wrongShares(request, plan, library),
      ...repeatsIn(request, plan, library),
      ...runningOn(request, plan, library),
      ...rows.filter((row) => !row.isMet).map(missed),
      ...overspent(request, list),
    ],
    costCents: budgetedCents(list, request),
    foods: foodsOf(plan, library),
  };
}

function rowsOf({ date, meals }: PlanDay, { personId, bands }: PersonTargets, { recipes }: Library): ProofRow[] {
  const eaten = meals.flatMap(({ slot, recipeId, portions }) => {
    const recipe = recipes.get(recipeId);
    const own = portions.filter((portion) => portion.personId === personId);
    return recipe ? own.map(({ servings }) => ({ slot, recipe, servings })) : [];
  });
  return bands.map((band) => rowOf(band, date, personId, eaten));
}

function rowOf(
  band: Band,
  date: string,
  personId: string,
  eaten: readonly (Helping & Pick<PlanMeal, 'slot'>)[],
): ProofRow {
  const { nutrient, min, max, target } = band;
  const value = amountIn(eaten, nutrient);
  const sources = eaten.map((one) => ({
    slot: one.slot,
    recipeId: one.recipe.id,
    servings: one.servings,
    amount: amountIn([one], nutrient),
  }));
  return {
    date,
    personId,
    nutrient,
    min,
    max,
    target,
    value,
    error: tidy(errorOf(band, value)),
    isMet: isMet(band, eaten),
    unknownFoods: unknownFoodsIn(eaten, nutrient),
    sources,
  };
}

function errorOf({ min, max, target }: Band, value: number): number {
  if (target !== null && target > 0) return (value - target) / target;
  if (min !== null && value < min) return (value - min) / min;
  return max !== null && value > max ? (value - max) / Math.max(max, 1) : 0;
}

const NOWHERE = { date: null, slot: null, personId: null };

function wrongDates(request: PlanRequest, { days }: Plan): Violation[] {
  const wanted = datesOf(request);
  const isRight = days.length === wanted.length && days.every(({ date }, index) => date === wanted[index]);
  const detail = `The days must be ${wanted[0]} to ${wanted.at(-1)}, each once and in order.`;
  return isRight ? [] : [{ ...NOWHERE, rule: 'date', detail }];
}

function wrongMeals({ mealsPerDay }: PlanRequest, { date, meals }: PlanDay): Violation[] {
  const wanted = slotsOf(mealsPerDay);
  const isRight = meals.length === wanted.length && meals.every(({ slot }, index) => slot === wanted[index]);
  return isRight ? [] : [{ ...NOWHERE, rule: 'slot', date, detail: `The meals must be ${wanted.join(', ')}.` }];
}

function wrongRecipes({ days }: Plan, library: Library, barsOf: BarsOf): Violation[] {
  return days.flatMap(({ date, meals }) =>
    meals.flatMap(({ slot, recipeId }): Violation[] => {
      const recipe = library.recipes.get(recipeId);
      if (!recipe) return [{ rule: 'recipe', date, slot, personId: null, detail: `There is no recipe "${recipeId}".` }];
      return barsOf(recipe, slot).map((bar) => ({ ...bar, date, slot }));
    }),
  );
}

function wrongPortions(
  request: PlanRequest,
  targets: readonly PersonTargets[],
  { days, eased = [] }: Plan,
  { recipes }: Library,
): Violation[] {
  const { people } = request;
  const hungry = new Map(hungryOf(request, targets).map((who) => [who.personId, who]));
  const isUsual = (recipe: Recipe, slot: Slot, { personId, servings }: Portion) => {
    const who = hungry.get(personId);
    return who === undefined || isPortion(servings, portionsOf(recipe, slot, who, request, eased));
  };
  return days.flatMap(({ date, meals }) =>
    meals.flatMap(({ slot, recipeId, portions }) => {
      const where = { rule: 'portion' as const, date, slot };
      const recipe = recipes.get(recipeId);
      const everybody = people.map(({ id }) => id).join(', ');
      const wrong: Violation[] = portions
        .filter((portion) => recipe && !isUsual(recipe, slot, portion))
        .map(({ personId, servings }) => ({ ...where, personId, detail: `Nobody is served ${servings} of it.` }));
      if (portions.map(({ personId }) => personId).join(', ') !== everybody)
        wrong.push({ ...where, personId: null, detail: `It is served to ${everybody}, each once.` });
      return wrong;
    }),
  );
}

/** Foods of which somebody is served more on a day than anybody is, however many dishes hold them. */
function tooMuchOfOne({ days, eased = [] }: Plan, { recipes }: Library): Violation[] {
  return days.flatMap(({ date, meals }) => {
    const served = meals.flatMap(({ recipeId, portions }) => {
      const recipe = recipes.get(recipeId);
      return recipe ? portions.map(({ personId, servings }) => ({ recipe, personId, servings })) : [];
    });
    const ids = [...new Set(served.map(({ personId }) => personId))];
    return mostOfDay(served, eased).flatMap(({ food, mostGrams }) =>
      ids.flatMap((personId): Violation[] => {
        const grams = gramsEaten(
          served.filter((one) => one.personId === personId),
          food,
        );
        if (grams <= mostGrams) return [];
        const detail = `${Math.round(grams)} g of ${food} on one day is more than the ${mostGrams} g that anybody is served.`;
        return [{ rule: 'portion', date, slot: null, personId, detail }];
      }),
    );
  });
}

/** Main meals that are too little or too much of what their person eats that day; one alone is the whole of it. */
function wrongShares(
  { mealsPerDay, people }: PlanRequest,
  { days, eased = [] }: Plan,
  { recipes }: Library,
): Violation[] {
  const { least, most } = sharesOfDay(mealsPerDay, eased);
  const isPlannedFor = ({ personId }: Portion) => people.some(({ id }) => id === personId);
  return days.flatMap(({ date, meals }) => {
    if (meals.filter(({ slot }) => kindOf(slot) !== 'snack').length < 2) return [];
    const eaten = meals.flatMap(({ slot, recipeId, portions }) =>
      portions.filter(isPlannedFor).map(({ personId, servings }) => {
        const each = recipes.get(recipeId)?.perServing.kcal.amount ?? 0;
        return { slot, personId, kcal: each * servings };
      }),
    );
    return eaten.flatMap(({ slot, personId, kcal }): Violation[] => {
      const day = eaten.reduce((sum, one) => sum + (one.personId === personId ? one.kcal : 0), 0);
      const share = day > 0 ? kcal / day : 0;
      if (kindOf(slot) === 'snack' || (share > least - HAIR && share < most + HAIR)) return [];
      const detail = `It is ${percentText(share)} % of the day's energy, not ${percentText(least)} to ${percentText(most)} %.`;
      return [{ rule: 'share', date, slot, personId, detail }];
    });
  });
}
const HAIR = 1e-9;

/** Dishes on two days running; one that somebody else cooks is the same where its name is. */
function runningOn({ mayRunOn = false }: PlanRequest, { days, eased = [] }: Plan, library: Library): Violation[] {
  if (mayRunOn || eased.includes('running')) return [];
  return days.flatMap(({ date, meals }, index) => {
    const before = new Set((days[index - 1]?.meals ?? []).map(({ recipeId }) => dishNamed(recipeId, library)));
    return meals
      .map(({ slot, recipeId }) => ({ slot, title: dishNamed(recipeId, library) }))
      .filter(({ title }) => before.has(title))
      .map(({ slot, title }): Violation => {
        return { rule: 'repeat', date, slot, personId: null, detail: `${title} was served the day before, too.` };
      });
  });
}

function repeatsIn(request: PlanRequest, { days, repeatLimit }: Plan, library: Library): Violation[] {
  const limit = Math.min(repeatLimit, request.maxRepeats ?? Infinity);
  const times = new Map<string, number>();
  const violations: Violation[] = [];
  for (const { date, meals } of days)
    for (const { slot, recipeId } of meals) {
      const title = dishNamed(recipeId, library);
      const key = `${weekOf(request, date)} ${title}`;
      times.set(key, (times.get(key) ?? 0) + 1);
      if (times.get(key) !== limit + 1) continue;
      const detail = `${title} comes more than ${timesText(limit)} in a week.`;
      violations.push({ rule: 'repeat', date, slot, personId: null, detail });
    }
  return violations;
}

const dishNamed = (recipeId: string, { recipes }: Library): string => recipes.get(recipeId)?.title ?? recipeId;

function missed({ date, personId, nutrient, min, max, value, unknownFoods }: ProofRow): Violation {
  const unit = unitOf(nutrient);
  const [told] = missText(value, (min !== null && value < min ? min : max) ?? value);
  const limits = [
    min === null ? '' : `at least ${missText(min, value)[0]}`,
    max === null ? '' : `at most ${missText(max, value)[0]}`,
  ].filter(Boolean);
  const unknown = unknownFoods.length === 0 ? '' : `, without what is in ${unknownFoods.join(', ')}`;
  const detail = `${labelOf(nutrient)}: ${told} ${unit}${unknown}, not ${limits.join(' and ')} ${unit}.`;
  return { rule: 'band', date, slot: null, personId, detail };
}

function overspent(request: PlanRequest, list: ShoppingList): Violation[] {
  const { budgetCents } = request;
  const costCents = budgetedCents(list, request);
  if (budgetCents === null || (costCents !== null && costCents <= budgetCents)) return [];
  const detail =
    costCents === null
      ? `What ${list.unpricedFoods.join(', ')} costs is not known.`
      : `The list costs ${plainMoney(costCents, request.currency)} in whole packs; the budget is ${plainMoney(budgetCents, request.currency)}.`;
  return [{ ...NOWHERE, rule: 'budget', detail }];
}

function foodsOf({ days }: Plan, { recipes }: Library): Proof['foods'] {
  const ids = [...new Set(days.flatMap(({ meals }) => meals.map(({ recipeId }) => recipeId)))];
  return Object.fromEntries(
    ids.map((id) => [
      id,
      (recipes.get(id)?.ingredients ?? []).map(({ food, gramsPerServing }) => ({
        food: food.name,
        fdcId: food.fdcId,
        grams: gramsPerServing,
      })),
    ]),
  );
}
