import { centsOf, quantityOf, stateOf } from '../../amounts.js';
import { dayOf } from '../../days.js';
import { addExtras, extraBetween, goodsAndExtras, isSaving, withoutSummed, type Extra } from '../../extras.js';
import { nameOf, shortNameOf } from '../../names.js';
import { numberKeyOf } from '../../numbers.js';
import { orderOf, shownLine, type ReadLine, type ReadOrder, type Skipped } from '../../reading.js';
import { factsOf } from '../walmart-tables/facts.js';
import { meaningOf, type Meaning } from '../walmart-tables/meanings.js';
import type { PlacedCell, PlacedRow } from './grid.js';

/** The orders of a printed receipt's rows: columns by the words over them, wherever they stand. Pure. */
const TITLE = /\border\b ?(?:number|no\.?|details)?[:# ]{0,3}#?\s?((?:TC ?# ?)?\d[\d -]{5,30}\d)/i;
const ORDERED = /^(?:order date|ordered on|order placed|placed on|date)[: ]{1,3}(.{6,40})$/i;
const COLUMNS = ['name', 'quantity', 'price', 'status', 'lineStatus'] as const;
type Column = (typeof COLUMNS)[number];
type Columns = Map<Column, PlacedCell>;

/** What belongs to one order while its pages are read. */
interface Slip {
  key: string;
  shown: string;
  orderedOn: string | null;
  lines: ReadLine[];
  labels: Map<Meaning, string>;
  taxes: { label: string; text: string }[];
  /** Of no known meaning, between the subtotal and the total. */
  between: Extra[];
}

export function ordersOf(rows: readonly PlacedRow[], skipped: Skipped[]): ReadOrder[] {
  const slips: Slip[] = [];
  let columns: Columns | null = null;
  let last: { row: PlacedRow; line: ReadLine } | null = null;
  for (const row of rows) {
    const text = row.cells.map((cell) => cell.text).join(' ');
    const title = TITLE.exec(text)?.[1];
    const key = title === undefined ? null : numberKeyOf(title);
    let slip = slips.at(-1) ?? null;
    if (key !== null && key !== 'lost' && slip?.key !== key) {
      slip = { key, shown: title!.trim(), orderedOn: null, lines: [], labels: new Map(), taxes: [], between: [] };
      slips.push(slip);
      [columns, last] = [null, null];
      continue;
    }
    if (slip === null) continue;
    const header = columnsOf(row);
    if (header !== null) {
      columns = header;
      continue;
    }
    if (columns === null && slip.orderedOn === null && slip.lines.length === 0) {
      slip.orderedOn = dayOf(ORDERED.exec(text)?.[1]) ?? (row.cells.length === 1 ? dayOf(text) : null);
      if (slip.orderedOn !== null) continue;
    }
    if (readLabel(row, slip)) continue;
    const item = slip.labels.size > 0 ? null : itemOf(row, columns);
    if (item !== null) {
      if ('reason' in item)
        skipped.push({ where: `page ${row.page}, ${Math.round(row.y)} from below`, reason: item.reason });
      else slip.lines.push(item);
      last = 'reason' in item ? null : { row, line: item };
    } else if (last !== null && isContinued(row, last.row, columns)) {
      last.line.name = nameOf(`${last.line.name} ${text}`);
      last.line.isCut = isCutOff(text);
      last = { row, line: last.line };
    }
  }
  return slips.filter(({ lines, labels }) => lines.length > 0 || labels.size > 0).map(orderFrom);
}

/** A header names an item and what it costs. */
function columnsOf({ cells }: PlacedRow): Columns | null {
  const found: Columns = new Map();
  for (const cell of cells) {
    const meaning = meaningOf(cell.text);
    const column = COLUMNS.find((one) => one === meaning);
    if (column !== undefined && !found.has(column)) found.set(column, cell);
  }
  return found.has('name') && (found.has('price') || found.has('quantity')) && cells.length > 1 ? found : null;
}

/** `Order total   $12.30`: two cells, the first of which is known. */
function readLabel({ cells }: PlacedRow, slip: Slip): boolean {
  const joined = cells.length === 1 ? /^(.{2,40}?)[: ]+(-?\$?[\d.,]+|free)$/i.exec(cells[0]!.text) : null;
  const [label, value] = joined ? [joined[1]!, joined[2]!] : [cells[0]!.text, cells.at(-1)!.text];
  const meaning = cells.length === 2 || joined ? meaningOf(label) : null;
  const isPart = meaning === null || (meaning === 'savings' && isSaving(label));
  if (isPart && (cells.length === 2 || joined) && slip.labels.has('subtotal') && !slip.labels.has('total')) {
    const cents = centsOf(value);
    if (cents !== null)
      slip.between.push(extraBetween(label.trim().slice(0, 60), meaning === 'savings' ? -Math.abs(cents) : cents));
    return cents !== null;
  }
  if (meaning === null || meaning === 'name' || meaning === 'price' || centsOf(value) === null) return false;
  if (meaning === 'namedTax') slip.taxes.push({ label, text: value });
  else if (!slip.labels.has(meaning)) slip.labels.set(meaning, value);
  return true;
}

/** Null for a row that is no item. */
function itemOf(row: PlacedRow, columns: Columns | null): ReadLine | { reason: string } | null {
  const texts = columns === null ? byContent(row.cells) : byColumns(row.cells, columns);
  const shown = texts.get('name') ?? '';
  const name = nameOf(shown);
  const price = texts.get('price');
  if (name === null || price === undefined) return null;
  const cents = centsOf(price);
  if (cents === null) return columns === null ? null : { reason: 'Its price is not understood.' };
  const quantity = quantityOf(texts.get('quantity'));
  const state = stateOf(texts.get('status') ?? texts.get('lineStatus'));
  return shownLine({ name, isCut: isCutOff(shown) }, state, quantity, cents);
}

const isCutOff = (text: string): boolean => /(…|\.\.\.)$/.test(text.trim());

/** Each cell belongs to the column with which it shares an edge: names stand left, amounts right. */
function byColumns(cells: readonly PlacedCell[], columns: Columns): Map<Column, string> {
  const texts = new Map<Column, string>();
  for (const cell of cells) {
    let [best, nearest]: [Column | null, number] = [null, Number.POSITIVE_INFINITY];
    for (const [column, head] of columns) {
      const distance = Math.min(Math.abs(cell.x - head.x), Math.abs(cell.right - head.right), within(cell, head));
      if (distance < nearest) [best, nearest] = [column, distance];
    }
    if (best !== null) texts.set(best, texts.has(best) ? `${texts.get(best)} ${cell.text}` : cell.text);
  }
  return texts;
}

/** How far its middle is from that of a head which stands above the middle of its column. */
const within = (cell: PlacedCell, head: PlacedCell): number =>
  Math.abs((cell.x + cell.right) / 2 - (head.x + head.right) / 2);

/** Without a header: a name first, then how many, then an amount, then what became of it. */
function byContent(cells: readonly PlacedCell[]): Map<Column, string> {
  const texts = new Map<Column, string>();
  const at = cells.findIndex(
    ({ text }, index) => index > 0 && /[$€]|\d[.,]\d{2}$/.test(text) && centsOf(text) !== null,
  );
  if (at < 1) return texts;
  texts.set('name', cells[0]!.text);
  texts.set('price', cells[at]!.text);
  const count = cells
    .slice(1)
    .find(({ text }) => quantityOf(text) !== null && centsOf(text) !== centsOf(cells[at]!.text));
  if (count) texts.set('quantity', count.text);
  const status = cells.slice(at + 1).find(({ text }) => /\p{L}{3}/u.test(text));
  if (status) texts.set('status', status.text);
  return texts;
}

/** A second line of a name: alone under it, close, and beginning at the same edge. */
function isContinued(row: PlacedRow, above: PlacedRow, columns: Columns | null): boolean {
  const [cell, name] = [row.cells[0]!, columns?.get('name') ?? above.cells[0]!];
  const isClose = row.page === above.page && above.y - row.y <= Math.max(above.height, 8) * 1.7;
  return row.cells.length === 1 && isClose && Math.abs(cell.x - name.x) < 3;
}

function orderFrom({ key, shown, orderedOn, lines, labels, taxes, between }: Slip): ReadOrder {
  const writing = { zero: 'known', dayOrder: 'month first' } as const;
  const { orderedOn: _, ...facts } = factsOf((meaning) => labels.get(meaning) ?? '', writing, taxes);
  // Numbers of tills are longer than those of orders.
  const channel = key.length >= 18 ? 'store' : 'online';
  const displayNumber = /\D/.test(shown) ? shortNameOf(shown, 40) : null;
  const { goods, extras } = goodsAndExtras(lines);
  const order = orderOf({
    retailer: 'walmart',
    numberKey: key,
    linesAre: 'charged',
    ...facts,
    displayNumber,
    channel,
    orderedOn,
    lines: goods,
  });
  addExtras(order, withoutSummed(extras, between));
  return order;
}
