import type { FoundClearance } from '../../src/modules/discounts/discounts.service.js';
import type { ClearanceWish } from '../../src/modules/planning/clearing/words.js';

/** What a household that lives in Aarhus wishes of clearances. */
export const WISH: ClearanceWish = {
  near: { latitude: 56.15, longitude: 10.2 },
  precision: 'point',
  radiusKm: 5,
  maxStops: 2,
  perKmCents: 200,
  perHourCents: 0,
  freeze: false,
  chains: null,
  keepsDays: {},
  language: 'en',
};

/** A shop's hours on a day. */
export const open = (day: string) => ({ opensAt: `${day}T06:00:00Z`, closesAt: `${day}T20:00:00Z` });

/** Something that a shop nearby clears, as it was found. */
export function offer(
  changes: Partial<FoundClearance> = {},
  read: Partial<FoundClearance['read']> = {},
): FoundClearance {
  return {
    sourceId: 'SALLING',
    ean: '2000000000015',
    name: 'KYLLINGEBRYST 450 G',
    category: 'Kød og fisk>Fjerkræ',
    currency: 'DKK',
    priceCents: 2500,
    regularPriceCents: 5000,
    stock: 10,
    stockUnit: 'each',
    startsAt: '2026-03-26T00:00:00Z',
    endsAt: '2026-03-28T23:00:00Z',
    updatedAt: '2026-03-27T09:00:00Z',
    store: {
      id: 'one',
      name: 'One',
      brand: 'netto',
      street: null,
      postalCode: '8000',
      city: 'Aarhus C',
      latitude: 56.151,
      longitude: 10.2,
      hours: [open('2026-03-27'), open('2026-03-28')],
    },
    distanceKm: 0.1,
    precision: 'point',
    isOpenNow: true,
    mayBeGone: 'unlikely',
    buyBy: '2026-03-28T20:00:00Z',
    useBy: { date: '2026-03-28', isAssumed: true },
    isStale: false,
    seenAt: '2026-03-27T10:00:00Z',
    trail: [],
    ...changes,
    read: {
      food: 'chicken breast',
      match: 'exact',
      packGramsOrMl: 450,
      pieces: 1,
      isOrganic: false,
      state: 'fresh',
      allergens: { certain: [], likely: [], freeOf: [] },
      ...read,
    },
  };
}
