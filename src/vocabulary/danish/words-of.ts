import { knownWords, tokensOf, words } from './tables.js';

/** The words of a register text: whole again where they were cut or written without Danish letters. Pure. */
const LETTERS: readonly (readonly [string, string])[] = [
  ['ae', 'æ'],
  ['oe', 'ø'],
  ['aa', 'å'],
];

/** `text` in lower case, without amounts. */
export function wordsOf(text: string): string[] {
  let left = ` ${text} `
    .replace(/(?<![a-zæøå])m\s*[/]\s*/g, ' med ')
    .replace(/(?<![a-zæøå])m\.(?=[a-zæøå])/g, ' med ')
    .replace(/(?<![a-zæøå])u\s*[/]\s*/g, ' uden ')
    .replace(/(?<![a-zæøå])u\.(?=[a-zæøå])/g, ' uden ');
  for (const [cut, whole] of words().get('abbreviation')!) {
    const at = new RegExp(
      String.raw`(?<![a-zæøå])${cut.replaceAll('.', String.raw`\.`)}(?![a-zæøå]${cut.endsWith('.') ? '{0}' : ''})`,
      'g',
    );
    left = left.replace(at, ` ${whole.split(' / ')[0]!} `);
  }
  const found = left.matchAll(/([a-zæøåäöéü0-9]+)(\.)?/g);
  return [...found].flatMap(([, word, dot]) => tokensOf(wholeWord(word!, dot !== undefined)).flatMap(uncut));
}

/** How a thing is cut, at the end of a word that is not known with it: "gulerodsstave" is carrots, in sticks. */
const CUTS = /^(.{4,}?)s?(stave|strimler|tern|skiver|stykker|steg|ringe|spåner|flager)$/;

function uncut(word: string): string[] {
  if (knownWords().has(word)) return [word];
  const [, stem, cut] = CUTS.exec(word) ?? [];
  return stem && cut && knownWords().has(stem) ? [stem, cut] : [word];
}

function wholeWord(word: string, isCut: boolean): string {
  const spelt = spelling(word);
  if (!isCut || knownWords().has(spelt) || spelt.length < 3) return spelt;
  const longer = [...knownWords()]
    .filter((known) => known.startsWith(spelt))
    .sort((one, other) => one.length - other.length);
  return longer[0] ?? spelt;
}

/** Danish letters where that makes a known word, or the end or beginning of one. */
function spelling(word: string): string {
  if (/[æøå]/.test(word) || knownWords().has(word) || !/ae|oe|aa/.test(word)) return word;
  const danish = LETTERS.reduce((text, [plain, letter]) => text.replaceAll(plain, letter), word);
  return danish;
}
