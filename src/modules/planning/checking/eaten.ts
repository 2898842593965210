import type { FieldError } from '../../../common/errors.js';
import { nearest } from '../../../vocabulary/near.js';
import { keyOf } from '../../../vocabulary/words.js';
import type { Food } from '../../nutrition/foods.js';
import type { Library } from '../../nutrition/library.js';
import { totalsOf } from '../../nutrition/nutrients.js';
import { gramsOf } from '../../nutrition/portions.js';
import { MEAL_KINDS } from '../../nutrition/cookbook/recipe-card.dto.js';
import type { Caution, Recipe } from '../../nutrition/recipes.js';
import { namedFood } from '../needs/other-foods.js';
import { cautionsOfFoods } from '../needs/cautions.js';
import { datesOf } from '../solver/dates.js';
import { SLOTS, slotsOf, type Plan, type Slot } from '../solver/plan.js';
import type { CheckPlan } from './check.dto.js';

/** A plan as the prover takes it, from what a caller says of it; foods become a recipe of one serving. Pure. */
export interface Eaten {
  plan: Plan;
  library: Library;
  /** How the foods of a meal were weighed, by the id of the recipe made of them. */
  weighed: ReadonlyMap<string, readonly Weighing[]>;
  /** What cannot be read, each with its place. */
  errors: readonly FieldError[];
}
export interface Weighing {
  food: string;
  grams: number;
  evidence: string;
}

/** `name` is ours, or the caller's where it is counted as another. */
interface Weighed {
  food: Food;
  name: string;
  cautions: readonly Caution[];
  grams: number;
  evidence: string;
}

type Asked = CheckPlan['days'][number]['meals'][number];
type AskedFood = NonNullable<Asked['foods']>[number];

export function eatenIn(asked: CheckPlan, startsOn: string, known: Library): Eaten {
  const errors: FieldError[] = [];
  const recipes = new Map(known.recipes);
  const weighed = new Map<string, readonly Weighing[]>();
  const dates = datesOf({ startsOn, days: asked.days.length });
  const titles = new Map([...known.recipes.values()].map(({ title }) => [keyOf(title), title]));
  /** The same dish is named the same however it is written: so it is counted how often it comes. */
  const titleOf = (said: string) => titles.get(keyOf(said)) ?? titles.set(keyOf(said), said).get(keyOf(said))!;
  const everybody = asked.people.map(({ id }) => ({ personId: id, servings: 1 }));
  const days = asked.days.map(({ meals }, day) => ({
    date: dates[day]!,
    meals: meals.map((meal, at) => {
      const pointer = `/days/${day}/meals/${at}`;
      const slot = meal.slot ?? placedAt(at, meals.length);
      const recipeId = meal.recipeId ?? `day-${day + 1}-meal-${at + 1}`;
      if (meal.foods) {
        const foods = meal.foods.flatMap((food, index) => weigh(food, `${pointer}/foods/${index}`, known, errors));
        const title = titleOf(meal.title ?? foods.map(({ name }) => name).join(', '));
        recipes.set(recipeId, dishOf(recipeId, title, foods));
        weighed.set(
          recipeId,
          foods.map(({ food, grams, evidence }) => ({ food: food.name, grams, evidence })),
        );
      } else if (!known.recipes.has(recipeId))
        errors.push({ pointer: `${pointer}/recipeId`, detail: 'There is no such recipe; GET /v1/recipes lists them.' });
      const portions = meal.portions ?? everybody;
      for (const [index, { personId }] of portions.entries())
        if (!everybody.some((one) => one.personId === personId))
          errors.push({
            pointer: `${pointer}/portions/${index}/personId`,
            detail: 'Nobody among the people has this id.',
          });
      return { slot, recipeId, portions };
    }),
  }));
  for (const [day, { meals }] of days.entries())
    if (new Set(meals.map(({ slot }) => slot)).size < meals.length)
      errors.push({ pointer: `/days/${day}/meals`, detail: 'A day has each meal at most once.' });
  return {
    plan: { seed: 0, repeatLimit: asked.maxRepeats ?? Infinity, days },
    library: { ...known, recipes },
    weighed,
    errors,
  };
}

const placedAt = (at: number, meals: number): Slot => slotsOf(meals)[at] ?? SLOTS[at]!;

function weigh(
  { food: name, grams, quantity, unit }: AskedFood,
  pointer: string,
  { foods }: Library,
  errors: FieldError[],
): Weighed[] {
  const named = namedFood(name, foods);
  if (named === null) {
    const near = nearest(name, foods.keys());
    const hint = near.length === 0 ? '' : ` Did you mean ${near.map((one) => `"${one}"`).join(' or ')}?`;
    errors.push({ pointer: `${pointer}/food`, detail: `"${name}" is none of the foods we have figures for.${hint}` });
    return [];
  }
  const { food, countedAs, cautions } = named;
  const weighed = (amount: number, evidence: string): Weighed[] => [
    {
      food,
      name: countedAs === null ? food.name : name,
      cautions,
      grams: amount,
      evidence: [evidence, countedAs].filter((part) => part !== null).join(', '),
    },
  ];
  if (grams !== undefined) return weighed(grams, 'as stated');
  const found = gramsOf(food, quantity!, unit ?? null); // one of the two is stated
  if (found !== null) return weighed(Math.round(found.grams * 10) / 10, found.evidence);
  const measures = food.portions.map(({ measure }) => measure).join('; ');
  const detail = `Nobody has weighed this measure of ${food.name}; state grams${measures === '' ? '' : `, or one of: ${measures}`}.`;
  errors.push({ pointer: `${pointer}/unit`, detail });
  return [];
}

function dishOf(id: string, title: string, foods: readonly Weighed[]): Recipe {
  return {
    id,
    title,
    meals: MEAL_KINDS,
    cuisine: '',
    minutes: 0,
    activeMinutes: 0,
    limitMinutes: 0,
    makesServings: 1,
    steps: [],
    equipment: [],
    keepsDays: 0,
    freezes: false,
    cautions: [
      ...new Set([
        ...cautionsOfFoods(foods.map(({ food }) => food.name)),
        ...foods.flatMap(({ cautions }) => cautions),
      ]),
    ],
    costCentsPerServing: null,
    inHalves: false,
    ingredients: foods.map(({ food, grams }) => ({ food, gramsPerServing: grams, measure: '' })),
    gramsPerServing: foods.reduce((sum, { grams }) => sum + grams, 0),
    perServing: totalsOf(foods),
  };
}
