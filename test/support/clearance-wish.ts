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
