import { bodyOf, type EventEnvelope } from '../../events/event.js';

/** Server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html. Pure. */

/** Milliseconds after which a client whose stream broke comes back. */
const RETRY_MS = 1000;
export const OPENING = `retry: ${RETRY_MS}\n: following\n\n`;
export const HEARTBEAT = ': still here\n\n';

/**
 * An event as one frame: its sequence is the id that `Last-Event-ID` resumes from, its data the body that a webhook has. One without a
 * place in the order has no id, so that resuming is not moved by it.
 */
export function frameOf(event: EventEnvelope): string {
  const id = event.sequence > 0 ? `id: ${event.sequence}\n` : '';
  return `${id}event: ${event.name}\n${dataOf(bodyOf(event))}\n`;
}

/** A notice about the stream itself. It has no id, so that resuming is not moved by it. */
export function noticeOf(name: 'gap' | 'dropped', facts: object): string {
  return `event: ${name}\n${dataOf(JSON.stringify(facts))}\n`;
}

/** Line ends inside stored JSON text are white space; each line is a field, and the client puts them together again with "\n". */
export function dataOf(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}\n`)
    .join('');
}
