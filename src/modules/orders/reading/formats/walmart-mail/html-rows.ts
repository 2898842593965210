import { HTMLElement, NodeType, parse, type Node } from 'node-html-parser';

/** HTML as what a reader sees of it: rows of cells, whatever tables or blocks they are made of. */
export interface Cell {
  text: string;
  link: string | null;
  /** Struck through. */
  isStruck: boolean;
}
export type Row = Cell[];

const MOST_ROWS = 20_000;
const LONGEST = 600;
const LEFT_OUT = new Set(['script', 'style', 'head', 'title', 'template', 'noscript']);
const BLOCKS = new Set(
  'p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 table tbody section header footer article center br hr'.split(' '),
);
/** Elements that say by their names what is in them, as mails of Walmart.ca have had. */
const LABELS = new Map([
  ['ordernumber', 'Order number: '],
  ['orderdate', 'Order date: '],
]);
const CELLS = new Set(['td', 'th', 'itemname', 'quantity', 'price']);

/** Iterative, since mails nest their tables as deep as they like. */
export function rowsOfHtml(html: string): Row[] {
  const rows: Row[] = [];
  let [row, cell]: [Row, OpenCell] = [[], newCell()];
  let [link, struck]: [string | null, number] = [null, 0];
  /** For each row of a table that is open: whether it has several cells with text, so that blocks in it part cells. */
  const grids: boolean[] = [];
  const endCell = () => {
    const [text, struckText] = [cell.text, cell.struckText].map(oneLine);
    // Beside what holds, what is struck is what was.
    const isStruck = text === '' && struckText !== '';
    if (text !== '' || isStruck) row.push({ text: isStruck ? struckText! : text!, link: cell.link, isStruck });
    cell = newCell();
  };
  const endRow = () => {
    endCell();
    if (row.length > 0 && rows.length < MOST_ROWS) rows.push(row);
    row = [];
  };
  const border = (tag: string) => {
    if (tag === 'tr' || LABELS.has(tag)) endRow();
    else if (CELLS.has(tag)) endCell();
    else if (BLOCKS.has(tag) && grids.at(-1) === true && tag !== 'table') endCell();
    else if (BLOCKS.has(tag)) endRow();
  };
  const close = (element: HTMLElement, before: string | null) => {
    const tag = tagOf(element);
    border(tag);
    if (tag === 'tr') grids.pop();
    if (tag === 'a') link = before;
    if (isStriking(tag)) struck--;
  };
  const stack: (Node | (() => void))[] = [parse(html, { comment: false })];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'function') {
      node();
      continue;
    }
    if (node.nodeType === NodeType.TEXT_NODE) {
      const text = node.text;
      const part = struck > 0 ? 'struckText' : 'text';
      cell[part] = (cell[part] + text).slice(0, LONGEST * 4);
      if (text.trim() !== '') cell.link ??= link;
      continue;
    }
    if (!(node instanceof HTMLElement) || isLeftOut(node)) continue;
    const element: HTMLElement = node;
    const before = link;
    const tag = tagOf(element);
    border(tag);
    if (tag === 'tr') grids.push(isGrid(element));
    if (tag === 'a') link = element.getAttribute('href') ?? null;
    if (isStriking(tag)) struck++;
    cell.text += LABELS.get(tag) ?? '';
    stack.push(() => close(element, before));
    for (let at = element.childNodes.length - 1; at >= 0; at--) stack.push(element.childNodes[at]!);
  }
  endRow();
  return rows;
}

interface OpenCell {
  text: string;
  struckText: string;
  link: string | null;
}
const newCell = (): OpenCell => ({ text: '', struckText: '', link: null });
/** Without the signs of no width with which mails pad their previews. */
const oneLine = (text: string): string =>
  text
    .replaceAll(/\u200b|\u034f|\u200c/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST);
const tagOf = (element: HTMLElement): string => (element.rawTagName ?? '').toLowerCase();
const isStriking = (tag: string): boolean => tag === 's' || tag === 'del' || tag === 'strike';
const isLeftOut = (element: HTMLElement): boolean =>
  LEFT_OUT.has(tagOf(element)) || /display\s*:\s*none/i.test(element.rawAttrs ?? '');

/** A row whose cells stand beside each other, and not one that only lays out a page. */
const isGrid = (row: HTMLElement): boolean =>
  row.childNodes.filter((cell) => cell instanceof HTMLElement && CELLS.has(tagOf(cell)) && !isBlank(cell)).length > 1;

const isBlank = (cell: HTMLElement): boolean =>
  cell.childNodes.every((node) => node.nodeType === NodeType.TEXT_NODE && node.rawText.trim() === '') ||
  (cell.childNodes.length === 1 && cell.childNodes[0] instanceof HTMLElement && tagOf(cell.childNodes[0]) === 'img');

/** A text of lines, as rows of one cell each. */
export const rowsOfText = (text: string): Row[] =>
  text
    .split(/\r\n|\n|\r/)
    .slice(0, MOST_ROWS)
    .map((line) =>
      line
        .replaceAll(/[\s\u00a0]+/g, ' ')
        .trim()
        .slice(0, LONGEST),
    )
    .filter((line) => line !== '')
    .map((line) => [{ text: line, link: null, isStruck: false }]);
