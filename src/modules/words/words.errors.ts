import type { ErrorRows } from '../../common/error-row.js';

export const WORDS_ERRORS = {
  cart_not_found: [404, 'There is no such cart; check the id and that the key belongs to the same tenant.', false],
  cart_already_closed: [409, 'The cart already has its outcome; read it with GET.', false],
  cart_not_read: [
    409,
    'The words of the cart are not read yet; read it with GET and Prefer: wait=10, then ask again.',
    true,
  ],
  cart_never_read: [
    409,
    'The cart failed or was cancelled before its words were read; send them again as a new cart.',
    false,
  ],
  cart_changed: [409, 'The cart has changed since; read it again, and send what still holds with its version.', false],
  cart_has_questions: [
    409,
    'Questions about the cart are open; answer them, or send acceptDefaults to leave those lines out.',
    false,
  ],
  cart_questions_expired: [
    409,
    'The questions were asked too long ago; send words with cartId, which asks them anew, or route with acceptDefaults.',
    false,
  ],
  cart_empty: [409, 'The cart has no line that is settled; there is nothing to route.', false],
} as const satisfies ErrorRows;
