import type { Gathered } from './gathered.js';
import { plainNameOf } from './names.js';
import type { Cell, Table } from './opening/opened.js';

/** A table by what its columns mean, whatever their order and language. Pure. */
export interface Header<Meaning extends string> {
  /** Index of the first row after it. */
  from: number;
  width: number;
  /** Columns that nobody knows, as they call themselves. */
  unknown: string[];
  has: (meaning: Meaning) => boolean;
  /** Trimmed; empty where there is no such column or cell. */
  textOf: (row: readonly Cell[], meaning: Meaning) => string;
}

/** Words by meaning, parted by `|`, plain: small letters without marks and signs. */
export type Words<Meaning extends string> = Readonly<Record<Meaning, string>>;

/** Looks among the first rows for one that has all of `needed`. Null when none has. */
export function headerOf<Meaning extends string>(
  { rows }: Table,
  words: Words<Meaning>,
  needed: readonly NoInfer<Meaning>[],
): Header<Meaning> | null {
  const byWord = new Map(
    Object.entries<string>(words).flatMap(([meaning, all]) =>
      all.split('|').map((word): [string, Meaning] => [word, meaning as Meaning]),
    ),
  );
  for (const [index, row] of rows.slice(0, 10).entries()) {
    const at = new Map<Meaning, number>();
    const unknown: string[] = [];
    row.forEach(({ text }, column) => {
      const meaning = byWord.get(plainNameOf(text));
      if (meaning !== undefined && !at.has(meaning)) at.set(meaning, column);
      else if (meaning === undefined && text.trim() !== '') unknown.push(text.trim().slice(0, 60));
    });
    if (needed.some((meaning) => !at.has(meaning))) continue;
    const textOf = (cells: readonly Cell[], meaning: Meaning): string => {
      const column = at.get(meaning);
      return column === undefined ? '' : (cells[column]?.text.trim() ?? '');
    };
    return { from: index + 1, width: row.length, unknown, has: (meaning) => at.has(meaning), textOf };
  }
  return null;
}

/** One table of a file, with how it is read. */
export interface Headed<Meaning extends string> {
  header: Header<Meaning>;
  head: readonly Cell[];
  rows: readonly (readonly Cell[])[];
  /** Where a row of them is, by its place among them. */
  whereOf: (index: number) => string;
}

/** Tables that have a header of these words; columns and tables that are not understood are told. Null when none has one. */
export function headedTables<Meaning extends string>(
  tables: readonly Table[],
  headerOfTable: (table: Table) => Header<Meaning> | null,
  found: Gathered,
): Headed<Meaning>[] | null {
  const all = tables.map((table) => ({ table, header: headerOfTable(table) }));
  if (all.every(({ header }) => header === null)) return null;
  const headed = all.flatMap(({ table, header }): Headed<Meaning>[] => {
    const place = table.name === null ? '' : `${table.name.slice(0, 80)}, `;
    if (!header) {
      found.skip(table.name ?? 'table', 'It tells of no order.');
      return [];
    }
    const whereOf = (index: number) => `${place}row ${header.from + index + 1}`;
    return [{ header, head: table.rows[header.from - 1]!, rows: table.rows.slice(header.from), whereOf }];
  });
  found.askOfColumns([...new Set(headed.flatMap(({ header }) => header.unknown))]);
  return headed;
}

/**
 * Which mark parts cents in a column of amounts: the last of those that stand before one or two digits at an end. Where none does and points
 * stand before three, they part thousands.
 */
export function decimalIn(texts: readonly string[]): '.' | ',' {
  const count = (mark: RegExp) => texts.filter((text) => mark.test(text.replaceAll(/[^\d.,]/g, ''))).length;
  const [commas, points] = [count(/,\d{1,2}$/), count(/\.\d{1,2}$/)];
  if (commas === 0 && points === 0) return count(/^[1-9]\d{0,2}\.\d{3}$/) > 0 ? ',' : '.';
  return commas > points ? ',' : '.';
}
