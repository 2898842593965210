import { addExtras, extraBetween, goodsAndExtras, isSaving, withoutSummed, type Extra } from '../../extras.js';
import type { Gathered } from '../../gathered.js';
import { shortNameOf } from '../../names.js';
import { numberKeyOf } from '../../numbers.js';
import type { Cell, Table } from '../../opening/opened.js';
import type { ReadLine } from '../../reading.js';
import { orderAt } from './accounts.js';
import { EMPTY } from './columns.js';
import { centsIn, factsIn, notAmounts } from './facts.js';
import { faultOf, lineFrom, type Layout } from './lines.js';
import { meaningOf, type Meaning } from './meanings.js';

const NO_NUMBER =
  'The file names no order number and no day; send it under the name of its order, such as 200013100000001.csv.';

/** What labels say, by what they mean. */
interface Labels {
  cells: Map<Meaning, Cell>;
  taxes: { label: string; cell: Cell }[];
  extras: Extra[];
}

/** One order: items, and labels with values above or below them. Below, what is no label is of no account. False where nothing is of one. */
export function readInvoice(
  { rows }: Table,
  layout: Layout,
  place: string,
  fileKey: string | null,
  gathered: Gathered,
): boolean {
  const labels: Labels = { cells: new Map(), taxes: [], extras: [] };
  const { from } = layout.columns;
  for (const row of rows.slice(0, from - 1)) readLabels(row, labels, layout.decimal);
  const lines: ReadLine[] = [];
  let isBelow = false;
  for (const [index, row] of rows.slice(from).entries()) {
    if (readLabels(row, labels, layout.decimal)) isBelow = true;
    else if (isBelow) readBetween(row, labels, layout.decimal);
    if (isBelow || row.every(({ text }) => text.trim() === '')) continue;
    const fault = faultOf(row, layout);
    const line = fault === null ? lineFrom(row, layout) : null;
    if (line) lines.push(line);
    else gathered.skip(`${place}row ${from + index + 1}`, fault ?? 'It is no item.');
  }
  const cell = (meaning: Meaning) => labels.cells.get(meaning) ?? EMPTY;
  const key = numberKeyOf(cell('number').text || (fileKey ?? ''));
  const facts = factsIn(cell, { ...layout, zero: 'known' }, labels.taxes);
  const where = `${place}the labels`;
  for (const fault of notAmounts(cell, layout.decimal)) gathered.skip(where, fault);
  if (key === null || key === 'lost') {
    gathered.ask('number_missing', NO_NUMBER);
    if (facts.orderedOn === null) return lines.length > 0;
  }
  const order = orderAt(gathered, { numberKey: key === 'lost' ? null : key, facts, linesAre: 'charged', where });
  const { goods, extras } = goodsAndExtras(lines);
  order.lines.push(...goods);
  addExtras(order, withoutSummed(extras, labels.extras));
  return true;
}

/** A row of nothing but labels, each with its value beside it or behind a colon, or alone; false for any other. */
function readLabels(row: readonly Cell[], labels: Labels, decimal: '.' | ','): boolean {
  const pairs: [string, Meaning, Cell][] = [];
  const cells = row.filter(({ text }) => text.trim() !== '').flatMap(parted);
  for (let at = 0; at < cells.length; at++) {
    const label = cells[at]!.text;
    const meaning = meaningOf(label);
    if (meaning === null || meaning === 'name') return false;
    const value = cells[at + 1];
    const isValue = value !== undefined && (meaningOf(value.text) === null || value.isNumber === true);
    if (isValue) at++;
    else if (cells.length > 1) return false;
    pairs.push([label, meaning, isValue ? value : EMPTY]);
  }
  for (const [label, meaning, cell] of pairs) {
    const part = meaning === 'savings' && isSaving(label) ? centsIn(cell, decimal) : null;
    if (meaning === 'namedTax') labels.taxes.push({ label, cell });
    else if (part !== null) labels.extras.push(extraBetween(label, -Math.abs(part)));
    else if (!labels.cells.has(meaning)) labels.cells.set(meaning, cell);
  }
  return pairs.length > 0;
}

/** `Bag deposit`, `0.10`: of no known meaning, before the total. */
function readBetween(row: readonly Cell[], { cells, extras }: Labels, decimal: '.' | ','): void {
  const [label, value, ...others] = row.filter(({ text }) => text.trim() !== '');
  const cents = value ? centsIn(value, decimal) : null;
  if (label && cents !== null && others.length === 0 && cells.has('subtotal') && !cells.has('total'))
    extras.push(extraBetween(shortNameOf(label.text, 60) ?? '', cents));
}

/** `Order number: 2000131-00000042` in one cell is a label and its value. */
function parted(cell: Cell): Cell[] {
  const [, label, value] = /^([^:]{2,40}):\s*(\S.*)$/.exec(cell.text.trim()) ?? [];
  return label === undefined || meaningOf(label) === null
    ? [cell]
    : [
        { ...cell, text: label },
        { ...cell, text: value! },
      ];
}
