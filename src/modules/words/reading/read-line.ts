import { groupsOf, itemOf, type Group, type ReadItem } from './items.js';
import { looksDanish } from './lexis/language.js';
import { partOf, type Label } from './learned/labels.js';
import { CUT_WORDS, isFiller, SIZE_WORDS } from './lexis/lexicon.js';
import { mended } from './mending/mending.js';
import { understood } from './lexis/spelling.js';
import { tag, type Tagged } from './learned/tagger.js';
import { tokensOf, type Token } from './lexis/tokens.js';

/**
 * One line that is known to name one thing, as a recipe or a list does: its first amount, its name without cuts and sizes. "Salt and
 * pepper" is one name there. Null where nothing in it is a name.
 */
export function readLine(text: string, { locale = null }: { locale?: string | null } = {}): ReadItem | null {
  const tokens = understood(tokensOf(text));
  const isDanish = looksDanish(tokens, locale);
  const tagged = tag(tokens, isDanish);
  const labels = mended(tagged, []);
  otherName(labels, tagged);
  const groups = groupsOf(tokens, labels).filter(({ at }) => at.n.length + at.q.length + at.b.length > 0);
  const first = whole(tokens, groups);
  if (!first) return null;
  const item = itemOf(text, tokens, trimmed(tokens, first), isDanish);
  return { ...item, name: nameAlone(tokens, item.group) };
}

/** "Yam (sweet potato)": another name in brackets right behind the first is part of it. */
function otherName(labels: Label[], { seen }: Tagged): void {
  const open = labels.findIndex((_, at) => seen.tokens[at]!.key === '(' && at > 0 && partOf(labels[at - 1]!) === 'n');
  const close = open < 0 ? -1 : seen.tokens.findIndex(({ key }, at) => at > open && key === ')');
  if (close < 0 || close - open > 4) return;
  const inside = seen.tokens.slice(open + 1, close);
  const isName =
    inside.length > 0 &&
    inside.every(({ kind, key }) => kind === 'word' && !CUT_WORDS.has(key) && !isFiller(key)) &&
    seen.goods.slice(open + 1, close).every((mark) => mark !== 'O');
  if (isName) labels.fill('n', open, close + 1);
}

/** The first thing with a name, and those that share its amount: "salt and pepper", "2 cups stock or water". */
function whole(tokens: readonly Token[], groups: readonly Group[]): Group | null {
  const at = groups.findIndex((group) => group.at.n.length > 0);
  const first = groups[at];
  if (!first) return groups[0] ?? null;
  const ahead = groups[at - 1];
  let all: Group =
    ahead && first.at.q.length === 0
      ? {
          ...first,
          first: ahead.first,
          at: { ...first.at, q: ahead.at.q, u: [...ahead.at.u, ...first.at.u], s: [...ahead.at.s, ...first.at.s] },
        }
      : first;
  for (const next of groups.slice(at + 1)) {
    const between = tokens.slice(all.last + 1, next.first).map(({ key }) => key);
    const isShared =
      next.at.q.length === 0 &&
      next.at.n.length > 0 &&
      between.length > 0 &&
      between.every((key) => /^(and|or|og|eller|&|,)$/.test(key)) &&
      between.some((key) => /^(and|or|og|eller|&)$/.test(key));
    if (!isShared || all.at.p.some((place) => place > all.at.n.at(-1)!)) break;
    const joined = Array.from({ length: next.first - all.last - 1 }, (_, offset) => all.last + 1 + offset);
    all = {
      ...all,
      last: next.last,
      at: { ...all.at, n: [...all.at.n, ...joined, ...next.at.n], p: [...all.at.p, ...next.at.p] },
    };
  }
  return all;
}

/** A size at the head of a name is no part of it. */
function trimmed(tokens: readonly Token[], group: Group): Group {
  const name = [...group.at.n];
  while (name.length > 1 && SIZE_WORDS.has(tokens[name[0]!]!.key) && group.at.q.length > 0) name.shift();
  return { ...group, at: { ...group.at, n: name } };
}

const nameAlone = (tokens: readonly Token[], { at }: Group): string =>
  at.n
    .map((place) => tokens[place]!)
    .filter(({ kind }) => kind !== 'mark')
    .map(({ text }) => text)
    .join(' ');
