import { isKnownName } from '../doubts.js';
import type { Group, ReadItem } from '../items.js';
import { BRANDS, CUT_WORDS, goodsIn, isFiller, JOINERS, NAME_WORDS, SIZE_WORDS, stemOf } from '../lexis/lexicon.js';
import { KINDS } from '../lexis/spelling.js';
import { wordValue } from '../lexis/number-words.js';
import { keyOfToken, type Token } from '../lexis/tokens.js';
import { CLASSES } from './attributes.js';
import { partOf } from './labels.js';
import { signOf, type Signs } from './sureness.js';
import type { Tagged } from './tagger.js';

/** What a clause tells of all its things alike. */
export interface ClauseSigns {
  /** Words that nothing knows and nobody claimed. */
  strange: number;
  /** Numbers that belong to nothing. */
  loose: number;
  /** How likely it is only talk. */
  talk: number;
  hasWithdrawn: boolean;
  /** Words that other rules own: no part of a thing. */
  outside: readonly boolean[];
}

export function clauseSigns(
  { seen, labels }: Tagged,
  outside: readonly boolean[],
  talk: number,
  hasWithdrawn: boolean,
): ClauseSigns {
  let [strange, loose] = [0, 0];
  for (const [at, token] of seen.tokens.entries()) {
    if (outside[at] || !/[Op]/.test(partOf(labels[at]!))) continue;
    const kind = CLASSES[seen.classes[at]!];
    if (partOf(labels[at]!) === 'O' && (kind === 'word' || kind === 'head' || seen.goods[at] !== 'O')) strange++;
    if (token.value !== null || kind === 'numberWord') loose++;
  }
  return { strange, loose, talk, hasWithdrawn, outside };
}

export function signsOf(group: Group, item: ReadItem, tagged: Tagged, isDanish: boolean, clause: ClauseSigns): Signs {
  const { seen, sure } = tagged;
  const named = [...group.at.n, ...group.at.b].sort((a, b) => a - b);
  const amounts = [...group.at.q, ...group.at.u, ...group.at.s];
  const least = (places: readonly number[]): number => Math.min(1, ...places.map((at) => sure[at]!));
  const edges = [group.first - 1, group.last + 1].map((at) =>
    clause.outside[at] ? 1 : edgeOf(seen.tokens[at], sure[at]),
  );
  const edge = Math.min(...edges);
  const sides = [group.first - 1, group.last + 1].filter((at) => !clause.outside[at] && isOpenSide(tagged, at)).length;
  const isSlip = named.some((at) => seen.tokens[at]!.key !== keyOfToken(seen.tokens[at]!.text));
  const isListed = isListedName(
    named.map((at) => seen.tokens[at]!),
    isDanish,
  );
  const isStranger = !isKnownName(item.name) && item.brand === null;
  const isAfter = amounts.length > 0 && (group.at.q[0] ?? amounts[0]!) > (named.at(-1) ?? 0);
  // Words that no listed name has; listed names that begin or end outside; several in a row.
  const odd = Math.min(2, group.at.n.filter((at) => isOddWord(seen.tokens[at]!, seen.stems[at]!)).length);
  const isCrossed = seen.goods[named[0] ?? -1] === 'I' || seen.goods[(named.at(-1) ?? -2) + 1] === 'I';
  const begun = named.filter((at) => /[BS]/.test(seen.goods[at]!)).length;
  const first = group.at.q.map((at) => seen.tokens[at]!)[0];
  return {
    name: [
      1,
      signOf(least(named)),
      signOf(edge),
      isListed ? 1 : 0,
      isStranger ? 1 : 0,
      sides / 2,
      isSlip ? 1 : 0,
      Math.min(3, clause.strange) / 3,
      signOf(clause.talk),
      named.length > 2 ? 1 : 0,
      amounts.length > 0 ? 1 : 0,
      odd / 2,
      isCrossed ? 1 : 0,
      Math.min(2, Math.max(0, begun - 1)) / 2,
    ],
    amount: [
      1,
      signOf(least(amounts)),
      amounts.length > 0 ? 1 : 0,
      Math.min(2, clause.loose) / 2,
      sides / 2,
      isAfter ? 1 : 0,
      clause.hasWithdrawn ? 1 : 0,
      item.size === null ? 0 : 1,
      first !== undefined && first.value === null && (wordValue(first.key, isDanish) ?? 0) !== 1 ? 1 : 0,
      signOf(edge),
    ],
  };
}

const isOddWord = ({ key, kind }: Token, stem: string): boolean =>
  kind === 'word' &&
  !stem.split('_').every((one) => NAME_WORDS().has(one)) &&
  !KINDS.has(key) &&
  !CUT_WORDS.has(key) &&
  !SIZE_WORDS.has(key) &&
  !JOINERS.has(key);

/** How sure it is that a thing ends where it ends: that the words beside it are no part of it. Marks and words between things part them anyhow. */
const edgeOf = (token: Token | undefined, sure: number | undefined): number =>
  token === undefined || token.kind !== 'word' || isFiller(token.key) || JOINERS.has(token.key) ? 1 : sure!;

/** Whether words of another thing, or words that nobody knows, stand right beside. */
function isOpenSide({ seen, labels }: Tagged, at: number): boolean {
  const token = seen.tokens[at];
  if (token === undefined || (token.kind !== 'word' && token.kind !== 'number')) return false;
  if (isFiller(token.key) || JOINERS.has(token.key)) return false;
  // A listed name beside parts things as a mark does.
  if (seen.goods[at] !== 'O') return false;
  return partOf(labels[at]!) !== 'O' || CLASSES[seen.classes[at]!] === 'word';
}

function isListedName(tokens: readonly Token[], isDanish: boolean): boolean {
  const stems = tokens.map(({ key }) => stemOf(key));
  const found = goodsIn(isDanish).at(stems, 0) ?? BRANDS().at(stems, 0);
  return found !== undefined && found.words.length === stems.length;
}
