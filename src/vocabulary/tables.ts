import { csvRows } from '../common/csv.js';
import { dataFile } from '../platform/data-file.js';

type Row = Readonly<Record<string, string>>;

/** The rows of data/vocabulary/<name>.csv. Throws when the file is missing. */
export const tableOf = (name: string): readonly Row[] => csvRows(dataFile('vocabulary', `${name}.csv`));

/** A cell that lists several. */
export const listed = (cell: string | undefined, separator: string | RegExp = '|'): string[] =>
  (cell ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Makes something on first use and keeps it: tables are compiled once, and only by processes that need them. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
