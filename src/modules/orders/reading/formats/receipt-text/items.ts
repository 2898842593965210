import { extraBetween, extraOf, type Extra } from '../../extras.js';
import { lineOf, type ReadLine, type Skipped } from '../../reading.js';
import type { Row } from './rows.js';

/** The items of a receipt from its printed rows: weights and counts put to their items, voids taken back. Pure. */
export interface PlacedRow {
  row: Row;
  /** Counted from 1. */
  at: number;
}
type ItemRow = Extract<Row, { kind: 'item' }>;
type CountRow = Extract<Row, { kind: 'units' | 'weight' }>;

/** As long as it may still change. */
interface Item {
  row: ItemRow;
  cents: number;
  count: CountRow | null;
}

export function linesOf(rows: readonly PlacedRow[], skipped: Skipped[]): { lines: ReadLine[]; extras: Extra[] } {
  const items: Item[] = [];
  const extras: Extra[] = [];
  let unpriced: PlacedRow | null = null;
  let early: CountRow | null = null;
  let isVoiding = false;
  const skip = (at: number, reason: string) => void skipped.push({ where: `line ${at}`, reason });
  for (const placed of rows) {
    const { row, at } = placed;
    if (row.kind === 'void') {
      if (row.cents === null) isVoiding = true;
      else if (!takeBack(items, row.name, Math.abs(row.cents))) skip(at, 'It voids nothing that is there.');
    } else if (row.kind === 'priced') {
      if (unpriced?.row.kind !== 'item') skip(at, 'It has no name.');
      else items.push({ row: { ...row, kind: 'item', name: unpriced.row.name }, cents: row.cents, count: null });
      unpriced = null;
    } else if (row.kind === 'item' && row.cents === null) {
      if (unpriced?.row.kind === 'item' && unpriced.row.code !== null) skip(unpriced.at, 'It has no price.');
      unpriced = placed;
    } else if (row.kind === 'item') {
      const cents = row.cents!;
      if (cents < 0) {
        const last = items.at(-1);
        const extra = extraOf(lineOf({ name: row.name, lineCents: cents }));
        if (isVoiding) takeBack(items, row.name, -cents);
        else if (extra) extras.push(extra);
        else if (last && last.cents + cents >= 0) last.cents += cents;
        else extras.push(extraBetween(row.name, cents));
      } else {
        const extra = extraOf(lineOf({ name: row.name, lineCents: cents }));
        if (extra?.kind === 'fee') extras.push(extra);
        else items.push({ row, cents, count: early !== null && fits(early, cents) ? early : null });
      }
      [isVoiding, early, unpriced] = [false, null, null];
    } else if (row.kind === 'units' || row.kind === 'weight') {
      const last = items.at(-1);
      if (unpriced?.row.kind === 'item') {
        items.push({ row: unpriced.row, cents: row.cents ?? Math.round(costOf(row)), count: row });
        unpriced = null;
      } else if (last && last.count === null && fits(row, row.cents ?? last.cents)) last.count = row;
      else early = row;
    } else if (row.cents !== null) skip(at, 'It is no item, and nothing else that is known.');
  }
  return { lines: sameRowsAsOne(items).map(lineFrom), extras };
}

const costOf = (row: CountRow): number => (row.kind === 'units' ? row.count : row.measure.value) * row.unitCents;

/** Whether so many at that price may have cost this: exactly, or less by a coupon. */
const fits = (row: CountRow, cents: number): boolean => {
  const cost = Math.round(costOf(row));
  return Math.abs(cost - cents) <= 1 || (cents < cost && cents * 2 > cost);
};

/** Takes back the last item of that amount, by its name where the row has one. */
function takeBack(items: Item[], name: string | null, cents: number): boolean {
  const isIt = (item: Item) =>
    item.cents === cents && (name === null || item.row.name.startsWith(name.slice(0, item.row.name.length)));
  const at = items.findLastIndex(isIt);
  if (at < 0) return false;
  items.splice(at, 1);
  return true;
}

/** In some shops n units are n rows: rows alike that follow one another are one line. */
function sameRowsAsOne(items: readonly Item[]): (Item & { rows: number })[] {
  const answer: (Item & { rows: number })[] = [];
  for (const item of items) {
    const last = answer.at(-1);
    const isSame =
      last !== undefined &&
      last.count === null &&
      item.count === null &&
      item.row.code !== null &&
      last.row.code === item.row.code &&
      last.row.name === item.row.name &&
      last.cents === item.cents * last.rows;
    if (isSame) Object.assign(last, { rows: last.rows + 1, cents: last.cents + item.cents });
    else answer.push({ ...item, rows: 1 });
  }
  return answer;
}

function lineFrom({ row, cents, count, rows }: Item & { rows: number }): ReadLine {
  const isWeighed = count?.kind === 'weight';
  const quantity = count?.kind === 'units' ? count.count : rows;
  const letters = [...row.letters, ...(isWeighed ? count.letters : [])];
  return lineOf({
    receiptName: row.name,
    upc: row.isByWeight ? row.code!.replace(/^0+(?=\d)/, '') : row.code,
    quantity,
    measure: isWeighed ? count.measure : null,
    unitCents: count?.unitCents ?? cents / quantity,
    lineCents: cents,
    listedCents: cents,
    state: 'bought',
    taxCode: letters.includes('F') ? 'F' : (letters.find((letter) => letter !== 'K') ?? null),
  });
}
