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
  upgrade_required: [426, 'This path speaks WebSocket only; see /docs for the streams that are plain HTTP.', false],
} as const satisfies ErrorRows;
