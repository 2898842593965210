import { z } from 'zod';
import { centsOf, costOf, currencyIn, quantityOf, stateOf } from '../../amounts.js';
import { dayOf, instantOf, type DayOrder } from '../../days.js';
import { addRow } from '../../extras.js';
import { Gathered } from '../../gathered.js';
import { decimalIn, headedTables, headerOf, type Headed, type Header } from '../../headers.js';
import { nameOf, plainNameOf } from '../../names.js';
import { isAmazonNumber, NOT_A_NUMBER, numberKeyOf } from '../../numbers.js';
import type { Cell, Table } from '../../opening/opened.js';
import { pricesIn, type Prices } from '../../told-prices.js';
import { isCharged, lineOf, orderOf, shownLine, type ReadLine, type ReadOrder } from '../../reading.js';
import type { Format } from '../format.js';
import { asinOf } from './history.js';

/** What a browser extension writes of Amazon's order pages: a table in the language of the browser, or JSON. A price is that of one piece. */
export const amazonExtension: Format = {
  id: 'amazon-extension',
  read: (file) => {
    if (file.kind === 'tables') {
      const found = new Gathered();
      const headed = headedTables(file.tables, headerIn, found);
      for (const table of headed ?? []) readTable(table, found);
      return headed && ended(found, 'its columns');
    }
    return file.kind === 'json' ? fromJson(file.value) : null;
  },
};

const WORDS = {
  number: 'order id|order number|bestellnummer|bestell id|numero de commande|id de pedido|numero de pedido',
  day: 'order date|date|bestelldatum|date de commande|date de la commande|fecha de pedido|fecha del pedido',
  total: 'total amount|order total|total|gesamtbetrag|gesamtsumme|montant total|importe total',
  currency: 'currency|wahrung|devise|moneda|divisa',
  savings: 'total savings|savings|ersparnis|gesamtersparnis|economies totales|economies|ahorro total|ahorro',
  status: 'status|order status|bestellstatus|statut|estado',
  name: 'item title|title|titel|artikel|artikeltitel|titre de l article|titre|titulo del articulo|titulo',
  asin: 'asin|item asin|artikel asin|asin de l article|asin del articulo',
  quantity: 'item quantity|quantity|menge|anzahl|quantite|cantidad',
  price: 'item price|price|preis|artikelpreis|einzelpreis|prix de l article|prix|precio del articulo|precio',
  leftOut:
    'to|item discount|discount|rabatt|remise de l article|remise|descuento del articulo|descuento|promotions|aktionen|promociones|item url|artikel url|artikel link|url de l article|url del articulo|details url|details link|url des details|url de detalles|recipient name|recipient street|recipient city postal|recipient country|charged amount|gift card amount|card brand|card last 4|kartenmarke|letzte 4 ziffern|marque de carte|4 derniers chiffres|marca de tarjeta|ultimos 4 digitos',
};

interface Told {
  where: string;
  numberKey: string;
  number: string;
  day: unknown;
  currency: string | null;
  status: string | null;
  totalCents: number | null;
  savingsCents: number | null;
}

/** Of items; or of orders alone, which their numbers show to be of this shop. */
function headerIn(table: Table): Header<keyof typeof WORDS> | null {
  const ofItems = headerOf(table, WORDS, ['number', 'asin', 'name', 'price']);
  const header = ofItems ?? headerOf(table, WORDS, ['number', 'total']);
  const isOfShop = (row: readonly Cell[]) => isAmazonNumber(header!.textOf(row, 'number'));
  return header && (ofItems || table.rows.slice(header.from).some(isOfShop)) ? header : null;
}

function readTable({ header, head, rows, whereOf }: Headed<keyof typeof WORDS>, found: Gathered): void {
  const amounts = rows.flatMap((row) => [header.textOf(row, 'price'), header.textOf(row, 'total')]);
  const decimal = decimalIn(amounts);
  const isEnglish = head.some(({ text }) => /^order (id|number)$/.test(plainNameOf(text)));
  const dayOrder = isEnglish ? found.dayOrderOf(rows.map((row) => header.textOf(row, 'day'))) : 'day first';
  for (const [index, row] of rows.entries()) {
    const textOf = (meaning: keyof typeof WORDS) => header.textOf(row, meaning);
    const numberKey = numberKeyOf(textOf('number'));
    if (numberKey === null || numberKey === 'lost') {
      found.skip(whereOf(index), NOT_A_NUMBER);
      continue;
    }
    const order = orderAt(found, dayOrder, {
      where: whereOf(index),
      numberKey,
      number: textOf('number'),
      day: textOf('day'),
      currency: textOf('currency') || currencyIn(textOf('total')),
      status: textOf('status'),
      totalCents: centsOf(textOf('total'), decimal),
      savingsCents: centsOf(textOf('savings'), decimal),
    });
    const line = lineFrom(order, textOf('name'), textOf('asin'), {
      quantity: quantityOf(textOf('quantity')),
      unitCents: centsOf(textOf('price'), decimal),
    });
    // An order whose items the page did not show has one row without any.
    if (line) addRow(order, line);
  }
}

const text = z.string().nullish().catch(null);
const amount = z.union([z.number(), z.string()]).nullish().catch(null);
const Item = z.looseObject({ title: z.string(), asin: text, quantity: amount });
const Order = z.looseObject({
  orderId: z.string(),
  orderDate: text,
  totalAmount: amount,
  currency: text,
  items: z.array(z.unknown()),
  orderStatus: text,
  totalSavings: amount,
});

function fromJson(value: unknown) {
  const all = Array.isArray(value)
    ? value
    : z.looseObject({ orders: z.array(z.unknown()) }).safeParse(value).data?.orders;
  if (!all?.some((each) => Order.safeParse(each).success)) return null;
  const found = new Gathered();
  for (const [index, each] of all.entries()) {
    const told = Order.safeParse(each).data;
    const numberKey = told ? numberKeyOf(told.orderId) : null;
    if (!told || numberKey === null || numberKey === 'lost') {
      found.skip(`order ${index + 1}`, 'It is not written as an order of this export.');
      continue;
    }
    const order = orderAt(found, 'day first', {
      where: `order ${index + 1}`,
      numberKey,
      number: told.orderId,
      day: told.orderDate,
      currency: told.currency ?? null,
      status: told.orderStatus ?? null,
      totalCents: centsOf(told.totalAmount),
      savingsCents: centsOf(told.totalSavings),
    });
    told.items.forEach((one, at) => {
      const item = Item.safeParse(one).data;
      if (!item) return found.skip(`order ${index + 1}, item ${at + 1}`, 'It has no name.');
      const quantity = quantityOf(item.quantity);
      const prices = pricesIn(item, { plain: 'one', quantity });
      const line = lineFrom(order, item.title, item.asin ?? '', { quantity, ...prices });
      if (line) addRow(order, line);
    });
  }
  return ended(found, 'its fields');
}

function orderAt(found: Gathered, dayOrder: DayOrder, told: Told): ReadOrder {
  const order = found.at(told.numberKey, () =>
    orderOf({
      retailer: 'amazon',
      numberKey: told.numberKey,
      linesAre: 'charged',
      displayNumber: told.number.slice(0, 40),
      channel: 'online',
      status: nameOf(told.status)?.toLowerCase().slice(0, 40) ?? null,
    }),
  );
  const currency = /^[A-Z]{3}$/.exec(told.currency?.trim() ?? '')?.[0] ?? null;
  const facts = { orderedAt: instantOf(told.day), orderedOn: dayOf(told.day, dayOrder), currency };
  found.fill(order, { ...facts, totalCents: told.totalCents }, told.where);
  // 0 is written where the page showed none.
  if (told.savingsCents !== null && told.savingsCents !== 0) order.savingsCents ??= Math.abs(told.savingsCents);
  return order;
}

function lineFrom(
  order: ReadOrder,
  title: string,
  asin: string,
  { quantity, unitCents, lineCents = null }: { quantity: number | null; unitCents: number | null } & Partial<Prices>,
): ReadLine | null {
  const name = nameOf(title);
  if (name === null) return null;
  const cents = lineCents ?? costOf(unitCents, quantity);
  const known = { name, asin: asinOf(asin), unitCents };
  // What is said of the whole order tells of each line only where nothing came.
  const state = stateOf(order.status);
  return isCharged(state)
    ? lineOf({ ...known, quantity, lineCents: cents, listedCents: cents })
    : shownLine(known, state, quantity, cents);
}

function ended(found: Gathered, toldBy: string) {
  for (const order of found.all()) if (order.lines.length === 0) order.linesAre = 'unknown';
  return found.reading(toldBy);
}
