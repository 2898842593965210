/** Places of cells as sheets name them, counted from 0. Pure. */
export interface Place {
  row: number;
  column: number;
}
export interface Range {
  from: Place;
  to: Place;
}

/** `AB12` is row 11, column 27; null for what is no place. */
export function placeOf(text: string | undefined): Place | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(text ?? '');
  if (!match) return null;
  let column = 0;
  for (const letter of match[1]!) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(match[2]) - 1, column: column - 1 };
}

/** `A1:B2`, or one place alone. */
export function rangeOf(text: string | undefined): Range | null {
  const [first, last] = (text ?? '').split(':');
  const [from, to] = [placeOf(first), placeOf(last ?? first)];
  return from && to && to.row >= from.row && to.column >= from.column ? { from, to } : null;
}
