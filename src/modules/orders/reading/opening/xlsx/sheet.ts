import { Unreadable } from '../../reading.js';
import { MOST_COLUMNS, MOST_ROWS, cellMaker, type Cell } from '../opened.js';
import { dayOfSerial, numeralOf } from './numerals.js';
import type { Parts } from './parts.js';
import { placeOf, rangeOf, type Range } from './places.js';
import type { Relation } from './relations.js';
import { plainText } from './shared-strings.js';
import { prefixed, readXml, type XmlReader } from './xml.js';

const MOST_CELLS = 4_000_000;
const MOST_RANGES = 300_000;
const EMPTY: Cell = { text: '', link: null };
const UNCOMPUTED: Cell = { ...EMPTY, isUncomputed: true };

/** What cells of a sheet refer to. */
export interface Book {
  strings: readonly Cell[];
  dateStyles: ReadonlySet<number>;
  is1904: boolean;
  /** Cells that all sheets may still have. */
  cellsLeft: number;
}

type Attributes = Readonly<Record<string, string>>;

/** The rows of a sheet by their places, as a reader of XML gathers them. Of a formula the value that was last computed, never its own. */
export class SheetReader implements XmlReader {
  private readonly rows: Cell[][] = [];
  private readonly links: { range: Range; link: string }[] = [];
  private readonly merged: Range[] = [];
  private readonly cell = cellMaker();
  private row = -1;
  private column = -1;
  private type = 'n';
  private isDate = false;
  private value = '';
  private formula = '';
  /** Where text that comes belongs to; null where it is of no account. */
  private into: 'value' | 'formula' | null = null;
  private isSound = false;

  constructor(
    private readonly book: Book,
    private readonly relations: ReadonlyMap<string, Relation>,
  ) {}

  readonly open = (name: string, attributes: Attributes): void => {
    switch (name) {
      case 'row':
        return this.openRow(attributes);
      case 'c':
        return this.openCell(attributes);
      case 'v':
      case 't':
        this.into = this.isSound ? null : 'value';
        return;
      case 'f':
        this.into = 'formula';
        return;
      case 'rPh':
        this.isSound = true;
        return;
      case 'hyperlink':
        return this.openLink(attributes);
      case 'mergeCell': {
        const range = rangeOf(attributes.ref);
        if (range && this.merged.length < MOST_RANGES) this.merged.push(range);
      }
    }
  };

  readonly text = (text: string): void => {
    if (this.into === 'value') this.value += text;
    else if (this.into === 'formula') this.formula += text;
  };

  readonly close = (name: string): void => {
    if (name === 'v' || name === 't' || name === 'f') this.into = null;
    else if (name === 'rPh') this.isSound = false;
    else if (name === 'c') this.closeCell();
  };

  /** All rows up to the last that holds something, without holes; links and what was merged downwards put in. */
  done(): Cell[][] {
    for (const { range, link } of this.links) this.eachCell(range, (cell) => ({ ...cell, link }));
    for (const { from, to } of this.merged) {
      const first = this.rows[from.row]?.[from.column];
      const down = { from, to: { row: to.row, column: from.column } };
      if (first && first.text !== '') this.eachCell(down, (cell) => (cell.text === '' ? first : cell));
    }
    return Array.from(this.rows, (row) => (row ? Array.from(row, (cell) => cell ?? EMPTY) : []));
  }

  private openRow({ r }: Attributes): void {
    const named = Number(r);
    this.row = Number.isInteger(named) && named > 0 ? named - 1 : this.row + 1;
    this.column = -1;
  }

  private openCell({ r, t = 'n', s }: Attributes): void {
    const place = placeOf(r);
    this.row = place?.row ?? this.row;
    this.column = place?.column ?? this.column + 1;
    this.type = t;
    this.isDate = s !== undefined && this.book.dateStyles.has(Number(s));
    this.value = '';
    this.formula = '';
  }

  private closeCell(): void {
    const link = linkIn(this.formula);
    const shown = this.shown();
    if (shown.text === '' && link === null) {
      if (this.formula !== '') this.put(UNCOMPUTED);
      return;
    }
    this.put(link === null ? shown : { ...shown, link });
  }

  private shown(): Cell {
    const { type, value, book } = this;
    if (type === 's') return book.strings[Number(value)] ?? EMPTY;
    if (type === 'b') return this.cell(value === '1' ? 'TRUE' : 'FALSE');
    if (type !== 'n') return this.cell(plainText(value));
    const day = this.isDate ? dayOfSerial(value, book.is1904) : null;
    return day === null ? this.cell(numeralOf(value), true) : this.cell(day);
  }

  private put(cell: Cell): void {
    if (this.column >= MOST_COLUMNS) return;
    if (this.row >= MOST_ROWS) throw new Unreadable('A sheet has more than 300,000 rows; send it in parts.');
    if (--this.book.cellsLeft < 0)
      throw new Unreadable('The workbook has more than 4,000,000 cells; send it in parts.');
    (this.rows[Math.max(this.row, 0)] ??= [])[this.column] = cell;
  }

  private openLink(attributes: Attributes): void {
    const relation = this.relations.get(prefixed(attributes, 'id') ?? '');
    const range = rangeOf(attributes.ref);
    if (relation?.isExternal && range && this.links.length < MOST_RANGES)
      this.links.push({ range, link: relation.target });
  }

  /** Cells of a range within the rows that are there. */
  private eachCell({ from, to }: Range, change: (cell: Cell) => Cell): void {
    for (let row = from.row; row <= Math.min(to.row, this.rows.length - 1); row++) {
      for (let column = from.column; column <= Math.min(to.column, MOST_COLUMNS - 1); column++) {
        if (--this.book.cellsLeft < 0) return;
        const cells = (this.rows[row] ??= []);
        cells[column] = change(cells[column] ?? EMPTY);
      }
    }
  }
}

export const newBook = (known: Omit<Book, 'cellsLeft'>): Book => ({ ...known, cellsLeft: MOST_CELLS });

/** The address that a formula leads to, where it is written out in it; nothing is computed. */
const linkIn = (formula: string): string | null =>
  /^\s*=?\s*HYPERLINK\(\s*"([^"]{1,2000})"\s*[,;)]/i.exec(formula)?.[1] ?? null;

export function sheetRows(parts: Parts, path: string, book: Book, relations: ReadonlyMap<string, Relation>): Cell[][] {
  const reader = new SheetReader(book, relations);
  readXml(parts.textOf(path), reader);
  return reader.done();
}
