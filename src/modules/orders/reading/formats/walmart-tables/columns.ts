import type { Cell, Table } from '../../opening/opened.js';
import { meaningOf, type Meaning } from './meanings.js';

/** A table by the meaning of its columns. Pure. */
export interface Columns {
  at: ReadonlyMap<Meaning, number>;
  /** How many cells its header has. */
  width: number;
  /** Index of the first row after the header. */
  from: number;
  /** Headers that nobody knows. */
  unknown: string[];
  isSnake: boolean;
}

/** Looks for a header among the first rows: at least two columns that are understood, one of them an item, an order or a day. */
export function columnsOf({ rows }: Table): Columns | null {
  for (const [index, row] of rows.slice(0, 10).entries()) {
    const meanings = row.map(({ text }) => meaningOf(text));
    const known = meanings.filter((meaning) => meaning !== null);
    const isHeader = known.some((meaning) => meaning === 'name' || meaning === 'number' || meaning === 'day');
    if (known.length < 2 || !isHeader || known.length * 2 < row.filter(({ text }) => text !== '').length) continue;
    const at = new Map<Meaning, number>();
    meanings.forEach((meaning, column) => {
      if (meaning !== null && !at.has(meaning)) at.set(meaning, column);
    });
    const unknown = row.filter(({ text }, column) => meanings[column] === null && text !== '').map(({ text }) => text);
    const isSnake = row.some(({ text }) => /_/.test(text));
    return { at, width: row.length, from: index + 1, unknown: unknown.map((text) => text.slice(0, 60)), isSnake };
  }
  return null;
}

const EMPTY: Cell = { text: '', link: null };

export const cellOf = (row: readonly Cell[], { at }: Columns, meaning: Meaning): Cell => {
  const column = at.get(meaning);
  return column === undefined ? EMPTY : (row[column] ?? EMPTY);
};

/** Whether the money of whole orders is in it. */
export const hasOrderMoney = ({ at }: Columns): boolean => at.has('total') || at.has('subtotal');
