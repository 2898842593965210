import { dayIn, daysAfter, hourIn } from '../../discounts/offering/opening.js';
import { ZONE } from '../../discounts/offering/told-offer.js';
import type { PriceList } from '../../nutrition/price-list.js';
import { slotsOf, type Slot } from '../solver/plan.js';
import { cheapestCover } from '../solver/shopping/cover.js';
import { isUsable, type Needs, type UsableFrom } from './needs.js';
import { packsFor } from './packing.js';
import { shortestWay } from './trip.js';
import type { ClearanceWish, ClearedLot, Line, Market, Round, Shop, Use } from './words.js';

/** By the stops there may be, so many shops are looked at together, those that could save most alone: some 300 sets of them. */
const MOST_SHOPS: Readonly<Record<number, number>> = { 1: 40, 2: 20, 3: 12, 4: 9, 5: 8 };
/** Bought by then (local hour), it is there for that meal. */
const COOKED_BY: readonly (readonly [number, Slot])[] = [
  [11, 'lunch'],
  [18, 'dinner'],
];

/**
 * The way to shop that saves most beyond what it costs, of all sets of at most `maxStops` shops: exact over the sets and their orders, with
 * the packs of each food chosen by what they save. Null where no shop has anything of use. Pure.
 */
export function bestRound(
  market: Market,
  needs: Needs,
  { wish, mealsPerDay, prices }: { wish: ClearanceWish; mealsPerDay: number; prices: PriceList },
): Round | null {
  const usualOf = usualPrices(prices);
  const lotsOf = new Map<string, ClearedLot[]>();
  for (const lot of market.lots) if (needs.has(lot.food)) lotsOf.set(lot.shop, [...(lotsOf.get(lot.shop) ?? []), lot]);
  const roundOf = (shops: readonly Shop[]): Round | null =>
    roundAt(shops, { market, needs, wish, mealsPerDay, lotsOf, usualOf });
  const alone = market.shops.flatMap((shop) => {
    const round = lotsOf.has(shop.key) ? roundOf([shop]) : null;
    return round ? [{ shop, round }] : [];
  });
  const likely = alone
    .sort((one, other) => other.round.savedCents - one.round.savedCents)
    .slice(0, MOST_SHOPS[wish.maxStops]);
  let best: Round | null = null;
  for (const shops of setsOf(
    likely.map(({ shop }) => shop),
    wish.maxStops,
  )) {
    const round = roundOf(shops);
    if (round && (!best || isBetter(round, best))) best = round;
  }
  return best;
}

/** By the lesser of what is saved and what the whole list is spared, less the trip; then the fewer stops. */
const isBetter = (one: Round, other: Round): boolean =>
  gainOf(one) > gainOf(other) || (gainOf(one) === gainOf(other) && one.stops.length < other.stops.length);
export const gainOf = ({ netCents, sparedCents, trip }: Round): number => Math.min(netCents, sparedCents - trip.cents);

interface Around {
  market: Market;
  needs: Needs;
  wish: ClearanceWish;
  mealsPerDay: number;
  lotsOf: ReadonlyMap<string, readonly ClearedLot[]>;
  /** What so much of a food costs in whole packs at usual prices; null: nobody knows. */
  usualOf: (food: string, grams: number) => number | null;
}

/** Null where they cannot be reached in time, or one of them has nothing to add. */
function roundAt(shops: readonly Shop[], { market, needs, wish, mealsPerDay, lotsOf, usualOf }: Around): Round | null {
  const way = shortestWay(shops, wish, market.departsAt);
  if (!way) return null;
  const arrivals = new Map(way.shops.map(({ key }, at) => [key, way.arrivals[at]!]));
  const from = usableFrom(way.trip.endsAt, mealsPerDay);
  const order = slotsOf(mealsPerDay);
  const byFood = new Map<string, ClearedLot[]>();
  for (const { key } of shops)
    for (const lot of lotsOf.get(key) ?? [])
      if (lot.packs > 0 && Date.parse(lot.buyBy) > arrivals.get(key)!)
        byFood.set(lot.food, [...(byFood.get(lot.food) ?? []), lot]);
  const foods = [...byFood].map(([food, lots]) => {
    const uses = needs.get(food) ?? [];
    const lines = packsFor(
      lots,
      uses.filter((use) => isUsable(use, from, order)),
    );
    const sparedCents = sparedBy(food, lines, uses, usualOf);
    // What spares no pack at the usual price is no gain, however cheap it is.
    return sparedCents > 0 ? { lines, sparedCents } : { lines: [], sparedCents: 0 };
  });
  const lines = foods.flatMap((food) => food.lines);
  const stops = way.shops.map((shop, at) => ({
    shop,
    arrivesAt: new Date(way.arrivals[at]!).toISOString(),
    lines: lines.filter((line) => line.shop === shop.key),
  }));
  if (stops.some(({ lines: some }) => some.length === 0)) return null;
  const sum = (of: (line: Line) => number): number => lines.reduce((all, line) => all + of(line), 0);
  const savedCents = sum((line) => line.savedCents);
  return {
    stops,
    trip: way.trip,
    savedCents,
    savedGrams: sum(({ usedGrams }) => usedGrams),
    paidCents: sum(({ paidCents }) => paidCents),
    netCents: savedCents - way.trip.cents,
    sparedCents: foods.reduce((all, { sparedCents }) => all + sparedCents, 0),
  };
}

/** How much less the food costs in whole packs; the saving itself where nobody knows its usual price. */
function sparedBy(food: string, lines: readonly Line[], uses: readonly Use[], usualOf: Around['usualOf']): number {
  const sum = (of: (line: Line) => number) => lines.reduce((all, line) => all + of(line), 0);
  const grams = uses.reduce((all, use) => all + use.grams, 0);
  const [all, rest] = [usualOf(food, grams), usualOf(food, grams - sum(({ usedGrams }) => usedGrams))];
  if (all === null || rest === null) return sum(({ savedCents }) => savedCents);
  return all - rest - sum(({ paidCents }) => paidCents);
}

function usualPrices(prices: PriceList): Around['usualOf'] {
  const known = new Map<string, number | null>();
  return (food, grams) => {
    if (grams <= 0) return 0;
    const key = `${food} ${grams}`;
    if (!known.has(key)) {
      const packs = prices.get(food);
      const cents =
        packs && cheapestCover(grams, packs).reduce((sum, { pack, packs: count }) => sum + count * pack.cents, 0);
      known.set(key, cents ?? null);
    }
    return known.get(key)!;
  };
}

/** The first meal for which what was bought by then is there. */
export function usableFrom(endsAt: string, mealsPerDay: number): UsableFrom {
  const at = Date.parse(endsAt);
  const [day, hour] = [dayIn(ZONE, at), hourIn(ZONE, at)];
  const slot = COOKED_BY.find(([by]) => hour < by)?.[1];
  return slot ? { date: day, slot } : { date: daysAfter(day, 1), slot: slotsOf(mealsPerDay)[0]! };
}

/** All sets of one to `most`. */
function setsOf<T>(all: readonly T[], most: number): T[][] {
  const sets: T[][] = [];
  const grow = (set: T[], from: number) => {
    if (set.length > 0) sets.push(set);
    if (set.length < most) for (let at = from; at < all.length; at++) grow([...set, all[at]!], at + 1);
  };
  grow([], 0);
  return sets;
}
