/** Places of cells as sheets name them, counted from 0. Pure. */
const [DOLLAR, DIGIT_0, LETTER_A] = [0x24, 0x30, 0x41];

export interface Place {
  row: number;
  column: number;
}
export interface Range {
  from: Place;
  to: Place;
}

/** `AB12` is row 11, column 27; null for what is no place. Sign by sign, since every cell names one. */
export function placeOf(text: string | undefined): Place | null {
  if (text === undefined || text.length > 12) return null;
  let [row, column, at] = [0, 0, 0];
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOLLAR) continue;
    if (code < LETTER_A || code > LETTER_A + 25) break;
    column = column * 26 + code - LETTER_A + 1;
  }
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - DIGIT_0;
    if (digit < 0 || digit > 9) return null;
    row = row * 10 + digit;
  }
  return row > 0 && column > 0 && row <= 9_999_999 && column <= 18_278 ? { row: row - 1, column: column - 1 } : null;
}

/** `A1:B2`, or one place alone. */
export function rangeOf(text: string | undefined): Range | null {
  const [first, last] = (text ?? '').split(':');
  const [from, to] = [placeOf(first), placeOf(last ?? first)];
  return from && to && to.row >= from.row && to.column >= from.column ? { from, to } : null;
}
