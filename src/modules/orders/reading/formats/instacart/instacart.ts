import { z } from 'zod';
import { centsOf, currencyIn, quantityOf, stateOf } from '../../amounts.js';
import { dayOf, instantOf } from '../../days.js';
import { addRow } from '../../extras.js';
import { Gathered } from '../../gathered.js';
import { headedTables, headerOf, type Headed, type Header } from '../../headers.js';
import { nameOf } from '../../names.js';
import { NOT_A_NUMBER, numberKeyOf } from '../../numbers.js';
import type { Table } from '../../opening/opened.js';
import { isCharged, lineOf, orderOf, type LineState, type ReadLine, type ReadOrder } from '../../reading.js';
import { pricesIn } from '../../told-prices.js';
import type { Format } from '../format.js';

/** Exports of an Instacart account: what came and what the whole cost, never what an item did. */
export const instacart: Format = {
  id: 'instacart',
  read: (file) => {
    if (file.kind === 'tables') {
      const found = new Gathered();
      const headed = headedTables(file.tables, headerIn, found);
      for (const table of headed ?? []) readTable(table, found);
      return headed && found.reading('its columns');
    }
    return file.kind === 'json' ? fromJson(file.value) : null;
  },
};

const WORDS = {
  number: 'order id|order number|order',
  day: 'order date|date|created at|ordered at',
  total: 'order total|total|total display',
  retailer: 'retailer|retailer name|merchant',
  name: 'item name|item|product name|name',
  quantity: 'quantity|qty',
  size: 'size|item size|package size',
  productId: 'product id|item id',
  status: 'status|order status',
};

function headerIn(table: Table): Header<keyof typeof WORDS> | null {
  const header = headerOf(table, WORDS, ['number', 'retailer', 'name']);
  return header && !header.unknown.some((name) => /price|asin|upc/i.test(name)) ? header : null;
}

function readTable({ header, rows, whereOf }: Headed<keyof typeof WORDS>, found: Gathered): void {
  const dayOrder = found.dayOrderOf(rows.map((row) => header.textOf(row, 'day')));
  for (const [index, row] of rows.entries()) {
    const textOf = (meaning: keyof typeof WORDS) => header.textOf(row, meaning);
    const where = whereOf(index);
    const numberKey = numberKeyOf(textOf('number'));
    const line = lineFrom(
      { name: textOf('name'), quantity: textOf('quantity'), size: textOf('size') },
      textOf('productId'),
    );
    if (numberKey === null || numberKey === 'lost' || row.length < header.width) {
      found.skip(where, row.length < header.width ? 'It has fewer cells than the header.' : NOT_A_NUMBER);
      continue;
    }
    const status = textOf('status').toLowerCase() || null;
    const order = found.at(numberKey, () =>
      orderOf({
        retailer: 'instacart',
        numberKey,
        linesAre: 'charged',
        channel: 'online',
        status,
        sellers: [],
      }),
    );
    const orderedOn = dayOf(textOf('day'), dayOrder);
    const [total, currency] = [centsOf(textOf('total')), currencyIn(textOf('total'))];
    const told = { orderedAt: instantOf(textOf('day')), orderedOn, totalCents: total, currency };
    found.fill(order, told, where);
    addDelivery(order, nameOf(textOf('retailer')), [line], status);
  }
}

const text = z.string().nullish().catch(null);
const amount = z.union([z.number(), z.string()]).nullish().catch(null);
const Item = z.looseObject({
  name: z.string(),
  quantity: amount,
  size: text,
  status: text,
  product_id: z.union([z.string(), z.number()]).nullish().catch(null),
});
const Order = z.looseObject({
  id: z.union([z.string(), z.int().transform(String)]),
  status: text,
  total: amount,
  total_display: text,
  created_at: text,
  deliveries: z.array(z.looseObject({ retailer: text, items: z.array(z.unknown()) })),
});

function fromJson(value: unknown) {
  const all = Array.isArray(value) ? value : orderList(value);
  if (!all?.some((each) => Order.safeParse(each).success)) return null;
  const found = new Gathered();
  for (const [index, each] of all.entries()) {
    const told = Order.safeParse(each).data;
    const numberKey = told ? numberKeyOf(told.id) : null;
    if (!told || numberKey === null || numberKey === 'lost') {
      found.skip(`order ${index + 1}`, 'It is not written as an order of this export.');
      continue;
    }
    const status = told.status?.toLowerCase() ?? null;
    const order = found.at(numberKey, () =>
      orderOf({
        retailer: 'instacart',
        numberKey,
        linesAre: 'charged',
        channel: 'online',
        orderedAt: instantOf(told.created_at),
        orderedOn: dayOf(told.created_at),
        status,
        totalCents: centsOf(told.total_display) ?? centsOf(told.total),
        currency: currencyIn(told.total_display ?? '') ?? currencyIn(String(told.total ?? '')),
        sellers: [],
      }),
    );
    for (const { retailer, items } of told.deliveries) {
      const lines = items.flatMap((one, at) => {
        const item = Item.safeParse(one).data;
        if (!item) found.skip(`order ${index + 1}, item ${at + 1}`, 'It has no name.');
        return item ? [pricedLine(item)] : [];
      });
      addDelivery(order, nameOf(retailer), lines, status);
    }
  }
  return found.reading('its fields');
}

const orderList = (value: unknown): unknown[] | null =>
  z.looseObject({ orders: z.array(z.unknown()) }).safeParse(value).data?.orders ?? null;

/** No export is known that tells a price; one that does is believed. */
function pricedLine(item: z.infer<typeof Item>): ReadLine {
  const line = lineFrom(item, item.product_id ?? null);
  const { lineCents, unitCents } = pricesIn(item, { plain: 'one', quantity: line.quantity });
  return { ...line, lineCents, unitCents, listedCents: lineCents, state: item.status ? stateOf(item.status) : null };
}

function lineFrom(
  item: { name: string; quantity?: unknown; size?: string | null },
  productId: string | number | null,
): ReadLine {
  const externalId = productId === null || productId === '' ? null : nameOf(String(productId));
  return lineOf({ name: nameOf(item.name), externalId, quantity: quantityOf(item.quantity), size: nameOf(item.size) });
}

/** Each shop that delivers is a shipment of its own. */
function addDelivery(
  order: ReadOrder,
  retailer: string | null,
  lines: readonly ReadLine[],
  status: string | null,
): void {
  order.sellers ??= [];
  if (retailer !== null && !order.sellers.includes(retailer)) order.sellers.push(retailer);
  order.storeName = order.sellers.length === 1 ? order.sellers[0]! : null;
  const group = retailer === null ? 1 : order.sellers.indexOf(retailer) + 1;
  const state: LineState | null = status === null ? null : stateOf(status);
  for (const line of lines.filter(({ name }) => name !== null)) {
    const own = isCharged(state) ? (line.state ?? state) : state;
    const cents = line.lineCents === null ? null : 0;
    const ended = isCharged(own) ? {} : { quantity: 0, orderedQuantity: line.quantity, lineCents: cents };
    addRow(order, { ...line, group, state: own, ...ended });
  }
}
