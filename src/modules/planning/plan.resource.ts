import { placeOf, type Load } from '../../common/pacing/estimate.js';
import { traceIdOf } from '../../platform/telemetry/tracing.js';
import { cardOf } from '../nutrition/cookbook/recipe-card.js';
import type { Library } from '../nutrition/library.js';
import type { Cleared } from './clearing/words.js';
import type { LivePrices } from './making/live-prices.js';
import type { Drafted } from './plan-request.js';
import type { Failure, PlanResource, PlanSnapshot, Receipt, RoutedCart } from './plan.dto.js';
import type { PlanStatus } from './planning.dto.js';
import type { Playlist } from './playlist/playlist.js';
import {
  SLOTS,
  type Clash,
  type Plan,
  type PlanOutcome,
  type Proof,
  type Repair,
  type Slot,
  type Violation,
  type Notice,
} from './solver/plan.js';
import type { ShoppingList } from './solver/shopping/packs.js';
import { swapReasonsOf } from './swapping/swap-reasons.js';

/** Stored rows as callers see them. Pure. */

/** What is stored beside a plan and its proof. */
export interface StoredOutcome {
  origin: 'claude' | 'solver' | null;
  receipt: Receipt | null;
  failure: Failure | null;
  repairs: readonly Repair[];
  notices: readonly Notice[];
  clashes: readonly Clash[];
  /** Absent in plans made before there were any. */
  shoppingList?: ShoppingList | null;
  route?: RoutedCart | null;
  livePrices?: LivePrices | null;
  playlist?: Playlist | null;
  /** Of a plan that failed for bands or money alone: the nearest there is. */
  closest?: Closest | null;
  clearances?: Cleared | null;
}

export interface Closest {
  plan: Plan;
  costCents: number | null;
  misses: readonly Pick<Violation, 'rule' | 'date' | 'personId' | 'detail'>[];
}

export interface PlanRow {
  id: string;
  status: PlanStatus;
  reference: string | null;
  metadata: Record<string, string>;
  traceparent: string;
  createdAt: Date;
  startedAt: Date | null;
  deadlineAt: Date;
  closedAt: Date | null;
  plan: Plan | null;
  proof: Proof | null;
  outcome: StoredOutcome | null;
  swappedFrom: string | null;
  /** Null: nobody named one. */
  timezone: string | null;
  /** Until when packs of clearances are held for it; null: none are. */
  heldUntil: Date | null;
  /** Of all its money; null in plans that name none, which are of US dollars. */
  currency: string | null;
}

/** A plan under its lock, as of `now`, with what its calls to a model cost so far, or may have. */
export interface OpenPlan extends PlanRow {
  now: Date;
  ageMs: number;
  /** Null: it was not drafted yet. */
  paid: Drafted['paid'] | null;
  aiMicroUsd: number;
  aiTokens: number;
}

export const secondsOf = (ms: number): number => Math.round(ms) / 1000;

/** Receipts of plans from before there were prices in them. */
export const UNPRICED = { catalogueCents: null, liveCents: null };

export function snapshotOf(row: PlanRow, library: Library): PlanSnapshot {
  const { id, status, reference, metadata, createdAt, deadlineAt, closedAt, traceparent, plan, outcome } = row;
  return {
    id,
    status,
    reference,
    metadata,
    createdAt: createdAt.toISOString(),
    deadlineAt: deadlineAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    traceId: traceIdOf(traceparent) ?? '',
    origin: outcome?.origin ?? null,
    days: (plan?.days ?? []).map(({ date, meals }) => ({
      date,
      meals: meals.map(({ slot, recipeId, portions }) => {
        const recipe = library.recipes.get(recipeId);
        const [title, minutes] = [recipe?.title ?? recipeId, recipe?.minutes ?? 0];
        return {
          slot,
          recipeId,
          title,
          minutes,
          portions: [...portions],
        };
      }),
    })),
    failure: outcome?.failure ?? null,
    route: outcome?.route ?? null,
    playlist: outcome?.playlist ?? null,
    receipt: outcome?.receipt
      ? {
          ...UNPRICED,
          ...outcome.receipt,
        }
      : null,
  };
}

/** `load`: what the place of an open one is told by. */
export function resourceOf(row: PlanRow, library: Library, load: Load): PlanResource {
  const { plan, proof, swappedFrom, timezone, currency } = row;
  const heldUntil = row.heldUntil?.toISOString() ?? null;
  const { repairs = [], notices = [], clashes = [], shoppingList = null, livePrices = null } = row.outcome ?? {};
  const swapReasons = plan && livePrices ? swapReasonsOf(plan, library, livePrices.unavailableFoods) : [];
  const closest = closestOf(row.outcome?.closest ?? null, library);
  const clearances = row.outcome?.clearances ? toldOf(row.outcome.clearances, library) : null;
  const bought = { shoppingList, livePrices, swapReasons, closest, clearances, heldUntil, currency: currency ?? 'USD' };
  // Stored as JSON, so the readonly types of the makers do not matter any more.
  const proven = { proof, repairs, notices, clashes, ...bought, swappedFrom, timezone } as unknown as PlanResource;
  const queue = row.status === 'open' ? placeOf(row, load) : null;
  const snapshot = snapshotOf(row, library);
  return { ...snapshot, ...proven, days: snapshot.days.map((day) => toCook(day, library)), queue };
}

/** Without what only the choice needed. */
function toldOf({ round, words = [], ...of }: Cleared, library: Library) {
  const rest = { ...of, near: of.near ?? null };
  if (!round)
    return { ...rest, stops: [], meals: [], trip: null, savedCents: 0, savedGrams: 0, paidCents: 0, netCents: 0 };
  const { stops, trip, savedCents, savedGrams, paidCents, netCents } = round;
  return {
    ...rest,
    meals: mealsOf(round, library, words),
    trip,
    savedCents,
    savedGrams,
    paidCents,
    netCents,
    stops: stops.map(({ shop: { key: _key, ...shop }, arrivesAt, lines }) => ({
      shop,
      arrivesAt,
      lines: lines.map(({ key: _line, shop: _shop, packs: _packs, ...line }) => line),
    })),
  };
}

interface MealOfClearances {
  date: string;
  slot: Slot;
  recipeId: string;
  title: string;
  suggestion: { name: string; text: string } | null;
  uses: object[];
}

/** The meals that use what is bought, in their order, with what they use. */
function mealsOf({ stops }: NonNullable<Cleared['round']>, { recipes }: Library, words: NonNullable<Cleared['words']>) {
  const meals = new Map<string, MealOfClearances>();
  for (const { shop, lines } of stops)
    for (const { ean, name, food, uses } of lines)
      for (const { date, slot, recipeId, grams } of uses) {
        const key = `${date} ${SLOTS.indexOf(slot)}`;
        const title = recipes.get(recipeId)?.title ?? recipeId;
        const named = words.find((one) => one.date === date && one.slot === slot);
        const suggestion = named ? { name: named.name, text: named.text } : null;
        const meal = meals.get(key) ?? { date, slot, recipeId, title, suggestion, uses: [] };
        meal.uses.push({ storeId: shop.storeId, ean, name, food, grams });
        meals.set(key, meal);
      }
  return [...meals].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, meal]) => meal);
}

function toCook({ date, meals }: PlanSnapshot['days'][number], { recipes }: Library): PlanResource['days'][number] {
  return {
    date,
    meals: meals.map(({ portions, ...meal }) => {
      const recipe = recipes.get(meal.recipeId);
      const servings = portions.reduce((sum, portion) => sum + portion.servings, 0);
      const gramsOf = (share: number) => (recipe ? Math.round(recipe.gramsPerServing * share) : null);
      return {
        ...meal,
        portions: portions.map((portion) => ({ ...portion, grams: gramsOf(portion.servings) })),
        recipe: recipe ? (cardOf(recipe, servings) as RecipeCard) : null, // readonly, which its schema cannot say
      };
    }),
  };
}
type RecipeCard = NonNullable<PlanResource['days'][number]['meals'][number]['recipe']>;

function closestOf(closest: Closest | null, { recipes }: Library) {
  if (closest === null) return null;
  const { plan, costCents, misses } = closest;
  const days = plan.days.map(({ date, meals }) => ({
    date,
    meals: meals.map((meal) => ({ ...meal, title: recipes.get(meal.recipeId)?.title ?? meal.recipeId })),
  }));
  return { days, costCents, seed: plan.seed, misses };
}

/** Why there is no plan, in sentences that say what to change; null when there is one. */
export function failureOf(outcome: PlanOutcome): Failure | null {
  switch (outcome.kind) {
    case 'planned':
      return null;
    case 'refused':
      return {
        reason: 'refused',
        details: outcome.refusals.map(({ pointer, reason }) => ({ pointer, detail: reason })),
      };
    case 'clash':
      return { reason: 'clash', details: outcome.clashes.map(({ sentence }) => ({ pointer: null, detail: sentence })) };
  }
}
