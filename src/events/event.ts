import { databaseNow } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { EVENTS, type DirectEventName, type EventData, type EventName, type Topic } from './catalogue.js';
import { EVENT_TIME } from './new-event.js';

/** One event as it travels: CloudEvents attributes plus our tenant, sequence and trace; `data` is the exact JSON text. */
export interface EventEnvelope {
  id: string;
  name: EventName;
  tenantId: string;
  /** Id of the thing it is about, and the record's key. */
  subject: string;
  /** 1, 2, … within the subject; the same number in webhook, stream and poll. 0 for events that are not stored. */
  sequence: number;
  /** RFC 3339, from the database for stored events. */
  time: string;
  traceparent: string;
  data: string;
}

/** An event that is not stored before it is published. */
export function directEvent<N extends DirectEventName>(
  name: N,
  about: { tenantId: string; subject: string; traceparent: string },
  data: EventData<N>,
): EventEnvelope {
  return {
    id: newId('evt'),
    name,
    ...about,
    sequence: 0,
    time: new Date(databaseNow()).toISOString(),
    data: JSON.stringify(data),
  };
}

export function topicOf(name: EventName): Topic {
  return EVENTS[name].topic;
}

/** The columns of an event's row as its envelope; every door reads them with this text, so that all tell the same time. */
export const ENVELOPE_COLUMNS = `id, name, tenant_id AS "tenantId", subject, sequence, traceparent, data,
  ${EVENT_TIME}`;

/**
 * What callers are sent of an event, byte for byte the same by webhook, stream and poll. The data goes in as the text it is: parsing
 * and writing it again could change its bytes.
 */
export function bodyOf({ id, name, subject, time, sequence, data }: EventEnvelope): string {
  const head = JSON.stringify({ id, type: name, subject, timestamp: time, sequence });
  return `${head.slice(0, -1)},"data":${data}}`;
}

/** Whether it is what those who follow its subject wait for: their streams end with it. A newer version's name is not known here. */
export function isTerminal(name: EventName): boolean {
  return (EVENTS[name] as { terminal?: boolean } | undefined)?.terminal === true;
}
