import { cleanName } from '../../../common/text.js';

/** Names as files write them, and what two of them have in common. Pure. */
const LONGEST = 500;

/** Fit to be stored: cleaned, trimmed, of one line; without the apostrophe that exporters put before `= + - @`. Null when nothing is left. */
export function nameOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = cleanName(value)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^'(?=[=+\-@])/, '')
    .slice(0, LONGEST)
    .trim();
  return text === '' ? null : text.replace(/\p{Surrogate}$/u, '');
}

/** As `nameOf`, and no longer than `most`; no letter of two halves is cut through. */
export const shortNameOf = (value: unknown, most: number): string | null =>
  nameOf(value)
    ?.slice(0, most)
    .replace(/\p{Surrogate}$/u, '')
    .trim() || null;

/** What is the same in two ways of writing one name: small letters and digits, without marks, signs and pictures. */
export const plainNameOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim();

/** Whether `cut`, a name cut off with `…` or at some width, may be the beginning of `whole`. */
export function isBeginningOf(cut: string, whole: string): boolean {
  const beginning = plainNameOf(cut.replace(/\s*(…|\.\.\.)$/, ''));
  return beginning.length > 0 && plainNameOf(whole).startsWith(beginning);
}
