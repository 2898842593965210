import { Unreadable, type SourceFile } from '../reading.js';
import { textOf } from './decode.js';
import { delimitedTable } from './delimited.js';
import type { Opened } from './opened.js';
import { isMail, isPdf, isReceipt } from './sniffing.js';

/** What a file is, by its content and never by its name. Throws Unreadable, with a sentence for its sender, for what nobody reads. */
export function open({ name, bytes }: SourceFile): Opened {
  const named = { name: name?.split(/[\\/]/).at(-1) ?? null };
  if (isPdf(bytes)) return { ...named, kind: 'pdf', bytes };
  if (isMail(bytes)) return { ...named, kind: 'mail', bytes };
  const text = textOf(bytes);
  if (text === null)
    throw new Unreadable('The file is neither text nor a document that is read here; see the list of formats.');
  const body = text.trim();
  if (body === '') throw new Unreadable('The file is empty.');
  if (isReceipt(text)) return { ...named, kind: 'text', text };
  const table = delimitedTable(text);
  if (table && table.rows.length > 0) return { ...named, kind: 'tables', of: 'csv', tables: [table] };
  return { ...named, kind: 'text', text };
}
