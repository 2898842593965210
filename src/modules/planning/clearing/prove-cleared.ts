import { dayIn } from '../../discounts/offering/opening.js';
import { ZONE } from '../../discounts/offering/told-offer.js';
import { gramsToBuy } from '../../nutrition/foods.js';
import type { Library } from '../../nutrition/library.js';
import { foodNamed } from '../needs/food-names.js';
import { avoidedOf, type Avoided } from '../needs/avoided.js';
import type { Plan, PlanRequest } from '../solver/plan.js';
import type { ClearanceWish, Cleared, Line, Stop } from './words.js';

/**
 * What the shopping of a plan breaks, a sentence each, from its own rows, the plan's and the library alone: nothing of how it was chosen is
 * trusted or used. Pure.
 */
export function provenCleared(
  { round, currency, day, isWorthIt }: Cleared,
  {
    plan,
    request,
    wish,
    library,
    isUnderWay = false,
  }: { plan: Plan; request: PlanRequest; wish: ClearanceWish; library: Library; isUnderWay?: boolean },
): string[] {
  if (!round) return isWorthIt ? ['It is called worth it, and nothing is bought.'] : [];
  const lines = round.stops.flatMap((stop) => stop.lines);
  const avoided = avoidedOf(request, library);
  const wrong: (string | false)[] = [
    currency !== (request.currency ?? 'USD') && `Its money is ${currency}, and the plan's is not.`,
    round.stops.length > wish.maxStops && `It stops ${round.stops.length} times, not ${wish.maxStops}.`,
    new Set(lines.map(({ key }) => key)).size !== lines.length && 'A product is on two lines.',
    ...lines.flatMap((line) => wrongIn(line, avoided, { plan, day: day! })),
    ...round.stops.flatMap((stop) => wrongAt(stop, day!)),
    ...usedTwice(lines, plan, request, library),
    ...wrongSums(round, wish),
    // What is bought already is bought, whatever meals came in the place of those it was bought for.
    !isUnderWay && round.netCents <= 0 && 'The trip costs what it saves.',
  ];
  return wrong.filter((one) => one !== false);
}

function wrongIn(
  line: Line,
  avoided: Pick<Avoided, 'foods'>,
  { plan, day }: { plan: Plan; day: string },
): (string | false)[] {
  const { name, food, uses, useBy, bought, packGrams, stock, stockShare, packs, regularCents, priceCents, usedGrams } =
    line;
  const used = uses.reduce((sum, { grams }) => sum + grams, 0);
  const inStock = Math.floor(stock * stockShare + 1e-9);
  return [
    uses.some(({ date }) => date > useBy) && `${name} is used after ${useBy}.`,
    uses.some(({ date }) => date < day) && `${name} is used before it is bought.`,
    uses.some(({ grams }) => !(grams > 0)) && `${name} is used for nothing.`,
    used !== usedGrams && `${name}: ${used} g are used, not ${usedGrams}.`,
    used > bought * packGrams && `${name}: ${used} g are used of ${bought} packs.`,
    !Number.isInteger(bought) && `${name} is bought in parts of a pack.`,
    (bought > packs || (line.stockUnit === 'each' && bought > inStock)) &&
      `${name}: ${bought} packs are more than there are to count on.`,
    line.savedCents !== Math.floor((regularCents * used) / packGrams) - bought * priceCents &&
      `${name} saves another sum.`,
    line.paidCents !== bought * priceCents && `${name} costs another sum.`,
    (avoided.foods.get(food) ?? []).length > 0 && `${food} is nothing for this household.`,
    uses.some(({ date, slot, recipeId }) => !isMeal(plan, date, slot, recipeId)) &&
      `${name} is used for a meal that is not.`,
  ];
}

const isMeal = ({ days }: Plan, date: string, slot: string, recipeId: string): boolean =>
  days.some((day) => day.date === date && day.meals.some((meal) => meal.slot === slot && meal.recipeId === recipeId));

function wrongAt({ shop, arrivesAt, lines }: Stop, day: string): (string | false)[] {
  const at = Date.parse(arrivesAt);
  return [
    dayIn(ZONE, at) !== day && `${shop.name} is reached on another day.`,
    shop.opensAt !== null && at < Date.parse(shop.opensAt) && `${shop.name} is not open yet.`,
    shop.closesAt !== null && at >= Date.parse(shop.closesAt) && `${shop.name} is closed.`,
    lines.length === 0 && `Nothing is bought at ${shop.name}.`,
    lines.some(({ buyBy }) => at >= Date.parse(buyBy)) && `At ${shop.name} something is not to be had any more.`,
  ];
}

/** No meal is given more of a food than it takes, to the next gram, and none that the pantry gives. */
function usedTwice(lines: readonly Line[], plan: Plan, request: PlanRequest, { recipes, foods }: Library): string[] {
  const left = new Map<string, number>();
  const spare = new Map<string, number>();
  const add = (to: Map<string, number>, key: string, grams: number) => to.set(key, (to.get(key) ?? 0) + grams);
  for (const { date, meals } of plan.days)
    for (const { slot, recipeId, portions } of meals) {
      const servings = portions.reduce((sum, portion) => sum + portion.servings, 0);
      for (const { food, gramsPerServing } of recipes.get(recipeId)?.ingredients ?? []) {
        const grams = Math.ceil(Math.round(100 * gramsToBuy(food, gramsPerServing * servings)) / 100);
        add(left, `${food.name} ${date} ${slot}`, grams);
        add(spare, food.name, grams);
      }
    }
  for (const { food, grams } of request.pantry) add(spare, foodNamed(food, foods)?.name ?? food, -Math.floor(grams));
  for (const { food, uses } of lines)
    for (const { date, slot, grams } of uses) {
      add(left, `${food} ${date} ${slot}`, -grams);
      add(spare, food, -grams);
    }
  const bought = new Set(lines.map(({ food }) => food));
  return [
    ...[...left].filter(([, grams]) => grams < 0).map(([where]) => `${where}: more than is cooked.`),
    ...[...spare]
      .filter(([food, grams]) => grams < 0 && bought.has(food))
      .map(([food]) => `More ${food} than the plan needs beside the pantry.`),
  ];
}

function wrongSums(
  round: NonNullable<Cleared['round']>,
  { near, perKmCents, perHourCents }: ClearanceWish,
): (string | false)[] {
  const lines = round.stops.flatMap((stop) => stop.lines);
  const sum = (of: (line: Line) => number) => lines.reduce((all, line) => all + of(line), 0);
  const saved = sum(
    ({ regularCents, usedGrams, packGrams, bought, priceCents }) =>
      Math.floor((regularCents * usedGrams) / packGrams) - bought * priceCents,
  );
  const points = [near, ...round.stops.map(({ shop }) => shop), near];
  const km = Math.round(points.slice(1).reduce((all, point, at) => all + 1.3 * crow(points[at]!, point), 0) * 10) / 10;
  const minutes = Math.round(km * 2 + 10 * round.stops.length);
  const cents = Math.ceil(km * perKmCents + (minutes * perHourCents) / 60 - 1e-9);
  return [
    saved !== round.savedCents && `It saves ${saved}, not ${round.savedCents}.`,
    sum(({ usedGrams }) => usedGrams) !== round.savedGrams && 'It saves other grams.',
    sum(({ paidCents }) => paidCents) !== round.paidCents && 'It costs another sum.',
    Math.abs(km - round.trip.km) > 0.05 && `The way is ${km} km, not ${round.trip.km}.`,
    cents !== round.trip.cents && `The trip costs ${cents}, not ${round.trip.cents}.`,
    saved - cents !== round.netCents && 'What is left is another sum.',
  ];
}

/** The haversine formula, once more. */
function crow(one: { latitude: number; longitude: number }, other: { latitude: number; longitude: number }): number {
  const [a, b] = [(one.latitude * Math.PI) / 180, (other.latitude * Math.PI) / 180];
  const along = ((other.longitude - one.longitude) * Math.PI) / 180;
  const part = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(along / 2) ** 2;
  return 2 * 6371.0088 * Math.asin(Math.sqrt(Math.min(1, part)));
}
