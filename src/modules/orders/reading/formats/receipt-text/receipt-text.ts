import { dayOf } from '../../days.js';
import { addExtras, extraBetween, type Extra } from '../../extras.js';
import { numberKeyOf } from '../../numbers.js';
import { isReceipt } from '../../opening/sniffing.js';
import {
  orderOf,
  type Question,
  type Reading,
  type ReadOrder,
  type Retailer,
  type Skipped,
  type TaxLine,
} from '../../reading.js';
import type { Format } from '../format.js';
import { withCheckDigits } from './codes.js';
import { linesOf, type PlacedRow } from './items.js';
import { labelOf, type Label } from './labels.js';
import { foldedOf, rowOf } from './rows.js';

const MOST_LINES = 20_000;
const MOST_SKIPPED = 200;
const HEAD = /\bST ?# ?\d{1,6}\b/;
const DAY = /(?<!\d)(\d{4}-\d{2}-\d{2}|\d{1,2}([/.-])\d{1,2}\2(?:\d{4}|\d{2}))(?!\d)(?:\s+\d{1,2}:\d{2})?/g;
const DAY_BY_NAME = /\b(?:[a-z]{3,9}\.? \d{1,2},? \d{4}|\d{1,2}[ -][a-z]{3,9}\.?[ -]\d{4})\b/i;
const CANADA = /\b(HST|GST|PST|QST|TPS|TVQ|TVH|CAD|CDN|INTERAC)\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b/;

const BEGINS_END: ReadonlySet<Label['is']> = new Set(['subtotal', 'total', 'tax', 'fuel']);

/** The text of a paper receipt, or of several one after another. */
export const receiptText: Format = {
  id: 'receipt-text',
  read: (file) => (file.kind === 'text' && isReceipt(file.text) ? readReceipts(file.text) : null),
};

/** What the text of receipts says, whatever it was taken from. */
export function readReceipts(text: string): Omit<Reading, 'format'> {
  const lines = text.split(/\r\n|\n|\r/).slice(0, MOST_LINES);
  const [skipped, questions]: [Skipped[], Question[]] = [[], []];
  const orders = slipsIn(lines).flatMap(({ from, to }) => {
    const order = slip(lines.slice(from, to), from, skipped, questions);
    return order === null ? [] : [order];
  });
  return { orders, carts: [], skipped: skipped.slice(0, MOST_SKIPPED), questions, toldBy: 'what a till prints' };
}

/** Where each receipt begins and ends: at the head line of a till, with what is printed above it. */
function slipsIn(lines: readonly string[]): { from: number; to: number }[] {
  const heads = lines.flatMap((line, at) => (HEAD.test(line) ? [at] : []));
  const starts = heads.map((at, index) => (index === 0 ? 0 : at));
  return (starts.length === 0 ? [0] : starts).map((from, index) => ({ from, to: starts[index + 1] ?? lines.length }));
}

function slip(lines: readonly string[], offset: number, skipped: Skipped[], questions: Question[]): ReadOrder | null {
  const text = lines.join('\n');
  const retailer = retailerOf(text);
  if (retailer === null) {
    questions.push({
      code: 'shop_unknown',
      text: 'Of which shop the receipt is cannot be told; nothing was imported of it.',
    });
    return null;
  }
  const head = lines.findIndex((line) => HEAD.test(line));
  const body: PlacedRow[] = [];
  const ends: { label: Label; cents: number | null }[] = [];
  const between: Extra[] = [];
  for (const [index, line] of lines.entries()) {
    if (index <= head || line.trim() === '') continue;
    const row = rowOf(line);
    const words = row.kind === 'item' ? foldedOf(row.name) : row.kind === 'other' ? row.words : null;
    const label = words === null ? null : labelOf(words);
    const isItem = row.kind === 'item' && row.code !== null;
    // What was paid comes under what it came to: before that, `CASH CROP TOMATOES` are tomatoes.
    const isEnd = label !== null && !isItem && (ends.length > 0 || BEGINS_END.has(label.is));
    if (label?.is === 'ignored') continue;
    if (isEnd && 'cents' in row && row.cents !== null) ends.push({ label, cents: row.cents });
    else if (ends.length === 0) body.push({ row, at: offset + index + 1 });
    else if (row.kind === 'item' && row.cents !== null && lastOf(ends, 'total') === null)
      between.push(extraBetween(row.name, row.cents));
  }
  const fuel = lastOf(ends, 'fuel');
  const subtotalCents = lastOf(ends, 'subtotal') ?? fuel;
  const totalCents = lastOf(ends, 'total');
  const taxLines = ends.flatMap(({ label, cents }): TaxLine[] =>
    label.is === 'tax' && cents !== null ? [{ label: label.label, ratePercent: label.ratePercent, cents }] : [],
  );
  const knowsTax = taxLines.length > 0 || (subtotalCents !== null && subtotalCents === totalCents);
  const payments = ends.flatMap(({ label, cents }) =>
    label.is === 'payment' && cents !== null ? [{ type: label.type, cents }] : [],
  );
  const printed = /\bTC ?#? ?((?:\d ?){10,24})/.exec(text)?.[1];
  const key = numberKeyOf(printed ?? '');
  const orderedOn = dayIn(text);
  if (orderedOn === null) questions.push({ code: 'day_unclear', text: DAY_UNCLEAR });
  const { lines: goods, extras } = fuel === null ? linesOf(body, skipped) : { lines: [], extras: [] };
  const order = orderOf({
    retailer,
    numberKey: key === 'lost' ? null : key,
    linesAre: 'charged',
    channel: 'store',
    storeNumber: /\bST ?# ?0*(\d{1,6})\b/.exec(text)?.[1] ?? null,
    orderedOn,
    currency: CANADA.test(text) ? 'CAD' : null,
    isFuel: fuel !== null || /^\s*PUMP\b/m.test(text),
    subtotalCents,
    totalCents,
    taxCents: knowsTax ? taxLines.reduce((cents, tax) => cents + tax.cents, 0) : null,
    taxLines: knowsTax ? taxLines : null,
    payments: payments.length > 0 ? payments : null,
    lines: withCheckDigits(goods),
  });
  addExtras(order, [...extras, ...between]);
  return order;
}

const DAY_UNCLEAR = 'The day of a receipt is not printed in a way that can only be one day.';

function lastOf(ends: readonly { label: Label; cents: number | null }[], is: Label['is']): number | null {
  return ends.findLast(({ label, cents }) => label.is === is && cents !== null)?.cents ?? null;
}

/** The last day that is printed, one with a time before others. `25/07/31` may be two days, and is none. */
function dayIn(text: string): string | null {
  const found = [...text.matchAll(DAY)];
  const best = found.findLast(([all]) => all.includes(':')) ?? found.at(-1);
  if (!best) return dayOf(DAY_BY_NAME.exec(text)?.[0]);
  const day = best[1]!;
  const [first, , last] = day.split(/[/.-]/).map(Number);
  if (/^\d{2}\D\d{2}\D\d{2}$/.test(day) && first! > 12 && last! <= 31 && first !== last) return null;
  return dayOf(day);
}

function retailerOf(text: string): Retailer | null {
  if (/wal-?\*?mart/i.test(text) || /\bST ?# ?\d+ +OP ?# ?\d+/.test(text)) return 'walmart';
  return /\bkroger\b/i.test(text) ? 'kroger' : null;
}
