import { centsOf, quantityOf } from '../../amounts.js';
import { extraBetween, extraOf, isSaving, type Extra } from '../../extras.js';
import { nameOf } from '../../names.js';
import { itemIdOf } from '../../numbers.js';
import { lineOf } from '../../reading.js';
import { foldedOf } from '../receipt-text/rows.js';
import type { Cell, Row } from './html-rows.js';
import { AMOUNT, FREE, labelledRows } from './labelled-rows.js';
import { moneyOf, namedTax, PERSONAL, REFUNDED, SUBSTITUTED, sectionOf, type Money, type Section } from './words.js';

/** The items and the money of a mail's rows, told by their words. Pure. */
export interface Item {
  name: string;
  usItemId: string | null;
  quantity: number | null;
  cents: number | null;
  section: Section;
  /** The name of what it came for. */
  inPlaceOf: string | null;
}
export interface Content {
  items: Item[];
  money: Map<Money, number>;
  /** Rows among items that are no goods, and rows among the sums without a meaning of their own. */
  extras: Extra[];
  sums: Extra[];
  /** Of one name each, as Canada has them. */
  taxes: Map<string, number>;
  /** Whether any heading says what became of items. */
  isParted: boolean;
}

/** A dash between a name and its amount parts them; one that stands at the amount alone is its sign. */
const TAIL =
  /^(.*?)[\s|·•:–-]*?((?:(?<=\s)-(?=\S))?(?:(?:CDN|CA|C)? ?\$ ?-?[\d.,]+|\d{1,6}[.,]\d{2} ?\$)|free|gratuit)$/i;
const COUNT =
  /^(?:qty|quantity|qt[eé]|quantit[eé])\.?[: ]{0,3}(\d{1,4}(?:\.\d{1,3})?)$|^(\d{1,3})$|^x ?(\d{1,3})$|^(\d{1,3}) ?x$/i;
const TRAILING_COUNT = /^(.*?)[\s|·•,(-]*\b(?:qty|quantity|qt[eé]|quantit[eé])\.?[: ]{0,3}(\d{1,4})\)?[\s|·•-]*$/i;
/** `Milk, 1 gal x2`, and not `Towels 6 x 12`. */
const TRAILING_TIMES = /^(.*[^\d\s|·•,(-])[\s|·•,(-]+[x×] ?(\d{1,3})\)?$/i;
const LEADING_COUNT = /^(\d{1,3}) ?[x×] ?(?=\p{L})/iu;
/** What one of it costs, which is not what the line cost. */
const OF_ONE = /^(?:CDN|CA|C)? ?\$? ?\d{1,4}[.,]\d{1,3} ?\$? ?(?:\/|per |each\b|ea\b|ch\b)/i;
const COLUMN_WORDS = /^(item|items|product|qty|quantity|price|total|article|articles|prix|qte|quantite|details?)$/;

/** What leads the eye from a name to its amount. */
const LEADERS = /[\s.·•_-]{4,}$|\s*…{2,}$/;

/** A row taken apart: what names, what counts, what costs. */
interface Parts {
  names: Cell[];
  quantity: number | null;
  cents: number | null;
}

interface Named {
  cell: Cell;
  quantity: number | null;
}

export function contentOf(rows: readonly Row[]): Content {
  const content: Content = { items: [], money: new Map(), extras: [], sums: [], taxes: new Map(), isParted: false };
  let section: Section = 'bought';
  let isBelowItems = false;
  /** A name alone, and its count where that came with it or after it: what it costs may stand below. */
  let before = null as Named | null;
  for (const row of labelledRows(rows)) {
    const pending = before;
    before = null;
    const words = foldedOf(row[0]!.text).replace(/[:.]+$/, '');
    const parts = partsOf(row);
    const isHeading = row.length === 1 && parts.cents === null ? sectionOf(words) : null;
    if (isHeading !== null) {
      section = isHeading;
      content.isParted = true;
      isBelowItems = false;
      continue;
    }
    if (row.some(({ text }) => SUBSTITUTED.test(foldedOf(text)))) {
      content.isParted = true;
      content.items.push(...substitution(row, parts));
      continue;
    }
    const money = parts.cents === null ? null : labelled(parts, row);
    if (money !== null && !isItemOf(parts)) {
      const { text } = parts.names[0]!;
      if (money === 'savings' && isSaving(text)) content.sums.push(extraBetween(text, -Math.abs(parts.cents!)));
      else keepMoney(content, money, parts.cents!, words);
      isBelowItems ||= money === 'subtotal' || money === 'before';
      continue;
    }
    if (isBelowItems && parts.cents !== null && parts.quantity === null && parts.names.length === 1) {
      if (!content.money.has('total')) content.sums.push(extraBetween(parts.names[0]!.text.slice(0, 60), parts.cents));
      continue;
    }
    if (isBelowItems) continue;
    const isRefunded = row.some(({ text }) => REFUNDED.test(foldedOf(text)));
    const own = nameCellOf(parts.names);
    const cell = own ?? (parts.names.length === 0 ? (pending?.cell ?? null) : null);
    const isItem = parts.cents !== null || (section !== 'bought' && own !== null && content.isParted);
    if (cell !== null && isItem && !PERSONAL.test(foldedOf(cell.text))) {
      const quantity = parts.quantity ?? (own === null ? (pending?.quantity ?? null) : null);
      const item = itemFrom(cell, { ...parts, quantity }, isRefunded ? 'returned' : section);
      const extra = item && extraIn(item);
      if (extra) content.extras.push(extra);
      else if (item) content.items.push({ ...item, cents: item.cents && Math.abs(item.cents) });
    } else if (parts.cents === null && parts.names.length === 0 && pending !== null) {
      before = { ...pending, quantity: parts.quantity ?? pending.quantity };
    } else if (
      parts.cents === null &&
      row.length === 1 &&
      own !== null &&
      !PERSONAL.test(words) &&
      !COLUMN_WORDS.test(words)
    ) {
      before = { cell: own, quantity: parts.quantity };
    }
  }
  if (content.taxes.size > 0 && !content.money.has('tax'))
    content.money.set(
      'tax',
      [...content.taxes.values()].reduce((sum, cents) => sum + cents, 0),
    );
  return content;
}

/** The first of a name is meant: an order's total stands before what a card was charged for it. */
function keepMoney({ money, taxes }: Content, meaning: Money, cents: number, words: string): void {
  const tax = meaning === 'tax' ? namedTax(words) : null;
  if (tax !== null) taxes.set(tax, taxes.get(tax) ?? cents);
  else if (!money.has(meaning)) money.set(meaning, cents);
}

function partsOf(row: Row): Parts {
  const parts: Parts = { names: [], quantity: null, cents: null };
  for (const cell of row) {
    const { text } = cell;
    if (OF_ONE.test(text)) continue;
    if (AMOUNT.test(text) || FREE.test(text)) {
      if (!cell.isStruck) parts.cents = centsOf(text.replaceAll(/\s/g, ''));
      continue;
    }
    const count = COUNT.exec(text.trim());
    if (count) {
      parts.quantity = quantityOf(count[1] ?? count[2] ?? count[3] ?? count[4]);
      continue;
    }
    let rest = text;
    // Of two amounts side by side the first was charged, and the other struck.
    for (let tail = TAIL.exec(rest); tail; tail = TAIL.exec(rest)) {
      const cents = centsOf(tail[2]);
      if (cents === null) break;
      [parts.cents, rest] = [cents, tail[1]!];
    }
    const trailing = TRAILING_COUNT.exec(rest) ?? TRAILING_TIMES.exec(rest);
    if (trailing) {
      parts.quantity = quantityOf(trailing[2]);
      rest = trailing[1]!;
    }
    const leading = LEADING_COUNT.exec(rest);
    if (leading && parts.quantity === null) {
      parts.quantity = quantityOf(leading[1]);
      rest = rest.slice(leading[0].length);
    }
    const name = rest.replace(LEADERS, '').trim();
    if (name !== '') parts.names.push({ ...cell, text: name });
  }
  return parts;
}

/** A money label has no count and one name. */
function labelled({ names, quantity }: Parts, row: Row): Money | null {
  if (quantity !== null || names.length !== 1 || row.length > 3) return null;
  return moneyOf(foldedOf(names[0]!.text).replace(/[: ]+$/, ''));
}

/** What leads to the page of an item is one, whatever it is called. */
const isItemOf = ({ names }: Parts): boolean => names.some(({ link }) => itemIdOf(link) !== null);

const nameCellOf = (names: readonly Cell[]): Cell | null =>
  names.find(({ link }) => itemIdOf(link) !== null) ??
  names.filter(({ text }) => !REFUNDED.test(foldedOf(text)) && /\p{L}{2}/u.test(text))[0] ??
  null;

function itemFrom(cell: Cell, { quantity, cents }: Parts, section: Section): Item | null {
  const name = nameOf(cell.text);
  return name === null ? null : { name, usItemId: itemIdOf(cell.link), quantity, cents, section, inPlaceOf: null };
}

/** Of a row among items that is none: by its name, or since it takes off and counts nothing. */
function extraIn({ name, usItemId, quantity, cents, section }: Item): Extra | null {
  if (section !== 'bought' || usItemId !== null || cents === null) return null;
  const isOff = cents < 0 && quantity === null;
  return isOff ? extraBetween(name, cents) : extraOf(lineOf({ name, lineCents: cents }));
}

/** `A substituted with B, 1, $1.76`: A did not come, B came for it. */
function substitution(row: Row, { names, quantity, cents }: Parts): Item[] {
  const at = names.findIndex(({ text }) => SUBSTITUTED.test(foldedOf(text)));
  const wordless = names.map((cell) => ({
    ...cell,
    text: cell.text.replace(/^(was )?(substituted|replaced) (with|by)\s*/i, ''),
  }));
  const [out, into] = at < 0 ? [null, null] : [wordless[at - 1], wordless.slice(at).find(({ text }) => text !== '')];
  if (!out || !into || row.length < 2) return [];
  const gone = itemFrom(out, { names: [], quantity: null, cents: null }, 'unavailable');
  const came = itemFrom(into, { names: [], quantity, cents }, 'substituted');
  return gone && came ? [gone, { ...came, inPlaceOf: gone.name }] : [];
}
