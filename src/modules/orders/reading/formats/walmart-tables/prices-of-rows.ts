import { grouped } from '../../../../../common/grouped.js';
import { measuredOf } from '../../amounts.js';
import type { Cell } from '../../opening/opened.js';
import { cellOf, type Columns } from './columns.js';
import { centsIn } from './facts.js';
import type { Meaning } from './meanings.js';

type Row = readonly Cell[];

/**
 * The same columns, where rows show that one of them says something else than its name: a price that is of one piece, for so the items come
 * to what their order came to, or a total that is of the row. Pure.
 */
export function asRowsShow(columns: Columns, rows: readonly Row[], decimal: '.' | ','): Columns {
  const has = (...meanings: Meaning[]) => meanings.every((meaning) => columns.at.has(meaning));
  if (has('name', 'unit') && !has('unitPrice') && rows.some((row) => centsIn(cellOf(row, columns, 'unit'), decimal)))
    return asRowsShow(renamed(columns, 'unit', 'unitPrice'), rows, decimal);
  if (!has('name', 'quantity') || !(has('number') || has('day'))) return columns;
  const orders = ordersIn(rows, columns).map((own) => own.map((row) => figuresOf(row, columns, decimal)));
  if (has('unitPrice', 'total') && !has('price') && areTotalsOfRows(orders)) return renamed(columns, 'total', 'price');
  if (has('price') && !has('unitPrice') && arePricesOfPieces(orders)) return renamed(columns, 'price', 'unitPrice');
  return columns;
}

/** Sums of which a table of items may tell each row its share. */
export type Shared = 'taxCents' | 'savingsCents';

/** Those of which it does so: rows of one order tell different amounts. */
export function sharedByRows(columns: Columns, rows: readonly Row[]): ReadonlySet<Shared> {
  const savings = columns.at.get('savings');
  const taxes = [columns.at.get('tax'), ...columns.taxes.map(({ column }) => column)].filter((at) => at !== undefined);
  const isTold = savings !== undefined || taxes.length > 0;
  if (!isTold || !columns.at.has('name') || !columns.at.has('number')) return new Set();
  const orders = ordersIn(rows, columns).filter((own) => own.length > 1);
  const differs = (column: number) =>
    orders.some((own) => new Set(own.map((row) => row[column]?.text.trim()).filter((text) => text)).size > 1);
  const found = new Set<Shared>();
  if (savings !== undefined && differs(savings)) found.add('savingsCents');
  if (taxes.some(differs)) found.add('taxCents');
  return found;
}

interface Figures {
  quantity: number | null;
  price: number | null;
  unit: number | null;
  total: number | null;
  subtotal: number | null;
}

function figuresOf(row: Row, columns: Columns, decimal: '.' | ','): Figures {
  const cents = (meaning: Meaning) => centsIn(cellOf(row, columns, meaning), decimal);
  const { quantity = null, measure = null } = measuredOf(cellOf(row, columns, 'quantity').text) ?? {};
  return {
    quantity: measure?.value ?? quantity,
    price: cents('price'),
    unit: cents('unitPrice'),
    total: cents('total'),
    subtotal: cents('subtotal'),
  };
}

/** Rows of items, by their order. */
function ordersIn(rows: readonly Row[], columns: Columns): readonly (readonly Row[])[] {
  const text = (row: Row, meaning: Meaning) => cellOf(row, columns, meaning).text.trim();
  const items = rows.filter((row) => text(row, 'name') !== '');
  return [...grouped(items, (row) => text(row, 'number') || text(row, 'day')).values()];
}

/** Of orders of several rows, in all that tell it: each row's total is its quantity at its price. */
function areTotalsOfRows(orders: readonly (readonly Figures[])[]): boolean {
  const told = orders.filter((rows) => rows.length > 1).flat();
  const known = told.filter(({ quantity, unit, total }) => quantity !== null && unit !== null && total !== null);
  return known.length > 1 && known.every(({ quantity, unit, total }) => Math.abs(quantity! * unit! - total!) <= 1);
}

/** More orders come to their sum when each price is taken so often as there are pieces, than when it is taken once. */
function arePricesOfPieces(orders: readonly (readonly Figures[])[]): boolean {
  let [once, often] = [0, 0];
  for (const rows of orders) {
    const sums = rows.flatMap(({ subtotal, total }) =>
      [subtotal, total].filter((cents) => cents !== null && cents > 0),
    );
    if (rows.some(({ price, quantity }) => price === null || quantity === null)) continue;
    const asLines = rows.reduce((sum, { price }) => sum + price!, 0);
    const asPieces = Math.round(rows.reduce((sum, { price, quantity }) => sum + price! * quantity!, 0));
    if (asLines === asPieces) continue;
    if (sums.includes(asLines)) once++;
    else if (sums.includes(asPieces)) often++;
  }
  return often > once;
}

function renamed(columns: Columns, from: Meaning, to: Meaning): Columns {
  const at = new Map(columns.at);
  at.set(to, at.get(from)!);
  at.delete(from);
  return { ...columns, at };
}
