import { stateOf } from '../../amounts.js';
import { addExtras, extraOf, type Extra } from '../../extras.js';
import type { Gathered } from '../../gathered.js';
import { numberKeyOf } from '../../numbers.js';
import type { Cell } from '../../opening/opened.js';
import { isCharged, type OrderFacts, type ReadOrder } from '../../reading.js';
import { orderAt } from './accounts.js';
import { cellOf, EMPTY, hasOrderMoney, type Columns } from './columns.js';
import { factsIn, MONEY_MEANINGS, notAmounts } from './facts.js';
import { faultOf, isCancelled, lineFrom, LOST, type Layout } from './lines.js';
import { meaningOf, type Meaning } from './meanings.js';

/** Of a row that names no item: asked of each row, and names are long. */
const LONGEST_LABEL = 24;
const SUMMED = 'It is a saving, and in what its order tells of savings.';
type PlacedExtra = Extra & { where: string };

/** What rows of one order differ in. */
const OF_LINES: ReadonlySet<Meaning> = new Set([
  'name',
  'quantity',
  'price',
  'unitPrice',
  'unit',
  'lineStatus',
  'status',
  'link',
  'itemId',
  'upc',
  'size',
  'personal',
  'ignored',
]);

/** Rows of a table, each of an order or of an item of one. An order may be named once, above its items. */
export class RowsReader {
  /** Columns of what is told of the whole order. */
  private readonly ofOrders: readonly number[];
  private readonly cancelled = new Set<ReadOrder>();
  private readonly extras = new Map<ReadOrder, PlacedExtra[]>();
  /** The order of the row above, and that row; null where it named none that was understood. */
  private above: { order: ReadOrder; row: readonly Cell[] } | null = null;

  constructor(
    private readonly layout: Layout,
    /** Numbers and days alone bring no order. */
    private readonly isBare: boolean,
    private readonly gathered: Gathered,
  ) {
    const { at, taxes } = layout.columns;
    const own = [...at].flatMap(([meaning, column]) => (OF_LINES.has(meaning) ? [] : [column]));
    this.ofOrders = [...own, ...taxes.map(({ column }) => column)];
  }

  read(rows: readonly (readonly Cell[])[], place: string): void {
    const { columns } = this.layout;
    for (const [index, row] of rows.entries()) {
      if (row.every(({ text }) => text.trim() === '')) continue;
      const fault = nameless(row, columns, this.above !== null) ?? faultOf(row, this.layout);
      const where = `${place}row ${columns.from + index + 1}`;
      if (fault === null) {
        this.readRow(row, where);
        continue;
      }
      if (fault === LOST) this.gathered.ask('number_lost', LOST);
      this.gathered.skip(where, fault);
      // What stands under it may be of the order that it did not name.
      if (!isSum(row, columns)) this.above = null;
    }
    // Once all that its rows say of their orders is known.
    for (const [order, extras] of this.extras) {
      if (order.savingsCents !== null)
        for (const { where } of extras.filter(({ kind }) => kind === 'savings')) this.gathered.skip(where, SUMMED);
      addExtras(order, extras);
    }
    for (const order of this.cancelled)
      if (order.lines.every(({ state }) => state === 'cancelled')) order.status ??= 'cancelled';
  }

  private readRow(row: readonly Cell[], where: string): void {
    const { columns } = this.layout;
    const order = this.orderOf(row, where);
    this.above = { order, row };
    const line = columns.at.has('name') ? lineFrom(row, this.layout) : null;
    const extra = line && extraOf(line);
    const label = extra ? null : labelIn(row, columns);
    if (label !== null) {
      const price = cellOf(row, columns, 'price');
      const facts = factsIn((meaning) => (meaning === label ? price : EMPTY), { ...this.layout, zero: 'known' });
      this.gathered.fill(order, facts, where);
      return;
    }
    if (extra) this.extrasOf(order).push({ ...extra, where });
    else if (line) order.lines.push(line);
    if (columns.at.has('name') && !hasOrderMoney(columns)) return;
    const status = cellOf(row, columns, 'status').text;
    // Of an order with items, when all of them are.
    if (isCancelled(status) && line) this.cancelled.add(order);
    else order.status ??= statusOf(status);
  }

  private extrasOf(order: ReadOrder): PlacedExtra[] {
    const known = this.extras.get(order) ?? [];
    this.extras.set(order, known);
    return known;
  }

  private orderOf(row: readonly Cell[], where: string): ReadOrder {
    const { columns, linesAre } = this.layout;
    const { above } = this;
    // Cells of the same text are the same cell: such a row says nothing of its order that the one above did not say.
    if (above && this.layout.shared.size === 0 && this.ofOrders.every((column) => row[column] === above.row[column]))
      return above.order;
    const cell = (meaning: Meaning) => cellOf(row, columns, meaning);
    const taxes = columns.taxes.map(({ label, column }) => ({ label, cell: row[column] ?? EMPTY }));
    const { shared } = this.layout;
    const told = factsIn(cell, this.layout, taxes);
    const facts = withoutShared(told, shared);
    for (const fault of notAmounts(cell, this.layout.decimal)) this.gathered.skip(where, fault);
    const numberKey = numberKeyOf(cell('number').text);
    const isAbove = above && numberKey === null && facts.orderedOn === null;
    const order = isAbove
      ? above.order
      : orderAt(this.gathered, { numberKey, facts, linesAre, where, isEvidence: this.isBare });
    for (const field of shared) {
      const cents = told[field] ?? null;
      if (cents !== null) order[field] = (order[field] ?? 0) + cents;
    }
    return order;
  }
}

const withoutShared = (facts: Partial<OrderFacts>, shared: Layout['shared']): Partial<OrderFacts> => ({
  ...facts,
  ...(shared.has('taxCents') && { taxCents: null, taxLines: null }),
  ...(shared.has('savingsCents') && { savingsCents: null }),
});

/** Why a row that names no order and no day is not read: it stands under no order, or sums others up. */
function nameless(row: readonly Cell[], columns: Columns, isUnderOne: boolean): string | null {
  const text = (meaning: Meaning) => cellOf(row, columns, meaning).text.trim();
  if (text('number') !== '' || text('day') !== '' || text('isoDay') !== '') return null;
  if (isSum(row, columns)) return 'It sums up other rows.';
  const isItem = text('name') !== '' && (text('price') !== '' || text('quantity') !== '');
  return isUnderOne && isItem ? null : 'It names no order and no day.';
}

function isSum(row: readonly Cell[], columns: Columns): boolean {
  const isNamed = cellOf(row, columns, 'number').text.trim() !== '';
  return !isNamed && (labelIn(row, columns) !== null || row.some(({ text }) => meaningOf(text) === 'total'));
}

/** Of a row that names a fee, a tax or a sum of its order where others name an item: which one. */
function labelIn(row: readonly Cell[], columns: Columns): Meaning | null {
  const name = cellOf(row, columns, 'name').text;
  const meaning = columns.at.has('price') && name.length <= LONGEST_LABEL ? meaningOf(name) : null;
  return MONEY_MEANINGS.find((one) => one === meaning) ?? null;
}

function statusOf(text: string): string | null {
  if (text.trim() === '') return null;
  const state = stateOf(text);
  return isCharged(state) ? null : state;
}
