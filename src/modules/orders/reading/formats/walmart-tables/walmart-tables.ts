import { centsOf, quantityOf, stateOf } from '../../amounts.js';
import { dayOf, dayOrderOf, type DayOrder } from '../../days.js';
import { nameOf } from '../../names.js';
import { itemIdOf, numberKeyOf } from '../../numbers.js';
import {
  isCharged,
  lineOf,
  orderOf,
  shownLine,
  type OrderFacts,
  type Question,
  type ReadLine,
  type ReadOrder,
  type Reading,
  type Skipped,
} from '../../reading.js';
import type { Cell, Table } from '../../opening/opened.js';
import { cellOf, columnsOf, hasOrderMoney, type Columns } from './columns.js';
import { factsOf, type ZeroMeans } from './facts.js';
import { meaningOf, type Meaning } from './meanings.js';

const MOST_SKIPPED = 200;
const NO_ITEMS = /^no items found$/i;
const NOTES = /^walmart order #?\s?(\d{6,24})/i;

/** What was found so far: orders by their key, in the order in which the file names them. */
interface Found {
  orders: Map<string, ReadOrder>;
  skipped: Skipped[];
  questions: Map<string, Question>;
}

type Layout = Pick<Reading, 'orders' | 'skipped' | 'questions'>;

/**
 * Tables of Walmart orders, CSV or sheets, by the meaning of their columns: a table of orders, of items, of both, or an invoice (items,
 * then labels with values). Null when none of the tables is one.
 */
export function walmartTables(tables: readonly Table[], of: 'csv' | 'xlsx', fileName: string | null): Layout | null {
  const found: Found = { orders: new Map(), skipped: [], questions: new Map() };
  let understood = false;
  for (const table of tables) {
    const place = table.name === null ? '' : `sheet ${table.name.slice(0, 40)}, `;
    const columns = columnsOf(table);
    if (columns) understood = readTable(table, columns, of, place, fileName, found) || understood;
    else understood = readNamedByFile(table, fileName, found) || understood;
  }
  if (!understood) return null;
  return { orders: [...found.orders.values()], skipped: found.skipped, questions: [...found.questions.values()] };
}

function readTable(
  table: Table,
  columns: Columns,
  of: 'csv' | 'xlsx',
  place: string,
  fileName: string | null,
  found: Found,
): boolean {
  const { at } = columns;
  if (at.has('amount') && at.has('description')) return readCharges(table, columns, place, found);
  const rows = table.rows.slice(columns.from);
  const dayOrder = dayOrderOf(rows.map((row) => cellOf(row, columns, 'day').text));
  if (columns.unknown.length > 0) {
    const text = `These columns were not understood and left out: ${columns.unknown.slice(0, 10).join(', ')}.`;
    found.questions.set(`columns ${place}`, { code: 'columns_unknown', text });
  }
  if (at.has('name') && !at.has('number') && !at.has('day'))
    return readInvoice(rows, columns, of, place, fileName, found);
  // Numbers and days alone bring no order, and may tell the day of one.
  const isBare = !at.has('name') && !hasOrderMoney(columns);
  if (isBare && (columns.unknown.length > 0 || !at.has('number') || !at.has('day'))) return false;
  const zero = zeroIn(columns, of);
  const linesAre = at.has('name') ? (isOrderedView(columns) ? 'ordered' : 'charged') : 'unknown';
  for (const [index, row] of rows.entries()) {
    const where = `${place}row ${columns.from + index + 1}`;
    const skip = (reason: string) =>
      void (found.skipped.length < MOST_SKIPPED && found.skipped.push({ where, reason }));
    if (row.every(({ text }) => text.trim() === '')) continue;
    const fault = faultOf(row, columns, dayOrder, of);
    if (fault !== null) {
      if (fault === LOST) found.questions.set('lost', { code: 'number_lost', text: LOST });
      skip(fault);
      continue;
    }
    const key = numberKeyOf(cellOf(row, columns, 'number').text);
    const facts = factsOf((meaning) => cellOf(row, columns, meaning).text, { zero, dayOrder });
    const numberKey = key === 'lost' ? null : key;
    if (numberKey === null && facts.orderedOn === null) {
      skip('It names no order and no day.');
      continue;
    }
    const order = orderAt(found, numberKey, facts, linesAre, isBare);
    const line = at.has('name') ? lineFrom(row, columns, linesAre) : null;
    if (line) order.lines.push(line);
    if (at.has('name') && hasOrderMoney(columns)) order.status ??= statusOf(cellOf(row, columns, 'status').text);
    if (!at.has('name')) order.status ??= statusOf(cellOf(row, columns, 'status').text);
  }
  return true;
}

const LOST =
  'A spreadsheet has rounded the order numbers, so which orders these are is lost; send the file as it was exported.';

/** Why a row is not read; null when it is. */
function faultOf(row: readonly Cell[], columns: Columns, dayOrder: DayOrder, of: 'csv' | 'xlsx'): string | null {
  const { at, width } = columns;
  const text = (meaning: Meaning) => cellOf(row, columns, meaning).text.trim();
  if (numberKeyOf(text('number')) === 'lost') return LOST;
  if (row.length > width && row.slice(width).some((cell) => cell.text.trim() !== ''))
    return 'It has more cells than the header.';
  const needed = (['name', 'quantity', 'price'] as const).filter((meaning) => at.has(meaning));
  // A sheet does not write the empty cells at the end of a row.
  if (of === 'csv' && needed.some((meaning) => at.get(meaning)! >= row.length))
    return 'It has fewer cells than the header.';
  if (at.has('number') && text('number') !== '' && numberKeyOf(text('number')) === null)
    return 'Its order number is none.';
  if (text('day') !== '' && dayOf(text('day'), dayOrder) === null) return 'Its date is none.';
  if (!at.has('name')) return null;
  if (text('price') !== '' && centsOf(text('price')) === null) return 'Its price is none.';
  if (text('quantity') !== '' && quantityOf(text('quantity')) === null) return 'Its quantity is none.';
  return null;
}

/** The order of a row; what an earlier row of it did not tell is filled in. Without a number, a day is a candidate. */
function orderAt(
  { orders }: Found,
  numberKey: string | null,
  facts: Partial<OrderFacts>,
  linesAre: ReadOrder['linesAre'],
  isEvidence = false,
): ReadOrder {
  const slot = numberKey ?? `day ${facts.orderedOn}`;
  const known = orders.get(slot);
  if (!known) {
    const order = orderOf({ retailer: 'walmart', numberKey, linesAre, isEvidence });
    fill(order, facts);
    orders.set(slot, order);
    return order;
  }
  if (known.linesAre === 'unknown') known.linesAre = linesAre;
  known.isEvidence &&= isEvidence;
  fill(known, facts);
  return known;
}

function fill(order: ReadOrder, facts: Partial<OrderFacts>): void {
  for (const [field, value] of Object.entries(facts)) {
    if (value !== null && order[field as keyof OrderFacts] === null) Object.assign(order, { [field]: value });
  }
}

function lineFrom(row: readonly Cell[], columns: Columns, linesAre: ReadOrder['linesAre']): ReadLine | null {
  const cell = (meaning: Meaning) => cellOf(row, columns, meaning);
  const name = nameOf(cell('name').text);
  if (name === null || NO_ITEMS.test(name)) return null;
  const link = cell('link');
  const usItemId = itemIdOf(link.link ?? link.text) ?? itemIdOf(cell('name').link);
  const quantity = quantityOf(cell('quantity').text);
  const cents = centsOf(cell('price').text);
  if (linesAre === 'ordered') return lineOf({ name, usItemId, orderedQuantity: quantity, orderedCents: cents });
  const isOrdersStatus = columns.at.has('number') && hasOrderMoney(columns);
  const status = columns.at.has('lineStatus') ? 'lineStatus' : isOrdersStatus ? null : 'status';
  if (status === null || !columns.at.has(status))
    return lineOf({ name, usItemId, quantity, lineCents: cents, listedCents: cents });
  return shownLine({ name, usItemId }, stateOf(cell(status).text), quantity, cents);
}

/** Items, then labels with values: one order. */
function readInvoice(
  rows: readonly (readonly Cell[])[],
  columns: Columns,
  of: 'csv' | 'xlsx',
  place: string,
  fileName: string | null,
  found: Found,
): boolean {
  const labels = new Map<Meaning, string>();
  const lines: ReadLine[] = [];
  for (const [index, row] of rows.entries()) {
    const meaning = row[0] ? meaningOf(row[0].text) : null;
    const values = row.filter(({ text }) => text.trim() !== '').length;
    if (meaning !== null && meaning !== 'name' && values <= 2) {
      if (!labels.has(meaning)) labels.set(meaning, row[1]?.text ?? '');
      continue;
    }
    if (labels.size > 0 || values === 0) continue;
    const fault = faultOf(row, columns, 'month first', of);
    const line = fault === null ? lineFrom(row, columns, 'charged') : null;
    if (line) lines.push(line);
    else
      found.skipped.push({
        where: `${place}row ${columns.from + index + 1}`,
        reason: fault ?? 'It is no item.',
      });
  }
  const key = numberKeyOf(labels.get('number') ?? fileKeyOf(fileName) ?? '');
  const textOf = (meaning: Meaning) => labels.get(meaning) ?? '';
  const facts = factsOf(textOf, { zero: 'known', dayOrder: 'month first' });
  if (key === null || key === 'lost') {
    found.questions.set('number', { code: 'number_missing', text: NO_NUMBER });
    if (facts.orderedOn === null) return lines.length > 0;
  }
  const order = orderAt(found, key === 'lost' ? null : key, facts, 'charged');
  order.lines.push(...lines);
  return true;
}

const NO_NUMBER =
  'The file names no order number and no day; send it under the name of its order, such as 200013100000001.csv.';

/** Two columns without a header, name and price of each line; whose order they are, the file's own name alone says. */
function readNamedByFile({ rows }: Table, fileName: string | null, found: Found): boolean {
  const lines = rows.flatMap((row): ReadLine[] => {
    const name = nameOf(row[0]?.text);
    const cents = centsOf(row[1]?.text.trim());
    if (row.length !== 2 || name === null || cents === null) return [];
    return [lineOf({ name, lineCents: cents, listedCents: cents })];
  });
  if (rows.length === 0 || lines.length < rows.length * 0.8) return false;
  const key = numberKeyOf(fileKeyOf(fileName) ?? '');
  // Without it, they may be of the one order that holds just these.
  const order = orderAt(found, key === 'lost' ? null : key, {}, 'charged');
  order.lines.push(...lines);
  return true;
}

const fileKeyOf = (fileName: string | null): string | null =>
  fileName === null ? null : (/(\d{7}-?\d{6,14}|\d{13,24})/.exec(fileName)?.[1] ?? null);

/** Exports for bookkeeping: one charge a row, which tells of an order and is none. */
function readCharges({ rows }: Table, columns: Columns, place: string, found: Found): boolean {
  const body = rows.slice(columns.from);
  const notes = body.map((row) => NOTES.exec(cellOf(row, columns, 'description').text.trim()));
  if (!notes.some((note) => note !== null)) return false;
  const dayOrder = dayOrderOf(body.map((row) => cellOf(row, columns, 'day').text));
  body.forEach((row, index) => {
    const cents = centsOf(cellOf(row, columns, 'amount').text);
    const numberKey = notes[index]?.[1];
    if (numberKey === undefined || cents === null) {
      found.skipped.push({ where: `${place}row ${columns.from + index + 1}`, reason: 'It is no charge of an order.' });
      return;
    }
    const orderedOn = dayOf(cellOf(row, columns, 'day').text, dayOrder);
    const known = { orderedOn, totalCents: Math.abs(cents) };
    const order = orderOf({ retailer: 'walmart', numberKey, linesAre: 'unknown', isEvidence: true, ...known });
    found.orders.set(numberKey, order);
  });
  return true;
}

/** A file that names what was ordered, and neither how it ended nor what the order came to. */
const isOrderedView = (columns: Columns): boolean =>
  columns.at.has('number') &&
  !columns.at.has('lineStatus') &&
  !columns.at.has('status') &&
  !hasOrderMoney(columns) &&
  columns.isSnake;

/** In two layouts 0 stands for what is not known, each known by its columns. */
function zeroIn(columns: Columns, of: 'csv' | 'xlsx'): ZeroMeans {
  if (!columns.at.has('subtotalBefore')) return 'known';
  if (columns.at.has('name')) return 'unknown';
  return of === 'csv' ? 'unknown but for refund, donations and total' : 'known';
}

function statusOf(text: string): string | null {
  if (text.trim() === '') return null;
  const state = stateOf(text);
  return isCharged(state) ? null : state;
}
