import type { z } from 'zod';
import { DISCOUNTS_EVENTS } from '../modules/discounts/discounts.events.js';
import { ORDERS_EVENTS } from '../modules/orders/orders.events.js';
import { PLANNING_EVENTS } from '../modules/planning/planning.events.js';
import { PRICES_EVENTS } from '../modules/prices/prices.events.js';
import { ROUTING_EVENTS } from '../modules/routing/routing.events.js';
import { WORDS_EVENTS } from '../modules/words/words.events.js';
import type { EventRow } from './event-row.js';

/**
 * TABLE 2 of 2: what happened. Name → topic, version and the shape of `data`; each module contributes its rows. Consumers ignore
 * fields they do not know; a breaking change is a new topic version. The key of every record is its subject's id, so one route's
 * events stay in order.
 */
export const EVENTS = {
  ...ROUTING_EVENTS,
  ...PLANNING_EVENTS,
  ...ORDERS_EVENTS,
  ...PRICES_EVENTS,
  ...DISCOUNTS_EVENTS,
  ...WORDS_EVENTS,
} as const satisfies Record<string, EventRow>;

type Rows = typeof EVENTS;
export type EventName = keyof Rows;
/** What `data` of an event is. */
export type EventData<N extends EventName> = z.infer<Rows[N]['schema']>;
/** The events that are rows before they are records. */
export type StoredEventName = { [N in EventName]: Rows[N]['source'] extends 'outbox' ? N : never }[EventName];
export type DirectEventName = Exclude<EventName, StoredEventName>;
export type Topic = Rows[EventName]['topic'];
/** What may be heard on a topic. */
export type EventNameOn<T extends Topic> = { [N in EventName]: Rows[N]['topic'] extends T ? N : never }[EventName];

export const TOPICS: readonly Topic[] = [...new Set(Object.values(EVENTS).map((event) => event.topic))];
