import { dayOf } from '../../days.js';
import { addExtras, withoutSummed } from '../../extras.js';
import { numberKeyOf } from '../../numbers.js';
import { lineOf, orderOf, shownLine, type Fee, type ReadLine, type ReadOrder } from '../../reading.js';
import { foldedOf } from '../receipt-text/rows.js';
import { rowsOfHtml, rowsOfText, type Row } from './html-rows.js';
import type { Letter } from './letters.js';
import { contentOf, type Content, type Item } from './lines.js';
import { CANCELLED_WHOLE, ESTIMATE, FINAL, type Money } from './words.js';

/** The order of one letter. */
const NUMBER =
  /(?<![\d-])(\d{7}-\d{6,8})(?![\d-])|\b(?:order|commande|confirmation)(?: number| no\.?| id|#)?\s{0,2}(?:is|:|#|n[o°]\.?)?\s{0,3}#?\s{0,2}(\d{13,21})(?!\d)/i;
const ORDERED =
  /\b(?:order date|ordered on|order placed|placed on|date of (?:purchase|order)|purchase date|purchased on|date de (?:la )?commande|commande le)\b[: ]{0,3}(.{6,40})/i;

const CENTS = {
  before: 'subtotalBeforeCents',
  subtotal: 'subtotalCents',
  savings: 'savingsCents',
  tax: 'taxCents',
  tip: 'tipCents',
  donations: 'donationsCents',
  refund: 'refundCents',
  total: 'totalCents',
  delivery: 'deliveryCents',
  bag: 'bagCents',
  express: 'expressCents',
} as const satisfies Record<Money, keyof ReadOrder>;
const NOTHING_CHARGED = { subtotalCents: 0, taxCents: 0, tipCents: 0, totalCents: 0 };

/** Null when the letter tells nothing of an order. */
export function orderOfLetter(letter: Letter): ReadOrder | null {
  const seen = letter.html === null ? [] : rowsOfHtml(letter.html);
  const plain = letter.text === null ? [] : rowsOfText(letter.text);
  const fromHtml = contentOf(seen);
  const fromText = seen.length > 0 && fromHtml.items.length > 0 ? null : contentOf(plain);
  const content = fromText !== null && weight(fromText) > weight(fromHtml) ? fromText : fromHtml;
  const rows = seen.length > 0 ? seen : plain;
  const number = numberIn(letter.subject, rows);
  if (number === null) return null;
  const known = {
    retailer: 'walmart' as const,
    numberKey: numberKeyOf(number)!,
    displayNumber: number.includes('-') ? number : null,
    channel: 'online' as const,
    asOf: letter.at,
    currency:
      letter.from?.endsWith('.ca') === true || rows.some(({ 0: cell }) => /CDN ?\$/.test(cell!.text)) ? 'CAD' : null,
    orderedOn: dayIn(rows),
  };
  const words = rows.flatMap((row) => row.map(({ text }) => foldedOf(text)));
  const subject = foldedOf(letter.subject);
  if (isCancelled(subject, words, content)) {
    const facts =
      content.money.get('total') === 0 || words.some((text) => /not charged/.test(text)) ? NOTHING_CHARGED : {};
    return orderOf({ ...known, ...facts, linesAre: 'changes', isEvidence: true, status: 'cancelled' });
  }
  const facts = factsOf(content);
  const isWhole =
    content.money.has('total') &&
    content.items.some(({ section }) => section === 'bought' || section === 'substituted');
  if (!isWhole) {
    const lines = changesOf(content.items);
    if (lines.length === 0 && content.money.size === 0) return null;
    // Of what says neither what was ordered nor what was charged, sums are of a part.
    const { refundCents = null } = facts;
    return orderOf({ ...known, refundCents, linesAre: 'changes', isEvidence: true, lines });
  }
  const isFinal = content.isParted || FINAL.test(subject);
  const isCharged = isFinal && !words.some((text) => ESTIMATE.test(text));
  const order = orderOf({
    ...known,
    ...facts,
    ...(isCharged
      ? { linesAre: 'charged', lines: chargedLines(content.items) }
      : {
          orderedOn: known.orderedOn ?? letter.on,
          linesAre: 'ordered',
          isEstimate: true,
          lines: content.items.map(orderedLine),
        }),
  });
  addExtras(order, withoutSummed(content.extras, content.sums));
  return order;
}

const weight = ({ items, money }: Content): number => items.length * 10 + money.size;

function numberIn(subject: string, rows: readonly Row[]): string | null {
  for (const text of [subject, ...rows.map((row) => row.map((cell) => cell.text).join(' '))]) {
    const match = NUMBER.exec(text);
    if (match) return match[1] ?? match[2]!;
  }
  return null;
}

function dayIn(rows: readonly Row[]): string | null {
  for (const row of rows) {
    const text = row.map((cell) => cell.text).join(' ');
    const day = dayOf(ORDERED.exec(text)?.[1]?.replace(/^(?:\p{L}{3,9}day|\p{L}{3}), /iu, ''));
    if (day !== null) return day;
  }
  return null;
}

/** Of the whole order, and not of some of its items. */
function isCancelled(subject: string, words: readonly string[], { items }: Content): boolean {
  if (items.some(({ section }) => section === 'bought' || section === 'substituted')) return false;
  return CANCELLED_WHOLE.test(subject) || words.some((text) => CANCELLED_WHOLE.test(text));
}

function factsOf({ money, taxes }: Content): Partial<ReadOrder> {
  const facts: Partial<ReadOrder> = {};
  for (const [meaning, cents] of money) facts[CENTS[meaning]] = Math.abs(cents);
  if (taxes.size > 0) facts.taxLines = [...taxes].map(([label, cents]) => ({ label, ratePercent: null, cents }));
  const fees = (['delivery', 'bag', 'express'] as const).flatMap((kind): Fee[] => {
    const cents = money.get(kind);
    return cents === undefined ? [] : [{ kind, label: kind, cents, wasCents: null }];
  });
  if (fees.length > 0) facts.feesCents = fees.reduce((sum, { cents }) => sum + cents, 0);
  if (fees.length > 0) facts.fees = fees;
  return facts;
}

const orderedLine = ({ name, usItemId, quantity, cents }: Item): ReadLine =>
  lineOf({
    name,
    usItemId,
    quantity,
    orderedQuantity: quantity,
    lineCents: cents,
    listedCents: cents,
    orderedCents: cents,
    state: 'bought',
  });

/** What was charged, with what came for what, and what was returned of it. */
function chargedLines(items: readonly Item[]): ReadLine[] {
  const lines = items
    .filter(({ section }) => section !== 'returned')
    .map(({ name, usItemId, quantity, cents, section }) =>
      section === 'unavailable' || section === 'cancelled'
        ? lineOf({ name, usItemId, state: section, quantity: 0, lineCents: 0 })
        : shownLine({ name, usItemId }, section, quantity, cents),
    );
  for (const { name, section, inPlaceOf } of items) {
    const place = lines.findIndex((line) => line.name === inPlaceOf && line.state === 'unavailable');
    const came = lines.find(
      (line) => line.name === name && line.state === 'substituted' && line.substitutedFor === null,
    );
    if (inPlaceOf !== null && place >= 0 && came) came.substitutedFor = place + 1;
    if (section !== 'returned') continue;
    const bought = lines.find((line) => line.name === name && line.state === 'bought');
    if (bought) bought.state = 'returned';
  }
  return lines;
}

/** What the letter says became of items, and nothing else. */
function changesOf(items: readonly Item[]): ReadLine[] {
  return items
    .filter(({ section }) => section !== 'bought')
    .map(({ name, usItemId, section, quantity, cents }) => {
      if (section === 'returned') return lineOf({ name, usItemId, state: section });
      return section === 'substituted'
        ? lineOf({ name, usItemId, state: section, quantity, lineCents: cents, listedCents: cents })
        : lineOf({ name, usItemId, state: section, quantity: 0, lineCents: 0 });
    });
}
