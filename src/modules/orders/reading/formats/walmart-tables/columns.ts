import { centsOf } from '../../amounts.js';
import { dayOf } from '../../days.js';
import { shortNameOf } from '../../names.js';
import { numberKeyOf } from '../../numbers.js';
import type { Cell, Table } from '../../opening/opened.js';
import { meaningOf, saysOfLine, type Meaning } from './meanings.js';

const DEEPEST_HEADER = 40;

/** A table by the meaning of its columns. Pure. */
export interface Columns {
  at: ReadonlyMap<Meaning, number>;
  /** Columns of one tax each, as they call it. */
  taxes: readonly { label: string; column: number }[];
  /** How many cells its header has. */
  width: number;
  /** Index of the first row after the header. */
  from: number;
  /** Headers that nobody knows, or that say again what another says. */
  unknown: string[];
  isSnake: boolean;
}

/** Looks for a header among the first rows: at least two columns that are understood, one of them an item, an order or a day; no values. */
export function columnsOf({ rows }: Table): Columns | null {
  for (const [index, row] of rows.slice(0, DEEPEST_HEADER).entries()) {
    const meanings = row.map(({ text }) => meaningOf(text));
    const known = meanings.filter((meaning) => meaning !== null);
    const isHeader = known.some((meaning) => meaning === 'name' || meaning === 'number' || meaning === 'day');
    if (known.length < 2 || !isHeader || known.length * 2 < row.filter(({ text }) => text !== '').length) continue;
    if (!row.some(isValue)) return { ...columnsIn(row, meanings), width: row.length, from: index + 1 };
  }
  return null;
}

/** A number, an amount or a day, which no header is. */
const isValue = ({ text }: Cell): boolean =>
  /\d/.test(text) && (centsOf(text) !== null || numberKeyOf(text) !== null || dayOf(text) !== null);

function columnsIn(row: readonly Cell[], meanings: readonly (Meaning | null)[]): Omit<Columns, 'width' | 'from'> {
  const at = new Map<Meaning, number>();
  const taxes: { label: string; column: number }[] = [];
  const unknown: string[] = [];
  for (const [column, meaning] of meanings.entries()) {
    const label = shortNameOf(row[column]!.text, 60) ?? '';
    if (meaning === 'namedTax') taxes.push({ label, column });
    else if (meaning === 'price' && at.has('price') && !at.has('unitPrice')) {
      // Of two prices, one says that it is of the line; the other is of one piece then.
      const isOfLine = saysOfLine(label);
      if (isOfLine === saysOfLine(row[at.get('price')!]!.text)) unknown.push(label);
      else at.set('unitPrice', isOfLine ? at.get('price')! : column);
      if (isOfLine && at.has('unitPrice')) at.set('price', column);
    } else if (meaning !== null && !at.has(meaning)) at.set(meaning, column);
    else if (label !== '' && meaning !== 'personal' && meaning !== 'ignored') unknown.push(label);
  }
  asBestKnown(at);
  return { at, taxes, unknown, isSnake: row.some(({ text }) => /_/.test(text)) };
}

/** Words that mean one thing beside some columns, and another beside others. */
function asBestKnown(at: Map<Meaning, number>): void {
  const take = (meaning: Meaning, from: Meaning) => {
    if (at.has(meaning) || !at.has(from)) return;
    at.set(meaning, at.get(from)!);
    at.delete(from);
  };
  const isBook = at.has('amount') && at.has('description') && !at.has('name') && !at.has('number');
  if (isBook) return;
  take('name', 'description');
  take(at.has('name') ? 'price' : 'total', 'amount');
}

export const EMPTY: Cell = { text: '', link: null };

export const cellOf = (row: readonly Cell[], { at }: Columns, meaning: Meaning): Cell => {
  const column = at.get(meaning);
  return column === undefined ? EMPTY : (row[column] ?? EMPTY);
};

/** Whether the money of whole orders is in it. */
export const hasOrderMoney = ({ at }: Columns): boolean => at.has('total') || at.has('subtotal');
