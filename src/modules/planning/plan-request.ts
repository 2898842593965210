import { AppError } from '../../common/errors.js';
import { placeOfAddress, placeOfPostalCode, type Place } from '../../vocabulary/places.js';
import { ZONE } from '../discounts/offering/told-offer.js';
import type { ShippingAddress } from '../providers/provider.js';
import type { ClearanceWish, Cleared } from './clearing/words.js';
import type { Receipt } from './plan.dto.js';
import type { CreatePlan, Intake } from './planning.dto.js';
import type { Playlist } from './playlist/playlist.js';
import { YOUNGEST_YEARS, type DraftPlan, type Person, type Plan, type PlanRequest } from './solver/plan.js';
import type { SwapWish } from './solver/swap-meal.js';

/** A plan's request as it is stored: all that making it depends on, complete. */
export interface StoredRequest {
  plan: PlanRequest;
  maxAiCents: number;
  /** For names of meals alone, of a plan that is chosen by what is cleared. */
  maxWordsCents?: number;
  /** Whose dates they are, where somebody named a zone; UTC's otherwise. */
  timezone?: string;
  /** What is to be bought of what shops clear. */
  clearances?: ClearanceWish;
  route: { shippingAddress: ShippingAddress; quorum?: number } | null;
  /** Of a plan that is another one with one meal swapped: that one, who chose its meals, and what is wished. */
  swap?: {
    plan: Plan;
    wish: SwapWish;
    origin: 'claude' | 'solver' | null;
    playlist: Playlist | null;
    /** Foods that no shop had, so far. */
    missedFoods: readonly string[];
    /** The plan that is changed, and what it buys of what shops clear, whose hold goes over to the new one. */
    from?: string;
    cleared?: Cleared | null;
  };
}

/** What a model proposed, or that it did not, and what that cost. */
export interface Drafted {
  draft: DraftPlan | null;
  paid: Pick<Receipt, 'aiCents' | 'aiTokens' | 'model' | 'draft' | 'cacheHit' | 'promptVersion'>;
}

/** How much there is to plan. */
export const workOf = ({ people, days, mealsPerDay }: PlanRequest): number => people.length * days * mealsPerDay;

const USUAL_DAYS = 7;
const USUAL_MEALS = 3;

/** Small children are left out where somebody is left to plan for; alone they are refused. */
export function plannedFor(people: readonly Person[]): Pick<PlanRequest, 'people' | 'leftOut'> {
  const planned = people.filter(({ ageYears }) => ageYears >= YOUNGEST_YEARS);
  if (planned.length === 0) return { people, leftOut: [] };
  const leftOut = people.flatMap(({ id, ageYears }, place) =>
    ageYears >= YOUNGEST_YEARS ? [] : [{ id, ageYears, place }],
  );
  return { people: planned, leftOut };
}

/** Whose today and whose dates are meant, where somebody says. */
export const timezoneOf = (
  body: Pick<CreatePlan, 'timezone' | 'clearances'>,
  intake: Pick<Intake, 'timezone'> | null,
): string | undefined => body.timezone ?? intake?.timezone ?? (body.clearances ? ZONE : undefined);

/** What is cleared is sold in kroner, where nobody says otherwise. */
const currencyOf = ({ currency, clearances }: CreatePlan): Pick<PlanRequest, 'currency'> => {
  const named = currency ?? (clearances ? 'DKK' : undefined);
  return named === undefined ? {} : { currency: named };
};

/** The wish with the place that it means; null where no such place is known. */
function wishOf({ clearances }: CreatePlan, found: Place | null): ClearanceWish | null | undefined {
  if (!clearances) return undefined;
  const { near, chains, ...rest } = clearances;
  const place = found ?? placeMeant(near);
  if (!place) return null;
  const { precision, latitude, longitude } = place;
  return { ...rest, near: { latitude, longitude }, precision, chains: chains ?? null };
}

function placeMeant(near: NonNullable<CreatePlan['clearances']>['near']): Place | null {
  if ('postalCode' in near) return placeOfPostalCode(near.postalCode);
  return 'address' in near ? placeOfAddress(near.address) : { ...near, precision: 'point' };
}

/**
 * What is asked, over what is stored of the user, over what is usual. Null when nobody says who is to eat. `found`: the place of an address,
 * where somebody knew it.
 */
export function requestOf(
  body: CreatePlan,
  intake: Intake | null,
  { today, seed, found = null }: { today: string; seed: number; found?: Place | null },
): StoredRequest | null {
  const people = body.people ?? intake?.people;
  if (!people) return null;
  const wish = wishOf(body, found);
  if (wish === null)
    throw new AppError('plan_refused', 'a place that is not known', {
      errors: [
        {
          pointer: '/clearances/near',
          detail: 'This is, or has, no Danish postal code that we know; give latitude and longitude.',
        },
      ],
    });
  return {
    ...(wish ? { clearances: wish } : {}),
    plan: {
      ...currencyOf(body),
      startsOn: body.startsOn ?? today,
      startsToday: (body.startsOn ?? today) <= today,
      days: body.days ?? intake?.days ?? USUAL_DAYS,
      mealsPerDay: body.mealsPerDay ?? intake?.mealsPerDay ?? USUAL_MEALS,
      ...plannedFor(people),
      diets: body.diets ?? intake?.diets ?? [],
      // What is stored holds whatever is asked: leaving an allergen out of one request must not serve it.
      allergens: [...new Set([...(intake?.allergens ?? []), ...(body.allergens ?? [])])],
      dislikes: body.dislikes ?? intake?.dislikes ?? [],
      pantry: body.pantry,
      budgetCents: body.budgetCents ?? intake?.budgetCents ?? null,
      countLeftovers: body.countLeftovers,
      pantryStaples: body.pantryStaples,
      maxMinutes: body.maxMinutes ?? intake?.maxMinutes ?? null,
      micronutrients: body.micronutrients ?? intake?.micronutrients ?? [],
      maxRepeats: body.repeats?.perWeek ?? body.maxRepeats,
      mayRunOn: body.repeats?.daysRunning ?? false,
      portions: body.portions ?? {},
      unavailableFoods: [],
      seed: body.seed ?? seed,
    },
    // Meals are chosen by what is cleared, which a model is not told.
    maxAiCents: wish ? 0 : body.maxAiCostCents,
    ...(wish ? { maxWordsCents: body.maxAiCostCents } : {}),
    timezone: timezoneOf(body, intake),
    route: body.route ?? null,
  };
}
