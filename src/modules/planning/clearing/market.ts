import { avoidedBy } from '../../../vocabulary/allergens.js';
import { distanceKm } from '../../../vocabulary/places.js';
import { isBelow } from '../../../vocabulary/substances.js';
import { daysAfter, dayIn } from '../../discounts/offering/opening.js';
import { ZONE } from '../../discounts/offering/told-offer.js';
import { keepsDays, keepsFrozenDays } from '../../discounts/offering/use-by.js';
import type { FoundClearance } from '../../discounts/discounts.service.js';
import type { Library } from '../../nutrition/library.js';
import { avoidedOf } from '../needs/avoided.js';
import { foodNamed } from '../needs/food-names.js';
import { dateOf, datesOf } from '../solver/dates.js';
import type { PlanRequest } from '../solver/plan.js';
import { shortestWay } from './trip.js';
import type { ClearanceWish, ClearedLot, Market, Shop } from './words.js';

/** Of what is told to be left, what may be counted on: others shop too, and the older the word the more of them did. */
const STOCK_SHARE = { unlikely: 0.8, possible: 0.6, likely: 0.4 } as const;
/** From the plan's first day on, so many days are tried for one on which shops are open. */
const DAYS_TRIED = 3;

/** Packs that other plans hold, by the key of the lot. */
export type Held = ReadonlyMap<string, number>;

/**
 * What may be bought for a plan on one day: the first of its days on which a shop that has something of use can be reached while it is
 * open. What the household must not have, what is no food of ours, what has no regular price and what nobody can weigh is left out; a name
 * that may hold an allergen of the household is, too. Null where there is nothing. Pure.
 */
export function marketOf(
  offers: readonly FoundClearance[],
  wish: ClearanceWish,
  { request, library, nowMs, held }: { request: PlanRequest; library: Library; nowMs: number; held: Held },
): Market | null {
  const today = dayIn(ZONE, nowMs);
  const days = datesOf({ ...request, days: Math.min(request.days, DAYS_TRIED) }).filter((day) => day >= today);
  const usable = usableIn(offers, wish, request, library);
  for (const day of days) {
    const market = marketOn(day, { usable, wish, request, nowMs, held, today });
    if (market.lots.length > 0) return market;
  }
  return null;
}

type Usable = FoundClearance & { food: string; grams: number; regular: number; cents: number };

function usableIn(
  offers: readonly FoundClearance[],
  wish: ClearanceWish,
  request: PlanRequest,
  library: Library,
): Usable[] {
  const avoided = avoidedOf(request, library).foods;
  const ids = request.allergens.flatMap((word) => {
    const read = avoidedBy(word);
    return read.ok ? [...read.ids] : [];
  });
  return offers.flatMap((offer): Usable[] => {
    const { read, store, regularPriceCents, priceCents, stockUnit } = offer;
    const food = read.food === null ? undefined : foodNamed(read.food, library.foods)?.name;
    const grams = read.packGramsOrMl;
    const isNear = store.latitude !== null && store.longitude !== null;
    if (food === undefined || !isNear || grams === null || grams <= 0 || regularPriceCents === null) return [];
    if (offer.currency !== (request.currency ?? 'USD') || avoided.has(food)) return [];
    if (distanceKm(wish.near, { latitude: store.latitude!, longitude: store.longitude! }) > wish.radiusKm) return [];
    // What only stands in for a food may hold what the food does not.
    if (read.match === 'stand_in' && request.allergens.length + request.diets.length > 0) return [];
    if ([...read.allergens.certain, ...read.allergens.likely].some((name) => isOneOf(name, ids))) return [];
    // What is weighed has its price by the kg: a pack of it is of the weight that its name tells.
    const each = (cents: number) => (stockUnit === 'kg' ? Math.ceil((cents * grams) / 1000) : cents);
    const [cents, regular] = [each(priceCents), each(regularPriceCents)];
    return cents < regular ? [{ ...offer, food, grams: Math.floor(grams), regular, cents }] : [];
  });
}

/** Whether an allergen of the law is, holds or is held by one that is avoided. */
function isOneOf(name: string, ids: readonly string[]): boolean {
  if (ids.length === 0) return false;
  const read = avoidedBy(name);
  // A word of the table that the vocabulary does not know may be anything.
  return (
    !read.ok || read.ids.some((id) => ids.some((other) => id === other || isBelow(id, other) || isBelow(other, id)))
  );
}

interface Given {
  usable: readonly Usable[];
  wish: ClearanceWish;
  request: PlanRequest;
  nowMs: number;
  held: Held;
  today: string;
}

function marketOn(day: string, { usable, wish, request, nowMs, held, today }: Given): Market {
  const departsAt = new Date(day === today ? nowMs : Date.parse(`${day}T08:00:00Z`)).toISOString();
  const shops = new Map<string, Shop | null>();
  const lots = usable.flatMap((offer): ClearedLot[] => {
    const key = `${offer.sourceId} ${offer.store.id}`;
    if (!shops.has(key)) shops.set(key, shopOn(day, key, offer, wish, departsAt));
    const shop = shops.get(key);
    if (!shop) return [];
    const buyBy = Math.min(Date.parse(offer.endsAt), shop.closesAt === null ? Infinity : Date.parse(shop.closesAt));
    if (buyBy <= Date.parse(departsAt) || Date.parse(offer.startsAt) > buyBy) return [];
    const kept = keptUntil(day, offer, wish);
    return kept === null || kept.useBy < day
      ? []
      : [lotOf(offer, key, { ...kept, buyBy: new Date(buyBy).toISOString(), held, isToday: day === today })];
  });
  const bought = lots.filter(({ packs }) => packs > 0);
  const used = new Set(bought.map(({ shop }) => shop));
  return {
    currency: request.currency ?? 'USD',
    day,
    departsAt,
    shops: [...shops.values()].filter((shop) => shop !== null).filter(({ key }) => used.has(key)),
    lots: bought,
  };
}

/** The shop on that day; null where it is closed, or one cannot be there in time. */
function shopOn(
  day: string,
  key: string,
  { sourceId, store }: Usable,
  wish: ClearanceWish,
  departsAt: string,
): Shop | null {
  const open = store.hours?.find(({ opensAt }) => dayIn(ZONE, Date.parse(opensAt)) === day);
  if (store.hours && store.hours.length > 0 && !open) return null;
  const { id: storeId, name, brand, street, postalCode, city } = store;
  const shop: Shop = {
    key,
    sourceId,
    storeId,
    name,
    brand,
    street,
    postalCode,
    city,
    latitude: store.latitude!,
    longitude: store.longitude!,
    opensAt: open?.opensAt ?? null,
    closesAt: open?.closesAt ?? null,
  };
  return shortestWay([shop], wish, departsAt) ? shop : null;
}

/** A printed date or the caller's own word, over what is assumed by category; and whether freezing makes it longer. */
function keptUntil(day: string, { food, category, name, read }: Usable, wish: ClearanceWish) {
  const stated = wish.keepsDays[food];
  if (stated !== undefined) return { useBy: daysAfter(day, stated), isUseByAssumed: false, isFrozen: false };
  const days = keepsDays(category ?? '', read.state);
  if (days === null) return null;
  const frozen = wish.freeze ? keepsFrozenDays(category ?? '', read.state, name) : null;
  const isFrozen = frozen !== null && frozen > days;
  return { useBy: daysAfter(day, isFrozen ? frozen : days), isUseByAssumed: true, isFrozen };
}

function lotOf(
  offer: Usable,
  shop: string,
  {
    held,
    isToday,
    ...kept
  }: Pick<ClearedLot, 'buyBy' | 'useBy' | 'isUseByAssumed' | 'isFrozen'> & { held: Held; isToday: boolean },
): ClearedLot {
  const { ean, name, food, read, grams, cents, regular, stock, stockUnit, mayBeGone, isStale } = offer;
  const key = `${shop} ${ean}`;
  // Tomorrow more of it is gone than today.
  const stockShare = STOCK_SHARE[isToday && !isStale ? (mayBeGone ?? 'possible') : 'likely'];
  const whole = stockUnit === 'kg' ? (stock * 1000) / grams : stock;
  return {
    key,
    shop,
    ean,
    name,
    food,
    mayBeGone,
    isStale,
    stockShare,
    stock,
    stockUnit,
    match: read.match === 'stand_in' ? 'stand_in' : 'exact',
    packGrams: grams,
    priceCents: cents,
    regularCents: regular,
    packs: Math.max(0, Math.floor(whole * stockShare + 1e-9) - (held.get(key) ?? 0)),
    ...kept,
    allergens: { certain: read.allergens.certain, likely: read.allergens.likely },
  };
}

/** Of what may be bought, what the solver is told of, so that it cooks with it. */
export const lotsFor = (
  request: PlanRequest,
  { lots, day }: Pick<Market, 'lots' | 'day'>,
  shops: ReadonlySet<string>,
) =>
  lots
    .filter(({ shop }) => shops.has(shop))
    .map(({ food, packs, packGrams, useBy }) => ({
      food,
      grams: packs * packGrams,
      from: day < dateOf(request, 0) ? dateOf(request, 0) : day,
      until: useBy,
    }));
