import { CORRECT } from './lexis/cues.js';
import { saidUnit } from './lexis/lexicon.js';
import { isScale, wordValue } from './lexis/number-words.js';
import type { Token } from './lexis/tokens.js';

const isPause = ({ key }: Token): boolean => /^(,|-|–|—|\.\.\.|\.|…|!|~~|uh|um|oh|hmm|er|eh|och|yeah|ja)$/.test(key);

/** The withdrawing words at a place: how many tokens, pauses around them included; 0 for none. */
function correctionAt(
  tokens: readonly Token[],
  keys: readonly string[],
  at: number,
): { length: number; isPlain: boolean } {
  let next = at;
  let isPlain = false;
  let found = false;
  while (next < tokens.length) {
    if (isPause(tokens[next]!)) {
      next++;
      continue;
    }
    const cue = CORRECT().at(keys, next);
    if (!cue) break;
    found = true;
    isPlain ||= cue.value === 'plain';
    next += cue.words.length;
  }
  const isStruck = tokens[at]?.key === '~~' || tokens.slice(at, next).some(({ key }) => key === '->' || key === '→');
  return { length: found || isStruck ? next - at : 0, isPlain };
}

const isNumber = (token: Token | undefined, isDanish: boolean): boolean =>
  token !== undefined && (token.value !== null || wordValue(token.key, isDanish) !== null || isScale(token.key));

/**
 * Amounts that the same breath withdraws: "two, no, three bags", "A twelve, hmm, fourteen pound ham", "bread 2->1". Answers the tokens
 * that no longer count, from the amount to the last of the words that take it back.
 */
export function withdrawn(tokens: readonly Token[], isDanish: boolean): boolean[] {
  const gone = tokens.map(() => false);
  const keys = tokens.map(({ key }) => key);
  for (let at = 0; at < tokens.length; at++) {
    if (!isNumber(tokens[at], isDanish)) continue;
    let end = at + 1;
    while (
      end < tokens.length &&
      (isNumber(tokens[end], isDanish) || saidUnit(tokens[end]!.key) || tokens[end]!.key === 'of')
    )
      end++;
    // "5 instead of 3 tomatoes": what follows does not count.
    const instead = insteadAt(tokens, end);
    if (instead > 0 && isNumber(tokens[end + instead], isDanish)) {
      gone.fill(true, end, end + instead + 1);
      at = end + instead;
      continue;
    }
    // "Replace 2 of the 4 onions": how many there are does not count.
    if (
      /^(of|af)$/.test(keys[at + 1] ?? '') &&
      /^(the|my|our|those|de|mine)$/.test(keys[at + 2] ?? '') &&
      isNumber(tokens[at + 3], isDanish) &&
      tokens[at + 4]?.kind === 'word'
    ) {
      gone.fill(true, at + 1, at + 4);
      at += 3;
      continue;
    }
    // "Lav to pakker kaffe om til tre": what it was before does not count.
    const turned = turnedAt(tokens, keys, at, end, isDanish);
    if (turned !== null) {
      gone[at] = true;
      at = turned;
      continue;
    }
    const arrow = /^(->|→|=>)$/.test(tokens[end]?.key ?? '');
    const struck = tokens[end]?.key === '~~';
    const { length } = arrow ? { length: 1 } : correctionAt(tokens, keys, end);
    if (length === 0) continue;
    // "Size 2, no, size 3".
    const isSize = /^(size|str|størrelse)$/.test(tokens[at - 1]?.key ?? '');
    const next = end + length + (isSize && tokens[end + length]?.key === tokens[at - 1]!.key ? 1 : 0);
    const article = /^(a|an|another)$/.test(tokens[next]?.key ?? '') ? 1 : 0;
    if (!isNumber(tokens[next + article], isDanish) && !(article === 1 && saidUnit(tokens[next + 1]?.key ?? '')))
      continue;
    if (tokens.slice(end, next).every(({ key }) => /^[,.]$/.test(key))) continue;
    // "3 cases, not 2": what follows is what does not count.
    if (tokens.slice(end, next).some(({ key }) => key === 'not' || key === 'ikke')) {
      gone.fill(true, end, next + article + 1);
      at = next + article;
      continue;
    }
    gone.fill(true, at, next);
    if (struck && tokens[at - 1]?.key === '~~') gone[at - 1] = true;
    at = next - 1;
  }
  return gone;
}

/** Where the number stands that an amount is changed to, in a clause that changes one. */
function turnedAt(
  tokens: readonly Token[],
  keys: readonly string[],
  at: number,
  end: number,
  isDanish: boolean,
): number | null {
  if (
    !/^(lav|ændr|gør|ret|change|turn|make|bump|update)$/.test(keys.slice(0, at).find((key) => !POLITE.has(key)) ?? '')
  )
    return null;
  for (let next = end; next + 1 < tokens.length && next < end + 6; next++) {
    const isTurning = keys[next] === 'til' || (keys[next] === 'to' && !isDanish) || keys[next] === 'into';
    if (isTurning && isNumber(tokens[next + 1], isDanish)) return next + 1;
  }
  return null;
}
const POLITE = new Set([
  'please',
  'can',
  'could',
  'you',
  'and',
  'kan',
  'du',
  'lige',
  'og',
  'vil',
  'så',
  'the',
  'those',
  'my',
  'de',
]);

function insteadAt(tokens: readonly Token[], at: number): number {
  const said = tokens
    .slice(at, at + 3)
    .map(({ key }) => key)
    .join(' ');
  return said.startsWith('i stedet for') ? 3 : /^(instead of|rather than|and not|frem for)/.test(said) ? 2 : 0;
}

/** Whether the words between two things take the first back: "3 onions, no, 3 limes", "skimmed, or rather whole milk". */
export function takesBack(between: readonly Token[], isCounted = true): boolean {
  const keys = between.map(({ key }) => key);
  if (/\b(rather than|instead of|in place of|i stedet for)\b/.test(keys.join(' '))) return false;
  // "Pasta — sorry, rice": a pause on both sides of it.
  if (/^[,.–—-]+ (oh )?(sorry|wait|whoops|oops|undskyld)( no)?( [,.–—-]+)?$/.test(keys.join(' '))) return true;
  for (let at = 0; at < between.length; at++) {
    // "Cream and no thyme": the one is wanted, the other is not.
    if (/^(and|but|with|or|og|men|med)$/.test(keys[at - 1] ?? '') && /^(no|not|nej|ikke)$/.test(keys[at]!))
      return false;
    if (keys[at] === 'no' && keys[at + 1] === 'more') return false;
    // "Parsley, no yellow leaves": what stands right behind a "no" alone is not wanted; "no, leeks" takes back.
    if (at === between.length - 1 && /^(no|ingen)$/.test(keys[at]!) && !isCounted) return false;
    const found = correctionAt(between, keys, at);
    if (found.length > 0 && between.slice(at, at + found.length).some(({ key }) => !/^[,.\s-]$/.test(key))) {
      const words = between
        .slice(at, at + found.length)
        .filter((token) => !isPause(token))
        .map(({ key }) => key)
        .join(' ');
      // "Granola bars, no nuts, 2 milk": what stands right behind the "no" is not wanted, and takes nothing back.
      const isDenial = /^(no|ingen)$/.test(keys[at + found.length - 1]!) && between[at + found.length]?.kind === 'word';
      if (isDenial) return false;
      if (words !== '' && !/^(not|sorry|hmm|actually|make it|i said)$/.test(words)) return true;
      if (words === 'hmm' || words === 'actually') return false;
    }
  }
  return false;
}

/** The tokens of words that withdraw what was said before, of which none is part of a name: "or rather", "i mean", "no wait". */
export function correcting(tokens: readonly Token[]): number[] {
  const keys = tokens.map(({ key }) => key);
  const places: number[] = [];
  for (let at = 1; at < keys.length; at++) {
    const cue = CORRECT().at(keys, at);
    if (!cue || (cue.value === 'mild' && !/^(,|-|–|—|\.\.\.)$/.test(keys[at - 1]!)) || cue.words.join(' ') === 'not')
      continue;
    for (let next = at; next < at + cue.words.length; next++) places.push(next);
    at += cue.words.length - 1;
  }
  return places;
}
