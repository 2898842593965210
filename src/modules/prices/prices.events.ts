import { z } from 'zod';
import type { EventRow } from '../../events/event-row.js';
import { BASE_UNITS, PRICE_KINDS } from './deciding/observation.js';

const Moved = z.object({
  id: z.string().describe('of the watch'),
  reference: z.string().nullable(),
  productId: z.string(),
  productName: z.string().nullable(),
  store: z.string(),
  cents: z.int().describe('of the pack as it was seen'),
  amount: z.number(),
  unit: z.enum(BASE_UNITS),
  currency: z.string(),
  lineCents: z.int().describe('what the line of the watch is for such a pack'),
  observationId: z.string(),
  kind: z.enum(PRICE_KINDS),
  observedOn: z.iso.date(),
});
const PRICES = { topic: 'prices.v1', version: 1, source: 'outbox', schema: Moved } as const;

/** What watches of prices tell. */
export const PRICES_EVENTS = {
  'price.dropped': { ...PRICES, about: 'A price that is watched has come to its line, or under it.' },
  'price.raised': { ...PRICES, about: 'A price that is watched has risen above its line again.' },
} as const satisfies Record<string, EventRow>;
