import { centsOf } from '../../amounts.js';
import { nameOf } from '../../names.js';
import type { Measure } from '../../reading.js';

/** One printed line of a paper receipt by its words and amounts, wherever its columns are. Pure. */
export type Row =
  | { kind: 'item'; name: string; code: string | null; isByWeight: boolean; cents: number | null; letters: string[] }
  /** Under a name: its code and what it cost. */
  | { kind: 'priced'; code: string; isByWeight: boolean; cents: number; letters: string[] }
  | { kind: 'units'; count: number; unitCents: number; cents: number | null }
  | { kind: 'weight'; measure: Measure; unitCents: number; cents: number | null; letters: string[] }
  /** A mark that something is taken back; `cents` where the row says what. */
  | { kind: 'void'; name: string | null; cents: number | null }
  | { kind: 'other'; words: string; cents: number | null };

const LONGEST = 160;
const AMOUNT = /^(-?\$?\d{1,6}(?:[.,]\d{3})?[.,]\d{2}\$?-?)([A-Z]{0,2})$/;
const LETTERS = /^[A-Z]{1,2}$/;
const CODE = /^(\d{8,14})([A-Z]{0,2})$/;
const UNITS =
  /^(\d{1,3}) ?(?:at|@|x|a) ?(?:(\d{1,2}) ?(?:for|pour|\/) ?)?\$?(\d{1,5}[.,]\d{2}) ?\$?(?: ?(?:\/ ?)?(?:ea|each|ch|chacun|un))?\.?$/;
const WEIGHT =
  /^(\d{1,4}[.,]\d{1,3}) ?(lbs?|kg|g|oz) ?(?:net )?(?:@|x|a) ?(?:1[.,]?0? ?(?:lb|kg|g|oz) ?)?\/? ?\$?(\d{1,5}[.,]\d{2,3}) ?\$?(?: ?\/ ?(lb|kg|g|oz))?$/;
const VOID = /\bvoid(ed)?\b|\bannul/i;

export const foldedOf = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim();

export function rowOf(line: string): Row {
  const text = line.normalize('NFKC').slice(0, LONGEST).trimEnd();
  const { head, cents, letters } = amountAtEnd(text);
  if (VOID.test(text)) {
    const name = nameOf(text.replaceAll(/\*+/g, ' ').replace(/\bvoid(ed)?( entry)?\b|\bannul[ée]*\b/i, ''));
    return { kind: 'void', name: cents === null ? null : nameOf(nameIn(name ?? '')), cents };
  }
  const counted = countedRow(foldedOf(head), cents, letters) ?? countedRow(foldedOf(text), null, []);
  if (counted) return counted;
  return itemRow(head, cents, letters) ?? { kind: 'other', words: foldedOf(head), cents };
}

/** Without its amount. */
const nameIn = (text: string): string => amountAtEnd(text).head;

/** The amount at the end of a line, with the letters after it: `3.07 N`, `1.00-`, `1,25 $ J`. */
function amountAtEnd(text: string): { head: string; cents: number | null; letters: string[] } {
  const tokens = text.trim().split(/\s+/);
  const letters: string[] = [];
  let at = tokens.length - 1;
  for (; at > 0 && letters.length < 3 && LETTERS.test(tokens[at]!); at--) letters.unshift(tokens[at]!);
  if (at > 0 && tokens[at] === '$') at--;
  const match = AMOUNT.exec(tokens[at] ?? '');
  if (!match) return { head: text.trim(), cents: null, letters: [] };
  const isMinus = /^-|-$/.test(match[1]!);
  const cents = centsOf(match[1]!.replaceAll(/[-$]/g, ''));
  if (match[2] !== '') letters.unshift(match[2]!);
  const head = headOf(text, tokens.length - at).replace(/\$\s*$/, '');
  return { head, cents: cents === null ? null : isMinus ? -cents : cents, letters };
}

/** A line without its last words, its spaces as they are. */
function headOf(text: string, words: number): string {
  let head = text.trimEnd();
  for (let left = words; left > 0; left--) head = head.slice(0, head.search(/\S+$/)).trimEnd();
  return head;
}

function countedRow(words: string, cents: number | null, letters: string[]): Row | null {
  const units = UNITS.exec(words);
  if (units) {
    const [count, of, price] = [Number(units[1]), Number(units[2] ?? 1), centsOf(units[3])];
    return count > 0 && of > 0 && price !== null ? { kind: 'units', count, unitCents: price / of, cents } : null;
  }
  const weight = WEIGHT.exec(words);
  if (!weight) return null;
  const [value, unitPrice] = [weight[1]!, weight[3]!].map((number) => Number(number.replace(',', '.')));
  const unit = weight[2]!.replace('lbs', 'lb');
  if (weight[4] !== undefined && weight[4] !== unit) return null;
  const unitCents = Math.round(unitPrice! * 1000) / 10;
  return { kind: 'weight', measure: { value: value!, unit }, unitCents, cents, letters };
}

function itemRow(head: string, cents: number | null, letters: string[]): Row | null {
  const tokens = head.trim().split(/\s+/);
  const before: string[] = [];
  let at = tokens.length - 1;
  for (; at > 0 && before.length < 3 && LETTERS.test(tokens[at]!); at--) before.unshift(tokens[at]!);
  const code = CODE.exec(tokens[at] ?? '');
  if (code && at === 0 && cents !== null) {
    const all = [...code[2]!, ...before, ...letters];
    return { kind: 'priced', code: code[1]!, isByWeight: code[2]!.startsWith('K'), cents, letters: all };
  }
  if (code && at > 0) {
    const name = nameOf(tokens.slice(0, at).join(' '));
    const all = [...code[2]!, ...before, ...letters];
    if (name === null || !/\p{L}/u.test(name)) return null;
    return { kind: 'item', name, code: code[1]!, isByWeight: code[2]!.startsWith('K'), cents, letters: all };
  }
  // Without a code, letters are of the till only where a column parts them from the name.
  const column = /\s{2,}([A-Z]{1,2})$/.exec(head.trimEnd());
  const name = nameOf(column ? head.slice(0, column.index) : head);
  if (name === null || !/\p{L}{2}/u.test(name)) return null;
  const all = [...(column ? [column[1]!] : []), ...letters];
  return { kind: 'item', name, code: null, isByWeight: false, cents, letters: all };
}
