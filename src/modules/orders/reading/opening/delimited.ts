import { parse } from 'csv-parse/sync';
import { Unreadable } from '../reading.js';
import { MOST_COLUMNS, MOST_ROWS, cellMaker, type Cell, type Table } from './opened.js';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const LONGEST_ROW = 1_000_000;

/**
 * A text of rows as a table. The delimiter is the one that most rows hold equally often; it alone is given to the parser, which would
 * split at all of several. Throws Unreadable for a row that never ends or is longer than 1 MB, and for more than 300,000 rows.
 */
export function delimitedTable(text: string): Table | null {
  const delimiter = delimiterOf(text);
  if (delimiter === null) return null;
  const cell = cellMaker();
  const rows: Cell[][] = [];
  let [width, brokenAt] = [0, 0];
  try {
    parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: LONGEST_ROW,
      to: MOST_ROWS + 1,
      // Answering none, so that the parser keeps none.
      on_record: (record) => {
        if (brokenAt === 0 && record.some((text) => holdsRows(text, record[0]!, delimiter, width)))
          brokenAt = rows.length + 1;
        width = Math.max(width, record.length);
        rows.push(record.slice(0, MOST_COLUMNS).map((text) => cell(text)));
        return null;
      },
    });
  } catch (error) {
    throw new Unreadable(sentenceOf((error as { code?: string }).code), { cause: error });
  }
  if (brokenAt > 0)
    throw new Unreadable(
      `A quote that is opened in row ${brokenAt} is closed in a later row only, so where rows end cannot be told; mend the file.`,
    );
  if (rows.length > MOST_ROWS) throw new Unreadable('The file has more than 300,000 rows; send it in parts.');
  return { name: null, rows };
}

/**
 * Whether a cell has taken in rows after its own, for want of the quote that ends it: what stood behind its quote, in a later row, was no
 * end of a cell (then the quotes are left in it), or it has as many delimiters as a row, and a line in it begins as rows do.
 */
function holdsRows(text: string, first: string, delimiter: string, width: number): boolean {
  if (!/[\r\n]/.test(text)) return false;
  const found = text.split(delimiter).length - 1;
  const [head = '', ...lines] = text.split(/[\r\n]+/);
  if (head.startsWith('"') && lines.some((line) => line.includes(`${delimiter}"`))) return true;
  return width > 2 && found >= width - 1 && lines.some((line) => shapeOf(line.split(delimiter)[0]!) === shapeOf(first));
}

/** `2000131-42` and `17-3` are of one shape. */
const shapeOf = (text: string): string =>
  text
    .trim()
    .replaceAll(/\d+/g, '0')
    .replaceAll(/\p{L}+/gu, 'a');

const sentenceOf = (code: string | undefined): string =>
  code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'A quote is opened and never closed, so where its row ends cannot be told; mend the file.'
    : code === 'CSV_MAX_RECORD_SIZE'
      ? 'A row is longer than 1 MB; this is no table of orders.'
      : 'The rows cannot be told apart; export the file again.';

function delimiterOf(text: string): (typeof DELIMITERS)[number] | null {
  const lines = text
    .slice(0, 20_000)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20)
    .map((line) => line.replaceAll(/"(?:[^"]|"")*"/g, ''));
  const scored = DELIMITERS.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const [first = 0] = counts;
    return { delimiter, first, alike: first === 0 ? 0 : counts.filter((count) => count === first).length };
  });
  const [best] = scored.toSorted((a, b) => b.alike - a.alike || b.first - a.first);
  return best && best.alike > 0 ? best.delimiter : null;
}
