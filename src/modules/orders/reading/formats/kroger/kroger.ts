import { z } from 'zod';
import { centsOf, costOf, quantityOf } from '../../amounts.js';
import { dayOf, instantOf } from '../../days.js';
import { addRow } from '../../extras.js';
import { Gathered } from '../../gathered.js';
import { headedTables, headerOf, type Headed, type Header } from '../../headers.js';
import type { Members } from '../../members.js';
import { nameOf } from '../../names.js';
import { numberKeyOf } from '../../numbers.js';
import type { Table } from '../../opening/opened.js';
import { lineOf, orderOf, type ReadLine } from '../../reading.js';
import { pricesIn } from '../../told-prices.js';
import type { Format } from '../format.js';

/**
 * Receipts of Kroger and its sister shops as public exporters write them: receipts and products in JSON, and a table. None of them tells
 * what the whole cost. Coupons are in a line's price without a line of their own. The table names no receipt: day and shop are its key.
 */
export const kroger: Format = {
  id: 'kroger',
  read: (file) => {
    if (file.kind === 'tables') {
      const found = new Gathered();
      const headed = headedTables(file.tables, headerIn, found);
      for (const table of headed ?? []) readTable(table, found);
      return headed && found.reading('its columns');
    }
    return file.kind === 'json' ? (fromReceipts(file.value) ?? fromProducts(file.value)) : null;
  },
};

const WORDS = {
  day: 'date|receipt date|purchase date|receiptdate',
  store: 'store|location|receipt location|store name|receiptlocation',
  upc: 'upc|upc code',
  name: 'description|item|product|name|item description',
  quantity: 'quantity|qty',
  price: 'extended price|ext price|total|cost|price paid|extended',
  number: 'receipt id|receipt number|receiptid',
  size: 'size',
};

function headerIn(table: Table): Header<keyof typeof WORDS> | null {
  const header = headerOf(table, WORDS, ['day', 'upc', 'name', 'price']);
  return header && (header.has('store') || header.has('number')) ? header : null;
}

function readTable({ header, rows, whereOf }: Headed<keyof typeof WORDS>, found: Gathered): void {
  const dayOrder = found.dayOrderOf(rows.map((row) => header.textOf(row, 'day')));
  for (const [index, row] of rows.entries()) {
    const textOf = (meaning: keyof typeof WORDS) => header.textOf(row, meaning);
    const where = whereOf(index);
    const orderedOn = dayOf(textOf('day'), dayOrder);
    const name = nameOf(textOf('name'));
    const lineCents = centsOf(textOf('price'));
    if (orderedOn === null || name === null || lineCents === null) {
      found.skip(
        where,
        orderedOn === null
          ? 'Its date is not understood.'
          : name === null
            ? 'It has no name.'
            : 'Its price is not understood.',
      );
      continue;
    }
    const storeName = nameOf(textOf('store'));
    const numberKey = numberKeyOf(textOf('number'));
    const order = found.at(numberKey ?? `${orderedOn} ${storeName}`, () =>
      orderOf({ retailer: 'kroger', numberKey, linesAre: 'charged', isWholeDay: true }),
    );
    found.fill(order, { orderedOn, storeName }, where);
    const upc = /^\d{4,14}$/.exec(textOf('upc'))?.[0] ?? null;
    const known = { name, upc, lineCents, listedCents: lineCents, size: nameOf(textOf('size')) };
    addRow(order, lineOf({ ...known, ...weighed(textOf('quantity'), lineCents) }));
  }
}

/** `2 x $3.19/each`, `0.54 lbs x $8.98/each`: what was asked before a coupon is kept beside what was paid. */
function weighed(text: string, lineCents: number): Partial<ReadLine> {
  const match = /^(\d+(?:[.,]\d+)?)\s*(lbs?|kg|oz)?\.?\s*(?:x|@)\s*(\S+?)\s*(?:\/.*)?$/i.exec(text);
  if (!match) return { quantity: quantityOf(text) };
  const value = Number(match[1]!.replace(',', '.'));
  const unit = match[2]?.toLowerCase().replace(/s$/, '') ?? null;
  const unitCents = centsOf(match[3]);
  const asked = costOf(unitCents, value);
  const wasCents = asked !== null && asked > lineCents ? asked : null;
  return unit === null
    ? { quantity: value, unitCents, wasCents }
    : { quantity: 1, measure: { value, unit }, unitCents, wasCents };
}

const text = z.string().nullish().catch(null);
const amount = z.union([z.number(), z.string()]).nullish().catch(null);
const Purchased = z.looseObject({
  purchasedData: z.looseObject({
    displayInfo: z.looseObject({ description: z.string(), customerFacingSize: text }),
    upc: text,
    pricingInfo: z.looseObject({}).nullish().catch(null),
    quantityInfo: z.looseObject({ received: amount }).nullish().catch(null),
  }),
});
const Receipt = z.looseObject({
  purchaseId: z.looseObject({ receiptId: z.string() }),
  receiptCreateDateTime: z.looseObject({ value: text }).nullish().catch(null),
  storeInfo: z.looseObject({ vanityName: text }).nullish().catch(null),
  items: z.array(z.unknown()),
});

function fromReceipts(value: unknown) {
  const all = Array.isArray(value) ? value : [value];
  if (!all.some((each) => Receipt.safeParse(each).success)) return null;
  const found = new Gathered();
  for (const [index, each] of all.entries()) {
    const receipt = Receipt.safeParse(each).data;
    const numberKey = receipt ? numberKeyOf(receipt.purchaseId.receiptId) : null;
    if (!receipt || numberKey === null || numberKey === 'lost') {
      found.skip(`receipt ${index + 1}`, 'It is not written as a receipt of this export.');
      continue;
    }
    const at = receipt.receiptCreateDateTime?.value;
    const order = found.at(numberKey, () =>
      orderOf({
        retailer: 'kroger',
        numberKey,
        linesAre: 'charged',
      }),
    );
    const storeName = nameOf(receipt.storeInfo?.vanityName);
    found.fill(order, { orderedAt: instantOf(at), orderedOn: dayOf(at), storeName }, `receipt ${index + 1}`);
    receipt.items.forEach((one, item) => {
      const told = Purchased.safeParse(one).data?.purchasedData;
      if (!told) return found.skip(`receipt ${index + 1}, item ${item + 1}`, 'It has no name.');
      const { displayInfo, upc, pricingInfo, quantityInfo } = told;
      const { description, customerFacingSize } = displayInfo;
      const priced = pricingInfo ?? told;
      addRow(order, lineFrom(description, customerFacingSize, upc, priced, quantityInfo?.received));
    });
  }
  return found.reading('its fields');
}

const Product = z.looseObject({
  upc: text,
  description: z.string(),
  size: text,
  qty: amount,
  receiptID: z.string(),
  receiptDate: text,
  receiptLocation: text,
});

function fromProducts(value: unknown) {
  if (!Array.isArray(value) || !value.some((each) => Product.safeParse(each).success)) return null;
  const found = new Gathered();
  for (const [index, each] of value.entries()) {
    const told = Product.safeParse(each).data;
    const numberKey = told ? numberKeyOf(told.receiptID) : null;
    if (!told || numberKey === null || numberKey === 'lost') {
      found.skip(`item ${index + 1}`, 'It is not written as an item of this export.');
      continue;
    }
    const order = found.at(numberKey, () =>
      orderOf({
        retailer: 'kroger',
        numberKey,
        linesAre: 'charged',
      }),
    );
    const storeName = nameOf(told.receiptLocation);
    found.fill(order, { orderedOn: dayOf(told.receiptDate), storeName }, `item ${index + 1}`);
    addRow(order, lineFrom(told.description, told.size, told.upc, told, told.qty));
  }
  return found.reading('its fields');
}

/** These tell pounds from pieces by the size alone: `per lb`. */
function lineFrom(name: string, size: unknown, upc: unknown, priced: Members, received: unknown): ReadLine {
  const quantity = quantityOf(received);
  const unit = typeof size === 'string' ? /^per (lb|kg|oz)s?$/i.exec(size.trim())?.[1]?.toLowerCase() : undefined;
  const isWeighed = unit !== undefined && quantity !== null;
  const { lineCents, unitCents } = pricesIn(priced, { plain: 'line', quantity });
  return lineOf({
    name: nameOf(name),
    upc: typeof upc === 'string' && /^\d{4,14}$/.test(upc) ? upc : null,
    quantity: isWeighed ? 1 : quantity,
    measure: isWeighed ? { value: quantity, unit } : null,
    unitCents,
    lineCents,
    listedCents: lineCents,
    size: nameOf(size),
  });
}
