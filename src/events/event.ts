import { newId } from '../common/ids.js';
import { EVENTS, type EventName, type Topic } from './catalogue.js';

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
export function directEvent(
  name: EventName,
  about: { tenantId: string; subject: string; traceparent: string },
  data: unknown,
): EventEnvelope {
  return { id: newId('evt'), name, ...about, sequence: 0, time: new Date().toISOString(), data: JSON.stringify(data) };
}

export function topicOf(name: EventName): Topic {
  return EVENTS[name].topic;
}
