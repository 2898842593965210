import type { EventRow } from '../../events/event-row.js';
import { CartSnapshot } from './carts/carts.dto.js';

const CARTS = { topic: 'carts.v1', version: 1, source: 'outbox', schema: CartSnapshot } as const;

/** How the reading of words ends, and what becomes of the cart after. */
export const WORDS_EVENTS = {
  'cart.ready': { ...CARTS, terminal: true, about: 'The words were read, and nothing about them is open.' },
  'cart.needs_input': { ...CARTS, terminal: true, about: 'The words were read; what is not sure is asked.' },
  'cart.failed': { ...CARTS, terminal: true, about: 'The words were not read in time.' },
  'cart.cancelled': { ...CARTS, terminal: true, about: 'The caller cancelled before the words were read.' },
  'cart.changed': { ...CARTS, about: 'Answers changed the cart; its status tells whether anything is open.' },
} as const satisfies Record<string, EventRow>;
