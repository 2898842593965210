import type { ErrorRows } from '../../common/error-row.js';

export const LIVE_ERRORS = {
  event_not_found: [
    404,
    'The event in after is not kept any more, or was never yours; begin without after, and read what is missing with GET.',
    false,
  ],
  streams_too_many: [
    429,
    'This API key has as many streams open as it may; close some, follow many subjects on one WebSocket, or poll.',
    true,
  ],
  subjects_too_many: [
    429,
    'This connection follows as many subjects as it may; unsubscribe from some, or open another connection.',
    true,
  ],
  origin_not_allowed: [
    403,
    'Pages of this origin may not open a connection; an operator names those that may in LOOPGPT_CORS_ORIGINS.',
    false,
  ],
  gateway_not_entered: [401, 'Say who you are first: {"type":"auth","token":"<API key>"}.', false],
  gateway_entered: [409, 'This connection has a user already, that of its key; open another for another.', false],
  user_stated: [400, 'The user is that of the key; leave userId out of what you send.', false],
  stock_not_told: [
    422,
    'No shop tells of its stock by itself; route the cart, and its quotes say what a shop lacks.',
    false,
  ],
  upgrade_required: [426, 'This path speaks WebSocket only; see /docs for the streams that are plain HTTP.', false],
} as const satisfies ErrorRows;
