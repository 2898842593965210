import type { Event } from '../../../sdk/client.js';

/** So many are shown. */
const MOST = 200;

/** Pages of what events are about, by the beginning of its id. */
const PAGES: Readonly<Record<string, string>> = { req: '/routes/', plan: '/plans/', cart: '/words/' };

/** Where the subject of an event is shown; null where no page shows it alone. */
export function pageOf(subject: string): string | null {
  const page = PAGES[subject.split('_')[0]!];
  return page ? page + subject : null;
}

/** The newest first, and each once. */
export const withLater = (shown: readonly Event[], event: Event): readonly Event[] =>
  shown.some(({ id }) => id === event.id) ? shown : [event, ...shown].slice(0, MOST);

/** `before` in the order in which they happened; what is shown already stays where it is. */
export function withEarlier(shown: readonly Event[], before: readonly Event[]): readonly Event[] {
  const known = new Set(shown.map(({ id }) => id));
  return [...shown, ...before.filter(({ id }) => !known.has(id)).reverse()].slice(0, MOST);
}
