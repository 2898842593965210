import { dictionary } from '../../../../common/dictionary.js';

/** One word, number or mark of a text. `start` and `end` count UTF-16 code units, as JavaScript does. */
export interface Token {
  text: string;
  /** As it is compared: lower case, no accents (Danish letters stay), nothing that cannot be seen. */
  key: string;
  start: number;
  end: number;
  kind: 'number' | 'word' | 'mark' | 'break' | 'picture';
  /** Of a number: how much it is. Of a ratio or a fat content ("80/20", "2%"), which name goods, null. */
  value: number | null;
  /** Parts fields of one row, or repeats what is before it: no word of anything. */
  isLayout?: true;
}

const NUMBER =
  /\d+\s[½¼¾⅓⅔⅛⅜⅝⅞⅕⅙]|\d+\s\d\/\d{1,2}(?![\d/])|\d+-\d\/\d{1,2}(?![\d/])|\d*[½¼¾⅓⅔⅛⅜⅝⅞⅕⅙]|\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:[.,]\d+)?\/\d+(?:\.\d+)?|\d+(?:[.,]\d+)?(?:%|e\d+)?|\.\d+/u;
const WORD =
  /\p{L}[\p{L}\p{M}\u200b-\u200d\u2060\ufeff\u00ad]*(?:[-'’.&](?=\p{L})[\p{L}\p{M}\u200b-\u200d\u2060\ufeff\u00ad]+)*/u;
const PICTURE = /\p{Extended_Pictographic}\p{M}*/u;
const ARROW = /->|=>|→|~~|&&|\.\.\.|[^\S\n]*\n\s*/u;
const TOKEN = new RegExp(`(${NUMBER.source})|(${WORD.source})|(${ARROW.source})|(${PICTURE.source})|\\S`, 'gu');
const UNSEEN = /[\u200b-\u200d\u2060\ufeff\u00ad]/gu;

/** The tokens of a text, in order. What is between them is blank. Total: any text gives tokens. */
export function tokensOf(text: string): Token[] {
  return PLAIN.test(text) ? plainWords(text) : anyTokens(text);
}

/** Words of the alphabet with blanks between, as most names of goods are: told without looking at each letter's kind. */
const PLAIN = /^[a-z]+(?: [a-z]+)*$/i;
function plainWords(text: string): Token[] {
  let start = 0;
  return text.split(' ').map((word) => {
    const token = {
      text: word,
      key: word.toLowerCase(),
      start,
      end: start + word.length,
      kind: 'word' as const,
      value: null,
    };
    start = token.end + 1;
    return token;
  });
}

function anyTokens(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [found, number, word, arrow, picture] = match;
    const kind =
      number !== undefined
        ? 'number'
        : word !== undefined
          ? 'word'
          : picture !== undefined
            ? 'picture'
            : arrow?.includes('\n')
              ? 'break'
              : 'mark';
    tokens.push({
      text: found,
      key: kind === 'break' ? '\n' : keyOfToken(found),
      start: match.index,
      end: match.index + found.length,
      kind,
      value: kind === 'number' ? numberOf(found) : null,
    });
  }
  return tokens;
}

/** Stands for å while accents are taken off. */
const RING = '\ue000';

export function keyOfToken(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  return text
    .replace(UNSEEN, '')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll('å', RING)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll(RING, 'å')
    .replace(/’/g, "'");
}

const VULGAR = dictionary<number>({
  '½': 1 / 2,
  '¼': 1 / 4,
  '¾': 3 / 4,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '⅛': 1 / 8,
  '⅜': 3 / 8,
  '⅝': 5 / 8,
  '⅞': 7 / 8,
  '⅕': 1 / 5,
  '⅙': 1 / 6,
});

/** How much a written number is, with a comma or a point; null for what names goods ("80/20", "2%") and for what is no number. */
function numberOf(text: string): number | null {
  if (text.endsWith('%')) return null;
  const vulgar = /^(\d*)\s?([½¼¾⅓⅔⅛⅜⅝⅞⅕⅙])$/u.exec(text);
  if (vulgar) return Number(vulgar[1] || 0) + VULGAR[vulgar[2]!]!;
  const parts = /^(?:(\d+)[\s-])?(\d+)\/(\d+)$/.exec(text);
  if (parts) {
    const [whole, top, bottom] = [Number(parts[1] ?? 0), Number(parts[2]), Number(parts[3])];
    return top < bottom && bottom <= 16 ? whole + top / bottom : null;
  }
  if (text.includes('/')) return null;
  const value = Number(/^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '') : text.replace(',', '.'));
  return Number.isNaN(value) ? null : value;
}
