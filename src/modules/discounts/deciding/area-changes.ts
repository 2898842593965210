import { wordsOf } from '../../../vocabulary/words.js';
import type { FoundClearance, FoundClearances } from '../discounts.service.js';
import { isOfChains } from './chains.js';

/** What was told to run in an area, as it is kept and told when it is gone. */
export type KnownClearance = Pick<
  FoundClearance,
  'sourceId' | 'ean' | 'name' | 'distanceKm' | 'currency' | 'priceCents' | 'endsAt'
> & { store: Pick<FoundClearance['store'], 'id' | 'name' | 'postalCode'> };

/** Which of an area's clearances are wanted. */
export interface WantedClearances {
  chains: readonly string[] | null;
  /** Those whose name has all of them. */
  words: string | null;
}

export interface AreaChanges {
  came: FoundClearance[];
  changed: { now: FoundClearance; wasCents: number }[];
  went: KnownClearance[];
  /** What is known to run there from now on. */
  known: KnownClearance[];
}

/** Of an area, so many are followed: those that are, and then the nearest. */
const MOST_FOLLOWED = 1000;

/**
 * What has come, moved and gone in an area since it was last told. Stock alone, which falls with each customer, is no change. What is kept of a source that was not
 * heard now stays until its end. Pure.
 */
export function changesIn(
  before: readonly KnownClearance[],
  { offers, failed }: Pick<FoundClearances, 'offers' | 'failed'>,
  wanted: WantedClearances,
  nowMs: number,
): AreaChanges {
  const running = new Map(offers.filter((offer) => isWanted(offer, wanted)).map((offer) => [keyOf(offer), offer]));
  const unheard = new Set<string>(failed.map(({ sourceId }) => sourceId));
  const isKept = (one: KnownClearance) => unheard.has(one.sourceId) && Date.parse(one.endsAt) > nowMs;
  const stays = before.flatMap((one) => {
    const now = running.get(keyOf(one));
    return now ? [{ now, wasCents: one.priceCents }] : [];
  });
  const gone = before.filter((one) => !running.has(keyOf(one)));
  const kept = gone.filter(isKept);
  const known = new Set(before.map(keyOf));
  const came = [...running.values()]
    .filter((offer) => !known.has(keyOf(offer)))
    .toSorted(nearestFirst)
    .slice(0, Math.max(0, MOST_FOLLOWED - stays.length - kept.length));
  return {
    came,
    changed: stays.filter(({ now, wasCents }) => now.priceCents !== wasCents),
    went: gone.filter((one) => !isKept(one)),
    known: [...stays.map(({ now }) => knownOf(now)), ...kept, ...came.map(knownOf)],
  };
}

export const hasChanged = ({ came, changed, went }: AreaChanges): boolean =>
  came.length + changed.length + went.length > 0;

function isWanted({ name, store }: FoundClearance, { chains, words }: WantedClearances): boolean {
  if (!isOfChains(store, chains)) return false;
  if (words === null) return true;
  const has = new Set(wordsOf(name));
  return wordsOf(words).every((word) => has.has(word));
}

const keyOf = ({ sourceId, store, ean }: KnownClearance): string => `${sourceId} ${store.id} ${ean}`;

/** Of two that are as far, as they were answered: the best saving first. */
const nearestFirst = (a: FoundClearance, b: FoundClearance): number =>
  (a.distanceKm ?? Infinity) === (b.distanceKm ?? Infinity)
    ? 0
    : (a.distanceKm ?? Infinity) - (b.distanceKm ?? Infinity);

function knownOf(offer: FoundClearance): KnownClearance {
  const { sourceId, ean, name, distanceKm, currency, priceCents, endsAt, store } = offer;
  const { id, name: storeName, postalCode } = store;
  return { sourceId, ean, name, store: { id, name: storeName, postalCode }, distanceKm, currency, priceCents, endsAt };
}

/** Of each sort in one telling; the rest is counted. */
const MOST_TOLD = 50;

/** As an event tells them. */
export function toldOf({ came, changed, went }: AreaChanges) {
  const over = (all: readonly unknown[]): number => Math.max(0, all.length - MOST_TOLD);
  return {
    came: came.slice(0, MOST_TOLD).map(runningOf),
    changed: changed.slice(0, MOST_TOLD).map(({ now, wasCents }) => ({ ...runningOf(now), wasCents })),
    went: went.slice(0, MOST_TOLD),
    more: { came: over(came), changed: over(changed), went: over(went) },
  };
}

function runningOf(offer: FoundClearance) {
  const { regularPriceCents, stock, stockUnit, buyBy } = offer;
  return { ...knownOf(offer), regularPriceCents, stock, stockUnit, buyBy };
}
