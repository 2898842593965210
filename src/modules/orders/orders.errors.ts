import type { ErrorRows } from '../../common/error-row.js';

export const ORDERS_ERRORS = {
  import_not_found: [404, 'There is no such import; check the id and that the key belongs to the same tenant.', false],
  import_already_closed: [409, 'The import already has its outcome; read it with GET.', false],
  import_not_completed: [
    409,
    'Only an import that was completed, was no dry run and was not undone, can be answered or undone.',
    false,
  ],
  import_too_large: [
    413,
    'A file is larger than 16 MB (64 MB for HAR and ZIP), or all together than 64 MB; send it in parts.',
    false,
  ],
  import_broken_off: [400, 'The body ended before all of it had come, or is no well-formed form; send it again.', true],
  import_encoding_unsupported: [
    415,
    'Send the body without Content-Encoding; to send less, put the files into a ZIP.',
    false,
  ],
  order_not_found: [404, 'There is no such order; check the id and that the key belongs to the same tenant.', false],
  product_not_found: [
    404,
    'There is no such product; check the id and that the key belongs to the same tenant.',
    false,
  ],
  product_join_itself: [409, 'A product cannot be joined with itself, or parted from itself.', false],
  history_erase_unconfirmed: [
    409,
    'Nothing was erased; `present` says what would be. Send the call again with ?confirm= and the count that it says.',
    false,
  ],
  history_busy: [503, 'Another change of the same history is under way; try again in a moment.', true],
} as const satisfies ErrorRows;
