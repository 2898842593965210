import type { Piece } from './pieces.js';

/** Pieces of text as rows of cells, by where they stand. Pure. */
export interface PlacedCell {
  text: string;
  x: number;
  right: number;
}
export interface PlacedRow {
  page: number;
  y: number;
  height: number;
  cells: PlacedCell[];
}

/** From the top of the first page to the end of the last. Pieces of one line stand beside each other, whatever order they came in. */
export function rowsOf(pieces: readonly Piece[]): PlacedRow[] {
  const sorted = pieces.toSorted((a, b) => a.page - b.page || b.y - a.y || a.x - b.x);
  const lines: Piece[][] = [];
  for (const piece of sorted) {
    const line = lines.at(-1);
    const first = line?.[0];
    const isSame = first?.page === piece.page && Math.abs(first.y - piece.y) <= Math.max(2, piece.height * 0.4);
    if (line && isSame) line.push(piece);
    else lines.push([piece]);
  }
  return lines.map((line) => {
    const [{ page, y, height }] = line as [Piece];
    return { page, y, height, cells: cellsOf(line.toSorted((a, b) => a.x - b.x)) };
  });
}

/** Pieces that follow each other closely are one cell. */
function cellsOf(line: readonly Piece[]): PlacedCell[] {
  const cells: PlacedCell[] = [];
  for (const { text, x, right, height } of line) {
    const last = cells.at(-1);
    const gap = last ? x - last.right : Number.POSITIVE_INFINITY;
    const space = Math.max(1, height * 0.15);
    if (last && gap < Math.max(3, height * 0.6)) {
      last.text += gap > space && !last.text.endsWith(' ') ? ` ${text}` : text;
      last.right = Math.max(last.right, right);
    } else cells.push({ text, x, right });
  }
  return cells.map(({ text, x, right }) => ({ text: text.replaceAll(/\s+/g, ' ').trim(), x, right }));
}
