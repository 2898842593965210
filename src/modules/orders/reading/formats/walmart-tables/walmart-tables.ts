import { dayOf } from '../../days.js';
import { Gathered } from '../../gathered.js';
import { decimalIn } from '../../headers.js';
import { nameOf } from '../../names.js';
import { isAmazonNumber, numberKeyOf } from '../../numbers.js';
import { lineOf, orderOf, type ReadLine } from '../../reading.js';
import type { Cell, Table } from '../../opening/opened.js';
import { orderAt } from './accounts.js';
import { cellOf, columnsOf, hasOrderMoney, type Columns } from './columns.js';
import { centsIn, MONEY_MEANINGS, type ZeroMeans } from './facts.js';
import { readInvoice } from './invoice.js';
import type { Layout } from './lines.js';
import type { Meaning } from './meanings.js';
import { asRowsShow, sharedByRows } from './prices-of-rows.js';
import { RowsReader } from './rows.js';

const NOTES = /^walmart order #?\s?(\d{6,24})/i;

/** A table with where it stands, and what was found so far. */
interface Task {
  table: Table;
  /** `sheet Orders, `; empty for a file of one table. */
  place: string;
  fileName: string | null;
  gathered: Gathered;
}

/**
 * Tables of Walmart orders, CSV or sheets, by the meaning of their columns: a table of orders, of items, of both, or an invoice (items and
 * labels with values). What is not understood is told: columns, rows, and sheets beside those that are. Null when none of the tables is one.
 */
export function walmartTables(tables: readonly Table[], of: 'csv' | 'xlsx', fileName: string | null): Gathered | null {
  const gathered = new Gathered();
  const [unknown, others]: [string[], string[]] = [[], []];
  for (const table of tables) {
    const place = table.name === null ? '' : `${of === 'xlsx' ? 'sheet' : 'file'} ${table.name.slice(0, 40)}, `;
    const task = { table, place, fileName, gathered };
    const columns = columnsOf(table);
    const isRead = columns ? readTable(task, columns, of) : readNamedByFile(task);
    if (!isRead) others.push(table.name ?? 'the table');
    else if (columns) unknown.push(...columns.unknown);
  }
  if (others.length === tables.length) return null;
  gathered.askOfColumns([...new Set(unknown)]);
  if (others.length > 0)
    gathered.ask('tables_unknown', `These tables were not understood and left out: ${others.slice(0, 10).join(', ')}.`);
  return gathered;
}

function readTable(task: Task, columns: Columns, of: 'csv' | 'xlsx'): boolean {
  const { table, place, gathered } = task;
  const { at } = columns;
  if (at.has('amount') && at.has('description')) return readCharges(task, columns);
  const rows = table.rows.slice(columns.from);
  if (rows.some((row) => isAmazonNumber(cellOf(row, columns, 'number').text))) return false;
  const decimal = decimalOf(rows, columns);
  const layout: Layout = {
    columns: asRowsShow(columns, rows, decimal),
    shared: sharedByRows(columns, rows),
    of,
    linesAre: at.has('name') ? (isOrderedView(columns) ? 'ordered' : 'charged') : 'unknown',
    zero: zeroIn(columns, of),
    dayOrder: gathered.dayOrderOf(rows.map((row) => cellOf(row, columns, 'day').text)),
    decimal,
  };
  if (at.has('name') && !at.has('number') && !at.has('day'))
    return readInvoice(table, layout, place, fileKeyOf(task.fileName), gathered);
  // Numbers and days alone bring no order, and may tell the day of one.
  const isBare = !at.has('name') && !hasOrderMoney(columns);
  if (isBare && (columns.unknown.length > 0 || !at.has('number') || !at.has('day'))) return false;
  new RowsReader(layout, isBare, gathered).read(rows, place);
  return true;
}

/** Which mark parts cents in its texts of amounts. */
function decimalOf(rows: readonly (readonly Cell[])[], columns: Columns): '.' | ',' {
  const money = [...MONEY_MEANINGS, 'price', 'unitPrice', 'amount'] as const;
  const at = [...money.flatMap((meaning) => columns.at.get(meaning) ?? []), ...columns.taxes.map((tax) => tax.column)];
  const texts = rows.flatMap((row) => at.flatMap((column) => (row[column]?.isNumber ? [] : (row[column]?.text ?? []))));
  return decimalIn(texts);
}

/** Two columns without a header, name and price of each line; whose order they are, the file's own name alone says. */
function readNamedByFile({ table: { rows }, fileName, gathered }: Task): boolean {
  const decimal = decimalIn(rows.map((row) => row[1]?.text ?? ''));
  const lines = rows.flatMap((row): ReadLine[] => {
    const name = nameOf(row[0]?.text);
    const cents = row.length === 2 ? centsIn(row[1]!, decimal) : null;
    return name === null || cents === null ? [] : [lineOf({ name, lineCents: cents, listedCents: cents })];
  });
  if (rows.length === 0 || lines.length < rows.length * 0.8) return false;
  const key = numberKeyOf(fileKeyOf(fileName) ?? '');
  // Without it, they may be of the one order that holds just these.
  const numberKey = key === 'lost' ? null : key;
  orderAt(gathered, { numberKey, facts: {}, linesAre: 'charged', where: 'row 1' }).lines.push(...lines);
  return true;
}

const fileKeyOf = (fileName: string | null): string | null =>
  fileName === null ? null : (/(\d{7}-?\d{6,14}|\d{13,24})/.exec(fileName)?.[1] ?? null);

/** Exports for bookkeeping: one charge a row, which tells of an order and is none. */
function readCharges({ table: { rows }, place, gathered }: Task, columns: Columns): boolean {
  const body = rows.slice(columns.from);
  const notes = body.map((row) => NOTES.exec(cellOf(row, columns, 'description').text.trim()));
  if (!notes.some((note) => note !== null)) return false;
  const dayOrder = gathered.dayOrderOf(body.map((row) => cellOf(row, columns, 'day').text));
  const decimal = decimalOf(body, columns);
  body.forEach((row, index) => {
    const cents = centsIn(cellOf(row, columns, 'amount'), decimal);
    const numberKey = notes[index]?.[1];
    if (numberKey === undefined || cents === null) {
      gathered.skip(`${place}row ${columns.from + index + 1}`, 'It is no charge of an order.');
      return;
    }
    const orderedOn = dayOf(cellOf(row, columns, 'day').text, dayOrder);
    const known = { orderedOn, totalCents: Math.abs(cents) };
    gathered.at(numberKey, () =>
      orderOf({ retailer: 'walmart', numberKey, linesAre: 'unknown', isEvidence: true, ...known }),
    );
  });
  return true;
}

const OF_ORDERED: ReadonlySet<Meaning> = new Set(['number', 'day', 'name', 'quantity', 'price']);

/** A file that names what was ordered and nothing beside it: neither how it ended nor what the order came to. */
const isOrderedView = ({ at, taxes, unknown, isSnake }: Columns): boolean =>
  isSnake &&
  at.has('number') &&
  taxes.length === 0 &&
  unknown.length === 0 &&
  [...at.keys()].every((meaning) => OF_ORDERED.has(meaning));

/** In two layouts 0 stands for what is not known, each known by its columns. */
function zeroIn(columns: Columns, of: 'csv' | 'xlsx'): ZeroMeans {
  if (!columns.at.has('subtotalBefore')) return 'known';
  if (columns.at.has('name')) return 'unknown';
  return of === 'csv' ? 'unknown but for refund, donations and total' : 'known';
}
