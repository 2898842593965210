/**
 * Text as comparable words: lower case, no accents, singular. "2%", "80/20" and "0.5" stay one word, "&" is "and", anything else that
 * is neither letter nor digit separates. Total: any text gives words, at most those of its first MAX_TEXT characters.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  const plain = text.slice(0, MAX_TEXT).normalize('NFKD').toLowerCase();
  let word = '';
  for (let index = 0; index <= plain.length; index++) {
    const code = index < plain.length ? plain.charCodeAt(index) : SPACE;
    if (isLetterOrDigit(code)) word += plain[index];
    else if (isSilent(code)) continue;
    else if ((code === DOT || code === SLASH || code === FRACTION_SLASH) && isBetweenDigits(plain, index))
      word += code === DOT ? '.' : '/';
    else if (code === PERCENT && word !== '' && isDigit(plain.charCodeAt(index - 1))) word += '%';
    else {
      if (word !== '') words.push(singular(word));
      word = '';
      if (code === AMPERSAND) words.push('and');
    }
  }
  return words;
}

const MAX_TEXT = 400;
const [SPACE, PERCENT, AMPERSAND, APOSTROPHE, DOT, SLASH] = [32, 37, 38, 39, 46, 47];
const [RIGHT_QUOTE, FRACTION_SLASH] = [0x2019, 0x2044];

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetterOrDigit = (code: number): boolean => isDigit(code) || (code >= 97 && code <= 122);
/** Apostrophes and combining marks join what stands around them; so do the marks of trade. */
const isSilent = (code: number): boolean =>
  code === APOSTROPHE || code === RIGHT_QUOTE || (code >= 0x300 && code <= 0x36f) || code === 0xae || code === 0xa9;
const isBetweenDigits = (text: string, index: number): boolean =>
  isDigit(text.charCodeAt(index - 1)) && isDigit(text.charCodeAt(index + 1));

/** Both sides of every comparison go through this, so it need be consistent rather than right: cookie and cookies are "cooky". */
function singular(word: string): string {
  if (word.length <= 3) return word;
  let single = word;
  if (word.endsWith('s') && !SINGULAR_IN_S.some((ending) => word.endsWith(ending)))
    single = word.slice(0, ES_ENDINGS.some((ending) => word.endsWith(ending)) ? -2 : -1);
  return single.length > 4 && single.endsWith('ie') ? single.slice(0, -2) + 'y' : single;
}

const SINGULAR_IN_S = ['ss', 'us', 'is'];
const ES_ENDINGS = ['oes', 'ches', 'shes', 'xes', 'sses'];

/** A phrase as the one term it is joined to: "peanut butter" is peanut_butter. */
export const termOf = (phrase: string): string => wordsOf(phrase).join('_');

/** Phrases to find in words, keyed by their first word, longest first. */
export type Phrases = ReadonlyMap<string, readonly { words: readonly string[]; to: readonly string[] }[]>;

export function phrases(table: Iterable<readonly [from: readonly string[], to: readonly string[]]>): Phrases {
  const byFirst = new Map<string, { words: readonly string[]; to: readonly string[] }[]>();
  for (const [words, to] of table) {
    const first = words[0];
    if (first === undefined) continue;
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), { words, to }].sort((a, b) => b.words.length - a.words.length),
    );
  }
  return byFirst;
}

/** One pass from left to right, the longest phrase first; what was put in is not looked at again. */
export function rewrite(words: readonly string[], table: Phrases): string[] {
  const result: string[] = [];
  for (let at = 0; at < words.length;) {
    const found = table
      .get(words[at]!)
      ?.find((phrase) => phrase.words.every((word, index) => words[at + index] === word));
    if (found) result.push(...found.to);
    else result.push(words[at]!);
    at += found ? found.words.length : 1;
  }
  return result;
}
