import { newId } from '../common/ids.js';
import type { EventData, StoredEventName } from './catalogue.js';

/** The same to whoever only says it. */
type Said<T> = T extends readonly (infer I)[]
  ? readonly Said<I>[]
  : T extends object
    ? { readonly [K in keyof T]: Said<T[K]> }
    : T;
/** What may be told under a name. */
export type EventFacts<N extends StoredEventName> = Said<EventData<N>>;

/**
 * An event before it is a row. `of` alone makes one, so that its data fits its name wherever the two travel together: as a
 * parameter of `append`, or as the `event` of a statement that ends with `appendFrom`.
 */
export class NewEvent {
  declare private readonly made: true;

  private constructor(
    readonly id: string,
    readonly name: StoredEventName,
    readonly data: string,
    /** What is carried on from it, where that is another step than the one its subject was accepted in. */
    readonly traceparent?: string,
  ) {}

  static of<N extends StoredEventName>(name: N, data: EventFacts<N>): NewEvent {
    return new NewEvent(newId('evt'), name, JSON.stringify(data));
  }

  /** The same, told by the step that `traceparent` names. */
  by(traceparent: string): NewEvent {
    return new NewEvent(this.id, this.name, this.data, traceparent);
  }
}

/** When its row says that it happened, RFC 3339 in UTC. */
export const EVENT_TIME = `to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS time`;

/**
 * The INSERT that ends a statement which changes what its events are about: `rows` yields id, tenant_id, traceparent and sequence of
 * each subject (its event may name a step of its own), and the `event` (jsonb of a `NewEvent`) that is told of it. One round trip for both, and neither without the other.
 */
export const appendFrom = (rows: string): string =>
  `INSERT INTO events (id, tenant_id, subject, sequence, name, data, traceparent)
   SELECT event->>'id', tenant_id, id, sequence, event->>'name', event->>'data', COALESCE(event->>'traceparent', traceparent) FROM ${rows}`;
