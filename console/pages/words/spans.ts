import type { Cart } from '../../../sdk/client.js';

export type Role = Cart['words'][number]['role'];

export interface Piece {
  text: string;
  role: Role;
  /** How sure the reading is, 0 to 1, and who read it; null where no field came of it. */
  confidence: number | null;
  by: string | null;
}

const isSpan = (span: readonly unknown[]): span is [number, number] =>
  typeof span[0] === 'number' && typeof span[1] === 'number';

/**
 * The text in the pieces that it was read in, so that each of its characters is in exactly one: what no word owns is unread, as is a text that is
 * not read yet. Spans count UTF-16 code units. Pure.
 */
export function piecesOf({ text, words, lines }: Pick<Cart, 'text' | 'words' | 'lines'>): Piece[] {
  const fields = lines.flatMap((line) => Object.values(line.fields));
  const pieces: Piece[] = [];
  const add = (from: number, to: number, role: Role) => {
    if (to <= from) return;
    const field = fields.find(({ span: [start, end] }) => start === from && end === to);
    pieces.push({
      text: text.slice(from, to),
      role,
      confidence: field?.confidence ?? null,
      by: field?.by ?? null,
    });
  };
  let at = 0;
  for (const { span, role } of words) {
    if (!isSpan(span)) continue;
    const [from, to] = span;
    add(at, from, 'unread');
    add(Math.max(at, from), to, role);
    at = Math.max(at, to);
  }
  add(at, text.length, words.length === 0 ? 'filler' : 'unread');
  return pieces;
}
