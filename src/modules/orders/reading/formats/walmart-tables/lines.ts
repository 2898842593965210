import { costOf, measuredOf, stateOf } from '../../amounts.js';
import { dayOf } from '../../days.js';
import { nameOf } from '../../names.js';
import { itemIdOf, NOT_A_NUMBER, numberKeyOf } from '../../numbers.js';
import type { Cell } from '../../opening/opened.js';
import { lineOf, shownLine, type ReadLine, type ReadOrder } from '../../reading.js';
import { cellOf, hasOrderMoney, type Columns } from './columns.js';
import { centsIn, type Writing } from './facts.js';
import type { Meaning } from './meanings.js';
import type { Shared } from './prices-of-rows.js';

/** The item of a row. Pure. */
const NO_ITEMS = /^no items found$/i;
export const NOTHING_TOLD = 'It gives something back, and was left out: what it came to is not told.';
/** So many, with a minus before them. */
export const GIVEN_BACK = /^[-−]\s?(?=\d)/;
/** What a spreadsheet shows where it could not tell a value. */
const ERROR = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|ERROR!)$/i;

export const LOST =
  'A spreadsheet has rounded the order numbers, so which orders these are is lost; send the file as it was exported.';

const UNCOMPUTED =
  'It holds a formula that was never computed; open the workbook in a program for sheets, and save it there.';
const OF_ROWS = ['number', 'day', 'name', 'quantity', 'price'] as const;

/** How the rows of one table are to be taken. */
export interface Layout extends Writing {
  columns: Columns;
  /** Of what each row tells its share, which add up to that of its order. */
  shared: ReadonlySet<Shared>;
  of: 'csv' | 'xlsx';
  linesAre: ReadOrder['linesAre'];
}

/** Why a row is not read; null when it is. */
export function faultOf(row: readonly Cell[], layout: Layout): string | null {
  const { columns, of, decimal, dayOrder } = layout;
  const { at, width } = columns;
  const cell = (meaning: Meaning) => cellOf(row, columns, meaning);
  const text = (meaning: Meaning) => cell(meaning).text.trim();
  if (numberKeyOf(text('number')) === 'lost') return LOST;
  if (of === 'csv' && row.slice(width).some((one) => one.text.trim() !== ''))
    return 'It has more cells than the header.';
  // A sheet does not write the empty cells at the end of a row.
  const needed = (['name', 'quantity', 'price'] as const).filter((meaning) => at.has(meaning));
  if (of === 'csv' && needed.some((meaning) => at.get(meaning)! >= row.length))
    return 'It has fewer cells than the header.';
  if (row.some((one) => ERROR.test(one.text.trim()))) return 'A cell of it holds an error of a spreadsheet.';
  if (OF_ROWS.some((meaning) => cell(meaning).isUncomputed)) return UNCOMPUTED;
  if (text('number') !== '' && numberKeyOf(text('number')) === null) return NOT_A_NUMBER;
  if (text('day') !== '' && dayOf(text('day'), dayOrder) === null) return 'Its date is not understood.';
  if (!at.has('name')) return null;
  if (text('price') !== '' && centsIn(cell('price'), decimal) === null) return 'Its price is not understood.';
  if (!at.has('price') && text('unitPrice') !== '' && centsIn(cell('unitPrice'), decimal) === null)
    return 'Its price is not understood.';
  if (GIVEN_BACK.test(text('quantity')) && lineFrom(row, layout)?.lineCents == null) return NOTHING_TOLD;
  if (text('quantity') !== '' && measuredOf(text('quantity').replace(GIVEN_BACK, '')) === null)
    return 'Its quantity is not understood.';
  return null;
}

/** Null for a row that names nothing. */
export function lineFrom(row: readonly Cell[], { columns, linesAre, decimal }: Layout): ReadLine | null {
  const cell = (meaning: Meaning) => cellOf(row, columns, meaning);
  const name = nameOf(cell('name').text);
  if (name === null || NO_ITEMS.test(name)) return null;
  const link = cell('link');
  const count = cell('quantity').text.trim();
  const isGivenBack = GIVEN_BACK.test(count);
  const amount = isGivenBack ? count.replace(GIVEN_BACK, '') : count;
  const unit = cell('unit').text.trim();
  const measured = unit === '' ? null : measuredOf(`${amount} ${unit}`);
  const { quantity = null, measure = null } = measured ?? measuredOf(amount) ?? {};
  const unitCents = centsIn(cell('unitPrice'), decimal);
  const priced = centsIn(cell('price'), decimal);
  // Of a table that says what one costs and never what a line cost.
  const cents = columns.at.has('price') ? priced : costOf(unitCents, measure?.value ?? quantity);
  const usItemId =
    itemIdOf(link.link ?? link.text) ??
    itemIdOf(cell('name').link) ??
    /^\d{4,15}$/.exec(cell('itemId').text.trim())?.[0] ??
    null;
  if (linesAre === 'ordered') return lineOf({ name, usItemId, orderedQuantity: quantity, orderedCents: cents });
  const known = { name, usItemId, measure, unitCents, upc: upcOf(cell('upc').text), size: nameOf(cell('size').text) };
  if (isGivenBack && cents !== null)
    return lineOf({ ...known, quantity, state: 'returned', lineCents: -Math.abs(cents) });
  const status = statusColumn(columns);
  if (status === null && isCancelled(cell('status').text)) return shownLine(known, 'cancelled', quantity, cents);
  return status === null
    ? lineOf({ ...known, quantity, lineCents: cents, listedCents: cents })
    : shownLine(known, stateOf(cell(status).text), quantity, cents);
}

/** Of an order or of an item: either way it was not bought. */
export const isCancelled = (status: string): boolean => stateOf(status) === 'cancelled';

/** The column that says what became of an item: beside the money of orders a status is of the order. */
function statusColumn(columns: Columns): 'lineStatus' | 'status' | null {
  if (columns.at.has('lineStatus')) return 'lineStatus';
  const isOrders = columns.at.has('number') && hasOrderMoney(columns);
  return columns.at.has('status') && !isOrders ? 'status' : null;
}

/** A product's code; without the zero before it, which a spreadsheet takes away, too. */
export function upcOf(text: string): string | null {
  const code = /^\d{4,14}$/.exec(text.replaceAll(/[\s-]/g, ''))?.[0] ?? null;
  return code?.length === 11 ? `0${code}` : code;
}
