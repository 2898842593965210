type Row = Record<string, unknown>;

/** What a cell may take, where it is not told otherwise. */
const WIDEST = 48;

/**
 * What an answer says, for people: each fact on a line with its name, then each list as a table with a line for each. What lies deeper is
 * named by its path, such as `day.p95Ms`; what is null is left out, and of a table what is null everywhere. Pure.
 */
export function toldToPeople(answer: object, widest = WIDEST): string {
  const lists = Object.entries(answer).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  const facts = [...flat(Object.fromEntries(Object.entries(answer).filter(([, value]) => !Array.isArray(value))))];
  const told = facts.filter(([, value]) => value !== '');
  const isOne = told.length === 0 && lists.length === 1;
  const parts = lists.map(([name, list]) => (isOne ? tableOf(list, widest) : underName(name, list, widest)));
  return [...(told.length > 0 ? [aligned(told)] : []), ...parts].join('\n');
}

const underName = (name: string, list: unknown[], widest: number): string =>
  list.every(isRow) && list.length > 0 ? `${name}:\n${tableOf(list, widest)}` : `${name}  ${textOf(list) || 'none'}`;

function tableOf(list: readonly unknown[], widest: number): string {
  if (list.length === 0) return 'none';
  const rows = list.map((row) => (isRow(row) ? flat(row) : new Map([['', textOf(row)]])));
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))].filter((name) =>
    rows.some((row) => (row.get(name) ?? '') !== ''),
  );
  return aligned([names, ...rows.map((row) => names.map((name) => cut(row.get(name) ?? '', widest)))]);
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, index) => Math.max(...lines.map((line) => line[index]!.length)));
  const spaced = (line: readonly string[]) => line.map((cell, index) => cell.padEnd(widths[index]!)).join('  ');
  return lines.map((line) => spaced(line).trimEnd()).join('\n');
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

const cut = (text: string, widest: number): string => (text.length > widest ? `${text.slice(0, widest - 1)}…` : text);

function flat(row: Row, before = ''): Map<string, string> {
  return new Map(
    Object.entries(row).flatMap(([name, value]): [string, string][] =>
      isRow(value) ? [...flat(value, `${before}${name}.`)] : [[before + name, textOf(value)]],
    ),
  );
}

/** Figures are rounded to what a person reads; of a list of rows only how many there are. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Number(value.toFixed(2)));
  if (!Array.isArray(value)) return typeof value === 'object' ? JSON.stringify(value) : String(value as string);
  return value.some(isRow) ? `(${value.length})` : value.map(textOf).join(', ');
}
