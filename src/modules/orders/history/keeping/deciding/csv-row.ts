/** Rows of an export as CSV (RFC 4180). Pure. */

/** What most rows have, each in a cell of its own; `data` is the whole row as JSON. */
export const CSV_COLUMNS = [
  'sort',
  'id',
  'of',
  'retailer',
  'number',
  'day',
  'store',
  'name',
  'size',
  'quantity',
  'cents',
  'currency',
  'data',
] as const;

export type Exported = Readonly<Record<string, unknown> & { sort: string }>;

export const csvHeader = (): string => `${CSV_COLUMNS.join(',')}\r\n`;

export function csvRow(row: Exported): string {
  const cells = CSV_COLUMNS.map((column) => cellOf(column === 'data' ? JSON.stringify(row) : row[column]));
  return `${cells.join(',')}\r\n`;
}

/** A text that a spreadsheet would take for a formula begins with an apostrophe, which readers of such files take off again. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
