import type { EventRow } from '../../events/event-row.js';
import { ImportSnapshot } from './imports/imports.dto.js';

const IMPORTS = { topic: 'imports.v1', version: 1, source: 'outbox', schema: ImportSnapshot, terminal: true } as const;

/** How imports end. */
export const ORDERS_EVENTS = {
  'import.completed': { ...IMPORTS, about: 'The files were read and merged with the history.' },
  'import.failed': { ...IMPORTS, about: 'Nothing was imported; the outcome says why.' },
  'import.cancelled': {
    ...IMPORTS,
    about: 'The caller cancelled the import before it was done; nothing was imported.',
  },
} as const satisfies Record<string, EventRow>;
