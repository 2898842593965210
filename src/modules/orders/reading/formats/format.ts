import type { Opened } from '../opening/opened.js';
import type { Reading } from '../reading.js';
import type { FormatId } from './format-ids.js';

/** What a format's folder brings: whether a file is of it, and what it says. */
export interface Format {
  id: FormatId;
  /** Null when the file is of another format. Throws Unreadable when it is of this one, and cannot be read. */
  read: (file: Opened) => Omit<Reading, 'format'> | null | Promise<Omit<Reading, 'format'> | null>;
}
