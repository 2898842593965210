import { z } from 'zod';
import { idPattern } from '../../common/ids.js';
import { EVENTS } from '../../events/catalogue.js';

/** What can be asked for by type: the events that are stored, and so have a place in the order. */
const Stored = z.lazy(() =>
  z.enum(Object.entries(EVENTS).flatMap(([name, { source }]) => (source === 'outbox' ? [name] : []))),
);
const MAX_SEQUENCE = 2 ** 31 - 1;
export const Sequence = z.coerce.number().int().min(0).max(MAX_SEQUENCE);

const token = z.string().max(2000).optional();
export const FollowSubject = z.object({
  after: Sequence.optional().describe('sequence of the last event you have; Last-Event-ID comes before it'),
  token: token.describe('a browser token, for an EventSource cannot send Authorization'),
});
export type FollowSubject = z.infer<typeof FollowSubject>;

export const OpenSocket = z.object({
  token: token.describe('a browser token; a subprotocol is better, for addresses are written down in many places'),
});
export type OpenSocket = z.infer<typeof OpenSocket>;

export const PullEvents = z.strictObject({
  after: z
    .string()
    .regex(idPattern('evt'))
    .optional()
    .describe('nextCursor of the page before; from the oldest without'),
  newest: z.enum(['true']).optional().describe('without after: begin so that the newest, at most limit, are all'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  types: z
    .string()
    .max(1000)
    .transform((text) => text.split(','))
    .pipe(z.array(Stored))
    .optional()
    .describe('comma list of event types; all without'),
});
export type PullEvents = z.infer<typeof PullEvents>;

/** An event as every door tells it: webhook, stream and poll. */
export const EventBody = z
  .object({
    id: z.string(),
    type: z.string(),
    subject: z.string(),
    timestamp: z.iso.datetime(),
    sequence: z.int(),
    data: z.looseObject({}),
  })
  .meta({ id: 'Event' });

export const EventList = z
  .object({ data: z.array(EventBody), nextCursor: z.string().nullable(), hasMore: z.boolean() })
  .meta({ id: 'EventList' });

export const BrowserToken = z
  .object({ subject: z.string(), token: z.string(), expiresAt: z.iso.datetime() })
  .meta({ id: 'BrowserToken' });
export type BrowserToken = z.infer<typeof BrowserToken>;
