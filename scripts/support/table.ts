type Row = Record<string, unknown>;

/** What a cell may take. */
const WIDEST = 48;

/**
 * What an answer says, for people: a list of it as a table with a line for each, anything else as JSON. Of what lies deeper a column is named
 * by its path, such as `day.p95Ms`; lists and what is null everywhere are left out. Pure.
 */
export function toldToPeople(answer: object): string {
  const list = Object.values(answer).find((value): value is Row[] => Array.isArray(value) && value.every(isRow));
  if (!list) return JSON.stringify(answer, null, 2);
  if (list.length === 0) return 'none';
  const rows = list.map((row) => flat(row));
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))].filter((name) =>
    rows.some((row) => (row.get(name) ?? '') !== ''),
  );
  const lines = [names, ...rows.map((row) => names.map((name) => row.get(name) ?? ''))];
  const widths = names.map((_, index) => Math.max(...lines.map((line) => line[index]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

function flat(row: Row, before = ''): Map<string, string> {
  return new Map(
    Object.entries(row).flatMap(([name, value]): [string, string][] => {
      if (Array.isArray(value)) return [];
      if (isRow(value)) return [...flat(value, `${before}${name}.`)];
      const text = value === null || value === undefined ? '' : String(value);
      return [[before + name, text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text]];
    }),
  );
}
