import type { Currency } from '../../../common/money.js';
import type { Slot } from '../solver/plan.js';

/** The words of plans that buy what shops clear. Weights are whole grams as bought, money minor units of the plan's currency, moments RFC 3339. */
export const LANGUAGES = ['en', 'da'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the caller asks for, complete. */
export interface ClearanceWish {
  near: { latitude: number; longitude: number };
  precision: 'point' | 'postal_code';
  radiusKm: number;
  maxStops: number;
  perKmCents: number;
  perHourCents: number;
  /** Whether what may be frozen is, on the day on which it is bought. */
  freeze: boolean;
  /** Null: any. */
  chains: readonly string[] | null;
  /** Days for which foods keep, by a printed date or the caller's own judgement, over what is assumed. */
  keepsDays: Readonly<Record<string, number>>;
  language: Language;
}

/** A shop with when it can be entered on the shopping day; hours are null where they are not told. */
export interface Shop {
  key: string;
  sourceId: string;
  storeId: string;
  name: string;
  brand: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  latitude: number;
  longitude: number;
  opensAt: string | null;
  closesAt: string | null;
}

/** Packs of one food that a shop clears and that may be bought on the shopping day. */
export interface ClearedLot {
  /** Source, store and EAN. */
  key: string;
  shop: string;
  ean: string;
  name: string;
  food: string;
  match: 'exact' | 'stand_in';
  packGrams: number;
  priceCents: number;
  regularCents: number;
  /** As told. */
  stock: number;
  stockUnit: 'each' | 'kg';
  /** Whole packs that may be counted on: a share of the stock, less what other plans hold. */
  packs: number;
  stockShare: number;
  buyBy: string;
  useBy: string;
  isUseByAssumed: boolean;
  isFrozen: boolean;
  mayBeGone: 'unlikely' | 'possible' | 'likely' | null;
  isStale: boolean;
  allergens: { certain: readonly string[]; likely: readonly string[] };
}

/** All that may be bought on one day. */
export interface Market {
  currency: Currency;
  day: string;
  shops: readonly Shop[];
  lots: readonly ClearedLot[];
  /** When one may set out at the earliest. */
  departsAt: string;
}

/** So many grams of a food for a meal. */
export interface Use {
  date: string;
  slot: Slot;
  recipeId: string;
  grams: number;
}

export interface Line extends ClearedLot {
  bought: number;
  uses: readonly Use[];
  usedGrams: number;
  paidCents: number;
  /** The regular price's part of what is used, less what is paid. */
  savedCents: number;
}

export interface Stop {
  shop: Shop;
  arrivesAt: string;
  lines: readonly Line[];
}

export interface Trip {
  km: number;
  minutes: number;
  cents: number;
  /** Over when the last stop is; what is bought may be used from the meal after on. */
  endsAt: string;
}

/** A way to shop, with what it saves beyond what it costs. */
export interface Round {
  stops: readonly Stop[];
  trip: Trip;
  savedCents: number;
  savedGrams: number;
  paidCents: number;
  netCents: number;
  /** What the whole list costs less in whole packs at usual prices. */
  sparedCents: number;
}

/** What a meal is called, and a sentence about it. */
export interface MealWords {
  date: string;
  slot: Slot;
  name: string;
  text: string;
}

/** What became of the wish. `round`: what is bought; null where it is not worth it. `best`: what was the best there was. */
export interface Cleared {
  currency: Currency;
  /** From where one sets out, and how sure that is; absent in plans made before it was told. */
  near?: Pick<ClearanceWish, 'precision'> & ClearanceWish['near'];
  day: string | null;
  isWorthIt: boolean;
  sentence: string;
  round: Round | null;
  best:
    (Pick<Round, 'savedCents' | 'savedGrams' | 'netCents'> & { tripCents: number; shops: readonly string[] }) | null;
  /** The whole shopping in whole packs at usual prices: without clearances, and with them, the trip left out. Null where a price is unknown. */
  lists: { withoutCents: number; withCents: number } | null;
  formula: { savedCents: string; savedGrams: string; trip: string };
  maps: { route: string | null; stops: readonly string[] };
  tips: readonly string[];
  /** Of meals that use what is bought, where a model named them. */
  words?: readonly MealWords[];
  /** `heldPacks`: of what is cleared there, what other plans of the tenant hold. */
  seen: { shops: number; offers: number; usable: number; heldPacks?: number };
}
