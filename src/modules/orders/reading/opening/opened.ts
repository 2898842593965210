import type { Question } from '../reading.js';

/** A file opened as what it is by its content, whatever its name says. */
export interface Cell {
  text: string;
  /** Of a cell that leads somewhere. */
  link: string | null;
  /** A number of a sheet, whose decimal mark is a point whatever language the file is in. */
  isNumber?: true;
  /** A formula of a sheet whose value no program has computed yet; nothing here does. */
  isUncomputed?: true;
}
export interface Table {
  /** Of a sheet; null for a file of rows. */
  name: string | null;
  rows: Cell[][];
}
interface Named {
  /** The file's own name, without its folders. */
  name: string | null;
  /** What its sender is to know of how it was opened. */
  told?: readonly Question[];
}
export type Opened = Named &
  (
    | { kind: 'tables'; of: 'csv' | 'xlsx'; tables: Table[] }
    | { kind: 'json'; value: unknown }
    | { kind: 'html'; text: string }
    | { kind: 'har'; bytes: Uint8Array }
    | { kind: 'mail'; bytes: Uint8Array }
    | { kind: 'pdf'; bytes: Uint8Array }
    | { kind: 'text'; text: string }
  );

export const MOST_ROWS = 300_000;
export const MOST_COLUMNS = 200;
const MOST_KEPT_CELLS = 20_000;

/** The same text again is the same cell: days, amounts and states repeat by the thousand. */
export function cellMaker(): (text: string, isNumber?: boolean) => Cell {
  const known = [new Map<string, Cell>(), new Map<string, Cell>()] as const;
  return (text, isNumber = false) => {
    const kept = known[isNumber ? 1 : 0];
    const cell = kept.get(text);
    if (cell) return cell;
    const made: Cell = isNumber ? { text, link: null, isNumber } : { text, link: null };
    if (kept.size < MOST_KEPT_CELLS) kept.set(text, made);
    return made;
  };
}
