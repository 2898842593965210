import { randomOf } from '../../../common/random.js';
import type { Library } from '../../nutrition/library.js';
import { labelOfSlot, shortlistOf } from '../needs/shortlist.js';
import { foundClashes } from './clashes/nearest.js';
import { timesText } from './clashes/words.js';
import { weekOf } from './dates.js';
import { Effort } from './effort.js';
import { isOfTheEvening } from './first-morning.js';
import type { Dish } from './kitchen/eater.js';
import {
  fitTable,
  kitchenOf,
  mealsOf,
  nearestTable,
  type Kitchen,
  type Table,
  type Wanting,
} from './kitchen/kitchen.js';
import { misfitOfAll } from './days/misfit.js';
import {
  EASINGS,
  type Clash,
  type PersonTargets,
  type Plan,
  type PlanDay,
  type PlanOutcome,
  type PlanRequest,
  type Proof,
  type Refusal,
  type Slot,
  type Notice,
} from './plan.js';
import type { LetOff } from './kitchen/easing.js';
import { stepOf, type Limits } from './kitchen/servings.js';
import { planNotices } from './plan-notices.js';
import { priced } from './shopping/packs.js';
import { shoppingListOf } from './shopping/shopping-list.js';
import { barsFor } from './proof/barred.js';
import { leastLetOff } from './proof/let-off.js';
import { proverFor } from './proof/plan-rules.js';

export interface SwapWish {
  date: string;
  slot: Slot;
  /** Null or left out: the next that suits. */
  recipeId?: string | null;
  /** Foods that the next that suits should do without; a recipe that is named may hold them. */
  unavailableFoods?: readonly string[];
  /** The day on which it is wished: nothing can rest overnight any more for its morning. */
  today?: string;
}

/** What another meal's portion may change by, as a share of it. */
const MAY_MOVE = 0.15;
/** How much less welcome it is to change another meal's portion than the new meal's, per gram. */
const OTHERS_WEIGHT = 20;
/** Meals that are named where the one that was wanted does not fit, and so many are tried for that. */
const MOST_NAMED = 5;
const MOST_TRIED = 60;
const WORK_OF_PROVING = 100_000;

/** `swapRefusals` with a library of its own. */
export type SwapRefusals = (request: PlanRequest, plan: Plan, wish: SwapWish) => readonly Refusal[];

/** Why no meal can be swapped as wished, whatever would fit: cheap enough to be asked at once. */
export function swapRefusals(request: PlanRequest, library: Library, plan: Plan, wish: SwapWish): readonly Refusal[] {
  const found = optionsFor(kitchenOf(request, library, plan), plan, wish);
  return 'refusals' in found ? found.refusals : [];
}

/**
 * Another recipe for one meal. All other recipes stay, other days to the byte, and the day's other portions within 15 % of what they were,
 * if they have to change at all; what nobody stated is let off before none is found. Without a recipe named it is the next in an order of chance that the seed gives, so swapping on and on
 * walks through all that suit. Where one that is named does not fit, the clash names some that would. Once `isLate` says that the time is
 * over, no more are tried.
 */
export function swapMeal(
  request: PlanRequest,
  library: Library,
  plan: Plan,
  wish: SwapWish,
  isLate: () => boolean = () => false,
): PlanOutcome {
  const { usual, easier } = swapsOf(request, library, plan, wish, isLate);
  if (usual.refusals.length > 0) return { kind: 'refused', refusals: usual.refusals };
  return usual.first() ?? easier.first() ?? easier.clash();
}

/** The swap under what the plan is let off, and under what may be let off besides. */
function swapsOf(request: PlanRequest, library: Library, plan: Plan, wish: SwapWish, isLate: () => boolean) {
  const { targets, notices } = shortlistOf(request, library);
  const prove = proverFor(request, targets, library);
  const before: Before = { request, library, plan, targets, notices, prove, effort: new Effort(isLate) };
  const eased = EASINGS.filter((one) => plan.eased?.includes(one) || one === 'shares' || one === 'bands');
  return { usual: new Swap(before, wish, plan), easier: new Swap(before, wish, { eased }) };
}

/** Another meal that one may become, and what that changes. */
export interface SwapChoice {
  recipeId: string;
  title: string;
  minutes: number;
  /** What the list costs more, at catalogue prices in whole packs; below 0: less. Null when a price is unknown. */
  differenceCents: number | null;
}
export interface SwapChoices {
  kind: 'choices';
  /** In the order in which they are swapped for on and on; each was solved, and is proven. */
  choices: readonly SwapChoice[];
  /** Whether all were tried that could suit: else there may be more. */
  isAll: boolean;
}

/** At most so many meals that would suit instead of one, each as `swapMeal` makes it when it is named. */
export function swapChoices(
  request: PlanRequest,
  library: Library,
  plan: Plan,
  wish: SwapWish,
  most: number,
  isLate: () => boolean = () => false,
): SwapChoices | Extract<PlanOutcome, { kind: 'refused' }> {
  const { usual, easier } = swapsOf(request, library, plan, wish, isLate);
  if (usual.refusals.length > 0) return { kind: 'refused', refusals: usual.refusals };
  const found = usual.choices(most);
  if (found.choices.length === most) return found;
  // As a swap does: what nobody stated is let off for what suits no other way.
  const more = easier.choices(most - found.choices.length, new Set(found.choices.map(({ recipeId }) => recipeId)));
  return { ...more, choices: [...found.choices, ...more.choices], isAll: found.isAll && more.isAll };
}

/** What a meal is swapped in, and until when is looked. */
interface Before {
  request: PlanRequest;
  library: Library;
  plan: Plan;
  targets: readonly PersonTargets[];
  notices: readonly Notice[];
  prove: (plan: Plan) => Proof;
  effort: Effort;
}

/** One meal of one plan, under what the plan is let off. */
class Swap {
  readonly refusals: readonly Refusal[];
  private readonly kitchen: Kitchen;
  private readonly found: Options | null;
  /** Null where what is served is in no usual portion under what is let off: shares are told of the day as it is, limits of any. */
  private readonly present: readonly Dish[] | null;

  constructor(
    private readonly before: Before,
    private readonly wish: SwapWish,
    private readonly letOff: LetOff,
  ) {
    const { request, library, effort } = before;
    this.kitchen = kitchenOf(request, library, { ...letOff, effort });
    const found = optionsFor(this.kitchen, before.plan, wish);
    this.refusals = 'refusals' in found ? found.refusals : [];
    this.found = 'refusals' in found ? null : found;
    const dishes = this.found?.day.meals.map(({ recipeId }, index) => dishNamed(this.kitchen, index, recipeId)) ?? [];
    this.present = dishes.every((dish) => dish !== undefined) ? dishes : null;
  }

  /** The first that suits; with the other portions as they are, if it does so. */
  first(): PlanOutcome | null {
    // Whichever suits with the same portions came before all others, and again and again.
    for (const dish of (this.present && this.found?.wanted) ?? []) {
      const outcome = this.suiting(dish);
      if (outcome !== null) return outcome;
    }
    return null;
  }

  choices(most: number, known: ReadonlySet<string> = new Set()): SwapChoices {
    const { request, library, plan, effort } = this.before;
    const costs = (one: Plan) => priced(shoppingListOf(one, request, library), library.prices).totalCents;
    const now = costs(plan);
    const choices: SwapChoice[] = [];
    const wanted = (this.present && this.found?.wanted) ?? [];
    for (const [at, dish] of wanted.entries()) {
      const isEnough = choices.length === most || (at >= MOST_TRIED && choices.length > 0);
      if (isEnough || effort.isOver()) return { kind: 'choices', choices, isAll: false };
      if (known.has(dish.recipe.id)) continue;
      const outcome = this.suiting(dish);
      if (outcome === null) continue;
      const then = costs(outcome.plan);
      const { id: recipeId, title, minutes } = dish.recipe;
      choices.push({ recipeId, title, minutes, differenceCents: now === null || then === null ? null : then - now });
    }
    return { kind: 'choices', choices, isAll: true };
  }

  /** What the nearest misses, and what would suit instead of the one that was named. */
  clash(): PlanOutcome {
    const { day, meal, wanted, options } = this.found!;
    const { notices, effort } = this.before;
    if (this.present === null)
      return { kind: 'clash', clashes: [unfit(this.wish, wanted[0]!, [], effort.isOver())], nearest: null, notices };
    const present = this.present;
    const misfits = wanted.map((dish) => misfitOfAll(this.kitchen.party, present.with(meal, dish)));
    const nearest = wanted[misfits.indexOf(Math.min(...misfits))]!;
    const dishes = present.with(meal, nearest);
    const beside = servingsBeside(day, meal, present[meal]!, true);
    const outcome = this.outcomeOf(dishes, nearestTable(this.kitchen, dishes, beside));
    if (outcome.kind !== 'clash') return outcome;
    const fitting: Dish[] = [];
    for (const dish of this.wish.recipeId ? options.slice(0, MOST_TRIED) : []) {
      if (fitting.length === MOST_NAMED || effort.isOver()) break;
      if (this.with(dish, true)?.kind === 'planned') fitting.push(dish);
    }
    return {
      ...outcome,
      clashes: [unfit(this.wish, nearest, fitting, effort.isOver()), ...outcome.clashes],
    };
  }

  /** The plan with that dish, where it suits in time. */
  private suiting(dish: Dish): Extract<PlanOutcome, { kind: 'planned' }> | null {
    for (const mayMove of [false, true]) {
      if (this.before.effort.isOver()) return null;
      const outcome = this.with(dish, mayMove);
      if (outcome?.kind === 'planned') return outcome;
    }
    return null;
  }

  private with(dish: Dish, mayMove: boolean): PlanOutcome | null {
    const { day, meal } = this.found!;
    const present = this.present!;
    const dishes = present.with(meal, dish);
    const table = fitTable(this.kitchen, dishes, servingsBeside(day, meal, present[meal]!, mayMove));
    return table && this.outcomeOf(dishes, table);
  }

  private outcomeOf(dishes: readonly Dish[], table: Table): PlanOutcome {
    const { request, library, plan, targets, notices, prove, effort } = this.before;
    effort.spend(WORK_OF_PROVING);
    const { eased, easedBands } = this.letOff;
    const { day } = this.found!;
    const changed: PlanDay = { ...day, meals: mealsOf(this.kitchen, dishes, table) };
    const days = plan.days.map((one) => (one === day ? changed : one));
    const eating: Plan = { ...plan, eased, easedBands, days };
    const first = prove(eating);
    if (first.violations.length > 0) {
      const nearest = { plan: eating, proof: first };
      return { kind: 'clash', clashes: foundClashes(this.kitchen, first), nearest, notices };
    }
    const { plan: next, proof } = leastLetOff(eating, { prove, targets, library }, plan);
    const said = [...notices, ...planNotices(request, next, targets, library)];
    return { kind: 'planned', plan: next, proof, repairs: [], notices: said };
  }
}

function unfit({ date, slot, recipeId }: SwapWish, { recipe }: Dish, fitting: readonly Dish[], isLate: boolean): Clash {
  const others = 'with the other meals of the day within 15 % of what they are';
  const instead = fitting.map(({ recipe: { title, id } }) => `${title} (${id})`).join(', ');
  const sentence = recipeId
    ? `${recipe.title} does not fit ${labelOfSlot(slot)} ${others}; ${instead === '' ? 'no other that was tried does' : `these do: ${instead}`}.`
    : isLate
      ? `No other meal was found in time that fits ${labelOfSlot(slot)} ${others}.`
      : `No other meal fits ${labelOfSlot(slot)} ${others}.`;
  return { date, personId: null, between: [], isProven: false, sentence };
}

type Options = { day: PlanDay; meal: number; options: readonly Dish[]; wanted: readonly Dish[] };

function optionsFor(kitchen: Kitchen, plan: Plan, wish: SwapWish): Options | { refusals: readonly Refusal[] } {
  const { refusals } = kitchen.shortlist;
  if (refusals.length > 0) return { refusals };
  const day = plan.days.find(({ date }) => date === wish.date);
  const meal = kitchen.slots.indexOf(wish.slot);
  if (day === undefined) return refused('/date', `The plan has no day ${wish.date}.`);
  if (meal < 0) return refused('/slot', `The days of this plan have no meal "${wish.slot}".`);
  const options = optionsOf(kitchen, plan, day, meal);
  const { startsToday, startsOn } = kitchen.request;
  const today = wish.today ?? (startsToday ? startsOn : '');
  const wanted = wish.recipeId
    ? options.filter(({ recipe }) => recipe.id === wish.recipeId)
    : options.filter(
        ({ recipe }) =>
          !recipe.ingredients.some(({ food }) => wish.unavailableFoods?.includes(food.name)) &&
          !(wish.date <= today && isOfTheEvening(recipe, wish.slot)),
      );
  if (wanted.length === 0) return { refusals: whyNone(kitchen, plan, day, wish) };
  return { day, meal, options, wanted };
}

/** What bars the recipe that was named, or that none is left. */
function whyNone(kitchen: Kitchen, plan: Plan, day: PlanDay, wish: SwapWish): readonly Refusal[] {
  const { request, library } = kitchen;
  const told = (reason: string): Refusal => ({ pointer: '/recipeId', reason });
  const { slot, recipeId } = wish;
  const inTime =
    optionsOf(kitchen, plan, day, kitchen.slots.indexOf(slot)).length > 0 ? ' that needs no night to rest' : '';
  if (!recipeId) return [told(`No other recipe${inTime} is left for ${labelOfSlot(slot)}.`)];
  const recipe = library.recipes.get(recipeId);
  if (recipe === undefined) return [told(`There is no recipe "${recipeId}"; GET /v1/recipes lists them.`)];
  const bars = barsFor(request, library)(recipe, slot);
  if (bars.length > 0) return bars.map(({ detail }) => told(detail));
  const isOfTheDay = day.meals.some((meal) => meal.recipeId === recipeId);
  return [
    told(
      isOfTheDay
        ? `${recipe.title} is served that day already.`
        : `${recipe.title} is served the day before or after, or ${timesText(plan.repeatLimit)} that week already: ask for a plan with other "repeats".`,
    ),
  ];
}

const refused = (pointer: string, reason: string): { refusals: readonly Refusal[] } => ({
  refusals: [{ pointer, reason }],
});

const dishNamed = ({ dishes }: Kitchen, meal: number, recipeId: string): Dish | undefined =>
  dishes[meal]!.find(({ recipe }) => recipe.id === recipeId);

/** What the meal may become: not what the days around it have nor what came often enough that week, the unused first. */
function optionsOf({ request, dishes }: Kitchen, plan: Plan, day: PlanDay, meal: number): readonly Dish[] {
  const served = (days: readonly PlanDay[]) => days.flatMap(({ meals }) => meals.map(({ recipeId }) => recipeId));
  const week = weekOf(request, day.date);
  const ofWeek = served(plan.days.filter(({ date }) => weekOf(request, date) === week));
  const at = plan.days.indexOf(day);
  const mayRunOn = request.mayRunOn || plan.eased?.includes('running');
  const beside = served(mayRunOn ? [day] : plan.days.slice(Math.max(0, at - 1), at + 2));
  const everywhere = served(plan.days);
  const random = randomOf(request.seed * 7919 + week * 31 + meal);
  const shuffled = dishes[meal]!.map((dish) => ({ dish, at: random() })).sort((a, b) => a.at - b.at);
  const present = shuffled.findIndex(({ dish }) => dish.recipe.id === day.meals[meal]!.recipeId);
  const timesIn = (all: readonly string[], { recipe }: Dish) => all.filter((id) => id === recipe.id).length;
  return [...shuffled.slice(present + 1), ...shuffled.slice(0, present)]
    .map(({ dish }) => dish)
    .filter((dish) => !beside.includes(dish.recipe.id) && timesIn(ofWeek, dish) < plan.repeatLimit)
    .sort((a, b) => timesIn(everywhere, a) - timesIn(everywhere, b));
}

/** The portions as they are, or somewhat more or less; the new meal begins with the energy of the one before. */
function servingsBeside({ meals }: PlanDay, swapped: number, before: Dish, mayMove: boolean): Wanting {
  return ({ personId, index }, dish, meal) => {
    const servings = meals[meal]!.portions.find((portion) => portion.personId === personId)!.servings;
    if (meal === swapped) return { servings: (servings * before.kcal) / dish.kcal };
    const limits = dish.limits[index]!;
    const [least, most] = mayMove ? [1 - MAY_MOVE, 1 + MAY_MOVE] : [1, 1];
    const [min, max] = [inwards(servings * least, limits, 1), inwards(servings * most, limits, -1)];
    // What is beyond limits that are a hair too careful stays what it was; the proof has the last word.
    if (servings < limits.min || servings > limits.max || min > max)
      return { servings, limits: { ...limits, min: servings, max: servings } };
    const inside = { ...limits, min: Math.max(limits.min, min), max: Math.min(limits.max, max) };
    return { servings, weight: OTHERS_WEIGHT, limits: inside };
  };
}

/** On the steps, and not beyond. */
function inwards(servings: number, limits: Limits, sign: 1 | -1): number {
  const step = stepOf(limits, 'fine');
  const steps = servings / step;
  return Math.round((sign > 0 ? Math.ceil(steps - 1e-9) : Math.floor(steps + 1e-9)) * step * 100) / 100;
}
