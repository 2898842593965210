import { EVENTS, type EventData, type EventName } from '../catalogue.js';
import type { EventEnvelope } from '../event.js';

/** An event as listeners get it: its data parsed by the schema of its name. `data` stays the text it is. */
export type HeardEvent<N extends EventName = EventName> = {
  [K in N]: EventEnvelope & { name: K; parsed: EventData<K> };
}[N];

/** What has been read, so that the listeners of a process that hear one record read it once. */
const read = new WeakMap<EventEnvelope, HeardEvent | string>();

/** The event with its data, or why no listener of this release can make anything of it. */
export function readingOf(event: EventEnvelope): HeardEvent | string {
  const before = read.get(event);
  if (before !== undefined) return before;
  const reading = parse(event);
  read.set(event, reading);
  return reading;
}

function parse(event: EventEnvelope): HeardEvent | string {
  const row = Object.hasOwn(EVENTS, event.name) ? EVENTS[event.name] : undefined;
  if (!row) return `unknown event name ${JSON.stringify(event.name)}`;
  if (!event.id || !event.subject || !event.tenantId) return 'an attribute is missing';
  try {
    const parsed = row.schema.safeParse(JSON.parse(event.data));
    if (!parsed.success) return `data does not fit ${event.name}: ${parsed.error.issues[0]?.message}`;
    return { ...event, parsed: parsed.data } as HeardEvent;
  } catch {
    return 'data is not JSON';
  }
}
