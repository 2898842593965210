import { distanceKm } from '../../../vocabulary/places.js';
import type { ClearanceWish, Shop, Trip } from './words.js';

/** How one gets round some shops and home again. Pure. */

/** A road is longer than the crow flies. */
export const ROAD = 1.3;
export const KM_PER_HOUR = 30;
export const MINUTES_A_STOP = 10;
const MINUTE_MS = 60_000;

type Travel = Pick<ClearanceWish, 'near' | 'perKmCents' | 'perHourCents'>;
export interface Way {
  shops: readonly Shop[];
  arrivals: readonly number[];
  trip: Trip;
}

export const minutesFor = (km: number): number => (km / KM_PER_HOUR) * 60;

/** The shortest way on which each shop is open, and what is bought there still to be had by `buyBy`, when one is there; null: there is none. */
export function shortestWay(
  shops: readonly Shop[],
  wish: Travel,
  departsAt: string,
  buyBy: ReadonlyMap<string, number> = new Map(),
): Way | null {
  let best: Way | null = null;
  for (const order of ordersOf(shops)) {
    const way = along(order, wish, Date.parse(departsAt), buyBy);
    if (way && (!best || way.trip.km < best.trip.km)) best = way;
  }
  return best;
}

function along(
  shops: readonly Shop[],
  wish: Travel,
  departsMs: number,
  buyBy: ReadonlyMap<string, number>,
): Way | null {
  let [at, km, now]: [ClearanceWish['near'], number, number] = [wish.near, 0, departsMs];
  const arrivals: number[] = [];
  for (const shop of shops) {
    const leg = distanceKm(at, shop) * ROAD;
    km += leg;
    now += minutesFor(leg) * MINUTE_MS;
    if (shop.opensAt !== null) now = Math.max(now, Date.parse(shop.opensAt));
    arrivals.push(now);
    now += MINUTES_A_STOP * MINUTE_MS;
    const closes = Math.min(
      shop.closesAt === null ? Infinity : Date.parse(shop.closesAt),
      buyBy.get(shop.key) ?? Infinity,
    );
    if (now > closes) return null;
    at = shop;
  }
  const whole = costOf(km + distanceKm(at, wish.near) * ROAD, shops.length, wish);
  return { shops, arrivals, trip: { ...whole, endsAt: new Date(now).toISOString() } };
}

/** What so many km with so many stops cost: each km, and each hour of the way and at the shops. */
export function costOf(km: number, stops: number, { perKmCents, perHourCents }: Travel): Omit<Trip, 'endsAt'> {
  const rounded = Math.round(km * 10) / 10;
  const minutes = Math.round(minutesFor(rounded) + stops * MINUTES_A_STOP);
  return { km: rounded, minutes, cents: Math.ceil(rounded * perKmCents + (minutes * perHourCents) / 60 - 1e-9) };
}

function ordersOf<T>(all: readonly T[]): T[][] {
  if (all.length <= 1) return [[...all]];
  return all.flatMap((one, at) => ordersOf([...all.slice(0, at), ...all.slice(at + 1)]).map((rest) => [one, ...rest]));
}
