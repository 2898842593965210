import { z } from 'zod';
import type { EventRow } from '../../events/event-row.js';

const Cents = z.int().describe('of the smallest unit of the currency');
const Known = z.object({
  sourceId: z.string(),
  ean: z.string(),
  name: z.string(),
  store: z.object({ id: z.string(), name: z.string(), postalCode: z.string().nullable() }),
  distanceKm: z.number().nullable().describe('from the middle of the area, as the crow flies'),
  currency: z.string(),
  priceCents: Cents,
  endsAt: z.iso.datetime().describe('of the offer, not of the food'),
});
const Running = Known.extend({
  regularPriceCents: Cents.nullable(),
  stock: z.number(),
  stockUnit: z.enum(['each', 'kg']),
  buyBy: z.iso.datetime().nullable().describe('the end of the offer, or the last closing before; null: not any more'),
});
const Changed = z.object({
  id: z.string().describe('of the watch'),
  reference: z.string().nullable(),
  isFirst: z.boolean().describe('nothing was known of the area before: all that runs there came'),
  simulated: z.boolean(),
  came: z.array(Running).describe('new, the nearest first; 50 at most, as of the others'),
  changed: z.array(Running.extend({ wasCents: Cents })).describe('for another price than before'),
  went: z.array(Known).describe('sold, withdrawn or ended'),
  more: z
    .object({ came: z.int(), changed: z.int(), went: z.int() })
    .describe('so many beside these; GET /v1/offers has all that runs'),
});

/** What areas tell whose clearances are watched. */
export const DISCOUNTS_EVENTS = {
  'clearances.changed': {
    topic: 'clearances.v1',
    version: 1,
    source: 'outbox',
    schema: Changed,
    about: 'What shops clear in an area that is watched has come, has another price, or is gone.',
  },
} as const satisfies Record<string, EventRow>;
