import { centsOf, costOf, quantityOf } from '../../amounts.js';
import { dayOf, instantOf } from '../../days.js';
import { Gathered } from '../../gathered.js';
import { headerOf, type Header } from '../../headers.js';
import { nameOf } from '../../names.js';
import { NOT_A_NUMBER, numberKeyOf } from '../../numbers.js';
import type { Cell, Table } from '../../opening/opened.js';
import { lineOf, orderOf, type ReadLine, type ReadOrder } from '../../reading.js';

/** Tables of orders and refunds as Amazon hands them out. Pure. */
export const HISTORY_WORDS = {
  website: 'website',
  number: 'order id',
  day: 'order date',
  currency: 'currency',
  unit: 'unit price',
  shipping: 'shipping charge',
  discounts: 'total discounts',
  owed: 'total owed|total amount',
  subtotal: 'shipment item subtotal',
  tax: 'shipment item subtotal tax',
  asin: 'asin',
  quantity: 'quantity|original quantity',
  status: 'order status',
  shipmentStatus: 'shipment status',
  shipped: 'ship date',
  tracking: 'carrier name tracking number',
  name: 'product name',
  leftOut:
    'purchase order number|unit price tax|product condition|payment instrument type|shipping option|shipping address|billing address|gift message|gift sender name|gift recipient contact details|item serial number',
};
export const REFUND_WORDS = {
  number: 'order id',
  reversal: 'reversal id',
  day: 'refund date|creation date',
  amount: 'amount refunded|refund amount',
  status: 'status|reversal status',
  leftOut: 'currency|reversal reason|website|quantity|reversal amount state|refund completion date',
};

type Meaning = keyof typeof HISTORY_WORDS;

interface Row {
  orderKey: string;
  /** The same in two tables that overlap; their tracking numbers need not be. */
  print: string;
  where: string;
  textOf: (meaning: Meaning) => string;
}

export function historyFrom(tables: readonly Table[]) {
  const found = new Gathered();
  const rows = new Map<string, Row[]>();
  const refunds: Table[] = [];
  for (const table of tables) {
    const place = table.name === null ? '' : `${table.name.slice(0, 80)}, `;
    const header = headerOf(table, HISTORY_WORDS, ['number', 'asin', 'name', 'owed']);
    if (header) {
      found.askOfColumns(header.unknown);
      keepOverlap(rows, rowsOf(table, header, place, found));
    } else if (headerOf(table, REFUND_WORDS, ['number', 'reversal', 'amount'])) refunds.push(table);
    else found.skip(table.name ?? 'table', 'It tells of no order.');
  }
  for (const [orderKey, own] of rows) fillOrder(found, orderKey, own);
  for (const table of refunds) readRefunds(table, found);
  return found.reading('its columns');
}

function rowsOf(table: Table, header: Header<Meaning>, place: string, found: Gathered): Row[] {
  return table.rows.slice(header.from).flatMap((cells, index) => {
    const where = `${place}row ${header.from + index + 1}`;
    const textOf = (meaning: Meaning) => toldIn(header, cells, meaning);
    const orderKey = numberKeyOf(textOf('number'));
    const fault =
      cells.length < header.width
        ? 'It has fewer cells than the header.'
        : orderKey === null || orderKey === 'lost'
          ? NOT_A_NUMBER
          : nameOf(textOf('name')) === null
            ? 'It has no name.'
            : null;
    if (fault !== null) found.skip(where, fault);
    const print = (['asin', 'shipped', 'quantity', 'unit', 'owed', 'name'] as const).map(textOf).join('|');
    return fault === null ? [{ orderKey: orderKey!, print, where, textOf }] : [];
  });
}

/** `Not Available` is nothing told; quotes around a minus are no part of the amount. */
function toldIn<M extends string>(header: Header<M>, cells: readonly Cell[], meaning: M): string {
  const text = header.textOf(cells, meaning);
  return /^not (available|applicable)$/i.test(text) ? '' : text.replaceAll(/^'|'$/g, '');
}

/** Of rows that two tables share, one each; a row that one table has twice is two. */
function keepOverlap(all: Map<string, Row[]>, fresh: readonly Row[]): void {
  const known = new Map<string, number>();
  for (const row of [...all.values()].flat()) known.set(slot(row), (known.get(slot(row)) ?? 0) + 1);
  for (const row of fresh) {
    const left = known.get(slot(row)) ?? 0;
    if (left > 0) known.set(slot(row), left - 1);
    else {
      const own = all.get(row.orderKey);
      if (own) own.push(row);
      else all.set(row.orderKey, [row]);
    }
  }
}

const slot = ({ orderKey, print }: Row): string => `${orderKey} ${print}`;

function fillOrder(found: Gathered, numberKey: string, rows: readonly Row[]): void {
  const first = rows[0]!.textOf;
  const came = rows.filter((row) => !isCancelled(row));
  const sum = (meaning: Meaning, of: readonly Row[] = came): number | null => {
    const cents = of.map(({ textOf }) => centsOf(textOf(meaning)));
    return cents.length === 0 || cents.includes(null) ? null : cents.reduce<number>((a, b) => a + b!, 0);
  };
  const savings = sum('discounts');
  const shipments = [...new Set(came.map(shipmentOf))];
  const order = found.at(numberKey, () =>
    orderOf({
      retailer: 'amazon',
      numberKey,
      linesAre: 'charged',
      displayNumber: first('number').slice(0, 40),
      channel: 'online',
      storeName: nameOf(first('website')),
      status: first('status').toLowerCase().slice(0, 40) || null,
      subtotalCents: sum('subtotal'),
      savingsCents: savings === null ? null : Math.abs(savings),
      deliveryCents: sum('shipping'),
      taxCents: sum('tax'),
      totalCents: sum('owed', rows),
      tracking: trackingOf(came),
    }),
  );
  const lines = new Map<string, ReadLine>();
  for (const row of rows) {
    const [day, currency] = [row.textOf('day'), /^[A-Z]{3}$/.exec(row.textOf('currency'))?.[0] ?? null];
    found.fill(order, { orderedAt: instantOf(day), orderedOn: dayOf(day), currency }, row.where);
    const line = lineFrom(row, shipments.indexOf(shipmentOf(row)) + 1);
    const same = lines.get(lineSlot(line));
    if (same) join(same, line);
    else lines.set(lineSlot(line), line);
  }
  order.lines.push(...lines.values());
}

const isCancelled = ({ textOf }: Row): boolean => /cancel/i.test(`${textOf('status')} ${textOf('shipmentStatus')}`);
const shipmentOf = ({ textOf }: Row): string => `${textOf('shipped')} ${textOf('tracking')}`;
const lineSlot = ({ asin, name, unitCents, state }: ReadLine): string =>
  JSON.stringify([asin ?? name, unitCents, state]);

function lineFrom(row: Row, group: number): ReadLine {
  const { textOf } = row;
  const quantity = quantityOf(textOf('quantity'));
  const unitCents = centsOf(textOf('unit'));
  const shown = costOf(unitCents, quantity) ?? centsOf(textOf('subtotal'));
  const known = { name: nameOf(textOf('name')), asin: asinOf(textOf('asin')), unitCents, listedCents: shown };
  return isCancelled(row)
    ? lineOf({ ...known, state: 'cancelled', quantity: 0, orderedQuantity: quantity, lineCents: 0 })
    : lineOf({ ...known, state: 'bought', quantity, lineCents: shown, group });
}

export const asinOf = (text: string): string | null => /^[A-Z0-9]{10}$/.exec(text.trim())?.[0] ?? null;

/** The same item in a second shipment. */
function join(line: ReadLine, more: ReadLine): void {
  const both = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);
  line.quantity = both(line.quantity, more.quantity);
  line.lineCents = both(line.lineCents, more.lineCents);
  line.listedCents = both(line.listedCents, more.listedCents);
  if (line.orderedQuantity !== null) line.orderedQuantity = both(line.orderedQuantity, more.orderedQuantity);
  if (line.group !== more.group) line.group = null;
}

/** `AMZN_US(TBA123456789)`: the number alone. */
function trackingOf(rows: readonly Row[]): string[] | null {
  const all = rows.flatMap(({ textOf }) => /\(([A-Za-z0-9]{6,40})\)/.exec(textOf('tracking'))?.[1] ?? []);
  return all.length === 0 ? null : [...new Set(all)];
}

/** Money that came back, once for each reversal. A line is taken for returned where it alone cost just that. */
function readRefunds(table: Table, found: Gathered): void {
  const header = headerOf(table, REFUND_WORDS, ['number', 'reversal', 'amount'])!;
  const seen = new Set<string>();
  for (const [index, cells] of table.rows.slice(header.from).entries()) {
    const textOf = (meaning: keyof typeof REFUND_WORDS) => toldIn(header, cells, meaning);
    const numberKey = numberKeyOf(textOf('number'));
    const cents = centsOf(textOf('amount'));
    const place = table.name === null ? '' : `${table.name.slice(0, 80)}, `;
    if (numberKey === null || numberKey === 'lost' || cents === null) {
      found.skip(`${place}row ${header.from + index + 1}`, 'It is no refund of an order.');
      continue;
    }
    const isOver = textOf('status') === '' || /complete|paid|success/i.test(textOf('status'));
    if (!isOver || seen.has(textOf('reversal'))) continue;
    if (textOf('reversal') !== '') seen.add(textOf('reversal'));
    const order = found.at(numberKey, () =>
      orderOf({ retailer: 'amazon', numberKey, linesAre: 'unknown', isEvidence: true }),
    );
    order.refundCents = (order.refundCents ?? 0) + Math.abs(cents);
    markReturned(order, Math.abs(cents));
  }
}

function markReturned(order: ReadOrder, cents: number): void {
  const [line, ...others] = order.lines.filter(({ lineCents, state }) => state === 'bought' && lineCents === cents);
  if (line && others.length === 0) line.state = 'returned';
}
