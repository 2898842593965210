import { foodsCalled } from '../../../vocabulary/danish/food-of.js';
import { readRegisterText } from '../../../vocabulary/danish/register-text.js';
import { keyOf } from '../../../vocabulary/words.js';
import type { FoundClearance } from '../../discounts/discounts.service.js';
import { daysAfter, dayIn } from '../../discounts/offering/opening.js';
import { ZONE } from '../../discounts/offering/told-offer.js';
import type { Library } from '../../nutrition/library.js';
import type { Recipe } from '../../nutrition/recipes.js';
import type { Plan, PlanRequest } from '../solver/plan.js';
import { clearedAs } from './cleared.js';
import { marketOf } from './market.js';
import { needsOf } from './needs.js';
import { bestRound } from './rounds.js';
import { shortestWay } from './trip.js';
import type { ClearanceWish, Cleared, Market } from './words.js';

/** What the former shopping optimizer was asked, and how its answer is made: dinners for two from what saves most, with nobody's targets. Pure. */
export interface Optimizing {
  offers: readonly FoundClearance[];
  wish: ClearanceWish;
  library: Library;
  nowMs: number;
  /** The first day; of today on. */
  startsOn: string;
  /** What they wish to eat, in words; the first of as many meals as are wanted. */
  meals: readonly string[];
  count: number;
  prefersOrganic: boolean;
}
export interface Optimized {
  cleared: Cleared;
  /** By recipe id. */
  titles: ReadonlyMap<string, string>;
  /** Words of `meals` for which there is nothing. */
  unread: readonly string[];
  /** Beside trips to each of the shops alone. */
  sparedMinutes: number;
}

const SERVINGS = 2;
const LEAST_DISCOUNT = 0.1;
const ORGANIC = /(?:^|[^a-zæøå])(?:øko|oeko|bio)(?:[^a-zæøå]|$|log)/i;
const HOUSEHOLD = {
  mealsPerDay: 3,
  currency: 'DKK',
  people: [],
  diets: [],
  allergens: [],
  dislikes: [],
  pantry: [],
  budgetCents: null,
  maxMinutes: null,
  micronutrients: [],
  maxRepeats: null,
  unavailableFoods: [],
  seed: 0,
} as const;

export function optimized(asked: Optimizing): Optimized {
  const { offers, wish, library, nowMs, startsOn, count } = asked;
  const request: PlanRequest = { ...HOUSEHOLD, startsOn, days: count };
  const worthy = offers.filter(isReduced);
  const market = marketOf(worthy, wish, { request, library, nowMs, held: new Map() });
  const chosen = market && preferring(market, asked.prefersOrganic);
  const { recipes, unread } = dinnersOf(chosen, asked);
  const plan = planOf(recipes, request);
  const best =
    chosen && bestRound(chosen, needsOf(plan, request, library), { wish, mealsPerDay: 3, prices: library.prices });
  const seen = { shops: new Set(offers.map(({ store }) => store.id)).size, offers: offers.length };
  const cleared = clearedAs(best, chosen, { wish, currency: 'DKK', seen, lists: null });
  const alone = cleared.round?.stops.map(({ shop }) => shortestWay([shop], wish, chosen!.departsAt)?.trip.minutes ?? 0);
  const apart = (alone ?? []).reduce((sum, minutes) => sum + minutes, 0);
  return {
    cleared,
    titles: new Map(recipes.map(({ id, title }) => [id, title])),
    unread,
    sparedMinutes: Math.max(0, apart - (cleared.round?.trip.minutes ?? 0)),
  };
}

const isReduced = ({ regularPriceCents, priceCents }: FoundClearance): boolean =>
  regularPriceCents !== null && priceCents <= regularPriceCents * (1 - LEAST_DISCOUNT);

/** Where a food is there from organic farming too, only that. */
function preferring(market: Market, prefersOrganic: boolean): Market {
  if (!prefersOrganic) return market;
  const organic = new Set(market.lots.filter(({ name }) => ORGANIC.test(name)).map(({ food }) => food));
  return { ...market, lots: market.lots.filter(({ name, food }) => !organic.has(food) || ORGANIC.test(name)) };
}

/** Those of the words first, each the one that saves most; then whatever saves most. */
function dinnersOf(market: Market | null, { meals, count, library }: Optimizing) {
  const worth = new Map<string, number>();
  for (const { food, regularCents, priceCents, packGrams } of market?.lots ?? [])
    worth.set(food, Math.max(worth.get(food) ?? 0, (regularCents - priceCents) / packGrams));
  const worthOf = ({ ingredients }: Recipe) =>
    ingredients.reduce((sum, { food, gramsPerServing }) => sum + (worth.get(food.name) ?? 0) * gramsPerServing, 0);
  const ranked = [...library.recipes.values()]
    .filter((recipe) => recipe.meals.includes('dinner'))
    .map((recipe) => ({ recipe, worth: worthOf(recipe) }))
    .sort((one, other) => other.worth - one.worth || (one.recipe.id < other.recipe.id ? -1 : 1));
  const recipes: Recipe[] = [];
  const unread: string[] = [];
  for (const word of meals.slice(0, count)) {
    const found = ranked.find(({ recipe }) => !recipes.includes(recipe) && isCalled(recipe, word));
    if (found) recipes.push(found.recipe);
    else unread.push(word);
  }
  for (const { recipe, worth: saved } of ranked)
    if (recipes.length < count && saved > 0 && !recipes.includes(recipe)) recipes.push(recipe);
  return { recipes: soonestFirst(recipes, market), unread };
}

/** By its title, or made of what the word names, in English or Danish. */
function isCalled({ title, ingredients }: Recipe, word: string): boolean {
  const key = keyOf(word);
  const { food } = readRegisterText(word);
  const meant = foodsCalled(word);
  return (
    (key !== '' && ` ${keyOf(title)} `.includes(` ${key} `)) ||
    ingredients.some(({ food: { name } }) => name === food || keyOf(name) === key || meant.includes(name))
  );
}

/** What keeps for the least time is eaten first. */
function soonestFirst(recipes: readonly Recipe[], market: Market | null): Recipe[] {
  const lastDay = ({ ingredients }: Recipe) =>
    (market?.lots ?? [])
      .filter(({ food }) => ingredients.some((part) => part.food.name === food))
      .reduce((soonest, { useBy }) => (useBy < soonest ? useBy : soonest), '9999');
  return [...recipes].sort((one, other) => (lastDay(one) < lastDay(other) ? -1 : 1));
}

const planOf = (recipes: readonly Recipe[], { startsOn }: PlanRequest): Plan => ({
  seed: 0,
  repeatLimit: 1,
  days: recipes.map(({ id }, at) => ({
    date: daysAfter(startsOn, at),
    meals: [{ slot: 'dinner', recipeId: id, portions: [{ personId: 'two', servings: SERVINGS }] }],
  })),
});

/** The day that a word of the former optimizer means: "tomorrow" or a date to come, else today. */
export function dayMeant(timeframe: string | undefined, nowMs: number): string {
  const today = dayIn(ZONE, nowMs);
  if (timeframe === 'tomorrow') return daysAfter(today, 1);
  return timeframe !== undefined && /^\d{4}-\d\d-\d\d$/.test(timeframe) && timeframe > today ? timeframe : today;
}
