/**
 * Text as comparable words: lower case, no accents, singular. "2%", "80/20" and "0.5" stay one word, "&" is "and", the marks of trade,
 * apostrophes and the dots of abbreviations are silent, anything else that is neither letter nor digit separates. Total: any text gives
 * words, at most those of its first MAX_TEXT characters.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  const plain = plainOf(text);
  let word = '';
  for (let index = 0; index <= plain.length; index++) {
    const code = index < plain.length ? plain.charCodeAt(index) : SPACE;
    if (isLetterOrDigit(code)) word += plain[index];
    else if (isSilent(code)) continue;
    else if ((code === DOT || code === SLASH || code === FRACTION_SLASH) && isBetweenDigits(plain, index))
      word += code === DOT ? '.' : '/';
    else if (code === DOT && isAbbreviated(plain, index)) continue;
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
const [SPACE, PERCENT, AMPERSAND, APOSTROPHE, DOT, SLASH, BACKTICK] = [32, 37, 38, 39, 46, 47, 96];
const [LEFT_QUOTE, RIGHT_QUOTE, FRACTION_SLASH] = [0x2018, 0x2019, 0x2044];

const PRINTABLE_ASCII = /^[ -~]*$/;
const VULGAR_FRACTION = /[¼-¾⅐-⅞]/g;
const RING = '\u0001';

/** Accents are dropped, but the letters of Danish are letters of their own. Most text is plain already. */
function plainOf(text: string): string {
  const cut = text.slice(0, MAX_TEXT);
  if (PRINTABLE_ASCII.test(cut)) return cut.toLowerCase();
  return cut
    .normalize('NFC')
    .replace(/[åÅ]/g, RING)
    .replace(VULGAR_FRACTION, ' $&')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(RING, 'å');
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || code === 0xe5 || code === 0xe6 || code === 0xf8 || code === 0xdf;
const isLetterOrDigit = (code: number): boolean => isDigit(code) || isLetter(code);
/** Apostrophes and combining marks join what stands around them; so do the marks of trade. */
const isSilent = (code: number): boolean =>
  code === APOSTROPHE ||
  code === RIGHT_QUOTE ||
  code === LEFT_QUOTE ||
  code === BACKTICK ||
  (code >= 0x300 && code <= 0x36f) ||
  code === 0xae ||
  code === 0xa9;
const isBetweenDigits = (text: string, index: number): boolean =>
  isDigit(text.charCodeAt(index - 1)) && isDigit(text.charCodeAt(index + 1));
/** "g.f." is one word, "St.Louis" two: the letter before the dot stands alone. */
const isAbbreviated = (text: string, index: number): boolean =>
  isLetter(text.charCodeAt(index - 1)) && !isLetter(text.charCodeAt(index - 2)) && isLetter(text.charCodeAt(index + 1));

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

/** A phrase in the form that two spellings of it share. */
export const keyOf = (phrase: string): string => wordsOf(phrase).join(' ');
