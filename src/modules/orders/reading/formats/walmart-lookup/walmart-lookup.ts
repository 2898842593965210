import { z } from 'zod';
import { centsOf, quantityOf } from '../../amounts.js';
import { dayOf, instantOf } from '../../days.js';
import { nameOf } from '../../names.js';
import { numberKeyOf } from '../../numbers.js';
import { paymentTypeOf } from '../../payments.js';
import { lineOf, orderOf, type ReadLine, type ReadOrder, type Skipped } from '../../reading.js';
import { pricesIn } from '../../told-prices.js';
import type { Format } from '../format.js';

/** What a look-up of a paper receipt answers. All that is not named here is dropped: the card that it was asked by, above all. */
const Money = z.union([z.number(), z.string()]).nullish();
const Text = z.union([z.string(), z.number()]).nullish();
const Item = z.looseObject({ description: Text, itemId: Text, upc: Text, quantity: z.unknown() });
const Receipt = z.object({
  tcNumber: Text,
  dateTime: z.string().nullish(),
  store: z.object({ id: Text }).nullish(),
  total: z.object({ subtotal: Money, taxTotal: Money, totalAmount: Money }).nullish(),
  tender: z
    .array(z.object({ type: Text, amount: Money }))
    .max(50)
    .nullish(),
  items: z.array(z.unknown()).max(5000),
});
type Receipt = z.infer<typeof Receipt>;
const Answer = z.object({ receipts: z.array(z.unknown()).max(1000) });
const MOST_ANSWERS = 1000;

export const walmartLookup: Format = {
  id: 'walmart-lookup',
  read: (file) => {
    if (file.kind !== 'json') return null;
    const answers = (Array.isArray(file.value) ? file.value.slice(0, MOST_ANSWERS) : [file.value]).map(answerIn);
    const receipts = answers.flatMap((answer) => answer?.receipts ?? []);
    if (answers.some((answer) => answer === null) || answers.length === 0) return null;
    const skipped: Skipped[] = [];
    const orders = receipts.flatMap((value, index): ReadOrder[] => {
      const receipt = Receipt.safeParse(value);
      const order = receipt.success ? orderFrom(receipt.data, index + 1, skipped) : null;
      if (order === null)
        skipped.push({ where: `receipt ${index + 1}`, reason: 'It has no items, or no number and no day.' });
      return order === null ? [] : [order];
    });
    return {
      orders,
      carts: [],
      skipped: skipped.slice(0, 200),
      questions: [],
      toldBy: 'its receipts with a TC number',
    };
  },
};

function answerIn(value: unknown): z.infer<typeof Answer> | null {
  const wrapped = z.object({ answer: Answer }).safeParse(value);
  if (wrapped.success) return wrapped.data.answer;
  const plain = Answer.safeParse(value);
  const isOne = plain.success && plain.data.receipts.every((receipt) => Receipt.safeParse(receipt).success);
  return isOne ? plain.data : null;
}

const textIn = (value: unknown): string | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : typeof value === 'string' ? value : null;

function orderFrom(receipt: Receipt, place: number, skipped: Skipped[]): ReadOrder | null {
  const key = numberKeyOf(textIn(receipt.tcNumber) ?? '');
  const orderedOn = dayOf(receipt.dateTime);
  if (key === null && orderedOn === null) return null;
  const payments = (receipt.tender ?? []).flatMap(({ type, amount }) => {
    const cents = centsOf(amount);
    return cents === null ? [] : [{ type: paymentTypeOf((textIn(type) ?? '').toLowerCase()) ?? 'OTHER', cents }];
  });
  return orderOf({
    retailer: 'walmart',
    numberKey: key === 'lost' ? null : key,
    linesAre: 'charged',
    channel: 'store',
    // The time is that of the shop's wall, and its zone is not told.
    orderedAt: instantOf(receipt.dateTime),
    orderedOn,
    storeNumber: /^0*(\d{1,6})$/.exec(textIn(receipt.store?.id) ?? '')?.[1] ?? null,
    subtotalCents: centsOf(receipt.total?.subtotal),
    taxCents: centsOf(receipt.total?.taxTotal),
    totalCents: centsOf(receipt.total?.totalAmount),
    payments: payments.length > 0 ? payments : null,
    lines: receipt.items.flatMap((value, index): ReadLine[] => {
      const line = lineFrom(value);
      if (line === null)
        skipped.push({ where: `receipt ${place}, item ${index + 1}`, reason: 'It is no item with a price.' });
      return line === null ? [] : [line];
    }),
  });
}

function lineFrom(value: unknown): ReadLine | null {
  const item = Item.safeParse(value);
  if (!item.success) return null;
  const receiptName = nameOf(textIn(item.data.description));
  const quantity = quantityOf(item.data.quantity);
  const { lineCents: cents, unitCents } = pricesIn(item.data, { plain: 'line', quantity });
  const id = textIn(item.data.itemId);
  const upc = textIn(item.data.upc);
  if (cents === null || cents < 0 || (receiptName === null && id === null)) return null;
  return lineOf({
    receiptName,
    usItemId: id !== null && /^\d{4,15}$/.test(id) ? id : null,
    upc: upc !== null && /^\d{4,14}$/.test(upc) ? upc : null,
    quantity,
    unitCents,
    lineCents: cents,
    listedCents: cents,
    state: 'bought',
  });
}
