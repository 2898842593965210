import { plainNameOf, isBeginningOf } from '../reading/names.js';
import type { ReadLine } from '../reading/reading.js';

/** Which lines of two accounts of one order are the same line. Pure. */
const MOST_PAIRS = 160_000;
const IDS = ['usItemId', 'asin', 'upc', 'externalId', 'offerId'] as const;

interface Known {
  line: ReadLine;
  at: number;
  print: string | null;
}

/** For each of `others` the index of its line among `base`, each taken once; null for a line that is none of them. */
export function align(base: readonly ReadLine[], others: readonly ReadLine[]): (number | null)[] {
  const known = (line: ReadLine, at: number): Known => ({ line, at, print: line.name && plainNameOf(line.name) });
  const [left, right] = [base.map(known), others.map(known)];
  const answer: (number | null)[] = others.map(() => null);
  if (left.length * right.length > MOST_PAIRS) return byPosition(left, right, answer);
  const pairs = right.flatMap((other) =>
    left.flatMap((mine) => {
      const score = scoreOf(mine, other);
      return score > 0 ? [{ mine: mine.at, other: other.at, score }] : [];
    }),
  );
  pairs.sort(
    (a, b) => b.score - a.score || Math.abs(a.mine - a.other) - Math.abs(b.mine - b.other) || a.other - b.other,
  );
  const taken = new Set<number>();
  for (const { mine, other } of pairs) {
    if (answer[other] !== null || taken.has(mine)) continue;
    answer[other] = mine;
    taken.add(mine);
  }
  return answer;
}

/** Of orders too long for all pairs: the line at the same place, if it is that. */
function byPosition(left: readonly Known[], right: readonly Known[], answer: (number | null)[]): (number | null)[] {
  right.forEach((other, at) => {
    const mine = left[at];
    if (mine && scoreOf(mine, other) > 0) answer[at] = at;
  });
  return answer;
}

/** 0: not the same. */
function scoreOf(a: Known, b: Known): number {
  const ids = IDS.filter((id) => a.line[id] !== null && b.line[id] !== null);
  const sameId = ids.some((id) => sameIds(a.line[id]!, b.line[id]!));
  if (!sameId && (['usItemId', 'asin'] as const).some((id) => ids.includes(id))) return 0;
  const sameCents = centsOf(a.line).some((cents) => centsOf(b.line).includes(cents));
  const sameName = namesScore(a, b);
  if (!sameId && sameName === 0 && !(hasTillNameAlone(a.line, b.line) && sameCents)) return 0;
  const place = a.at === b.at ? 1 : 0;
  const sameState = a.line.state !== null && a.line.state === b.line.state ? 1 : 0;
  return (sameId ? 8 : 0) + sameName + (sameCents ? 4 : 0) + place + sameState + 1;
}

const centsOf = ({ lineCents, listedCents, orderedCents }: ReadLine): number[] =>
  [lineCents, listedCents, orderedCents].filter((cents): cents is number => cents !== null && cents !== 0);

/** A code with and without its check digit, or with zeros before it, is one code. */
function sameIds(a: string, b: string): boolean {
  if (a === b) return true;
  if (!/^\d{8,14}$/.test(a) || !/^\d{8,14}$/.test(b)) return false;
  const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return x === y || x.slice(0, -1) === y || y.slice(0, -1) === x;
}

function namesScore(a: Known, b: Known): number {
  if (a.print !== null && b.print !== null) {
    if (a.print === b.print) return 6;
    if (b.line.isCut && isBeginningOf(b.line.name!, a.line.name!)) return 5;
    return a.line.isCut && isBeginningOf(a.line.name!, b.line.name!) ? 5 : 0;
  }
  return a.line.receiptName !== null && a.line.receiptName === b.line.receiptName ? 5 : 0;
}

/** One of the two has no name but the till's, so that names cannot tell. */
const hasTillNameAlone = (a: ReadLine, b: ReadLine): boolean => (a.name === null) !== (b.name === null);
