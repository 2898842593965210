import { partOf, type Label } from '../learned/labels.js';
import { saidUnit } from '../lexis/lexicon.js';
import type { Tagged } from '../learned/tagger.js';
import { isGoods, isNamePart, NOT_GOODS } from './marks.js';
import {
  amountsBehind,
  articles,
  beside,
  bracketed,
  containers,
  corrections,
  halves,
  inTurn,
  kinds,
  lacking,
  numbered,
  parted,
  passedOver,
  purposes,
  trailing,
  whole,
} from './of-things.js';

/** Labels after rules that see the whole clause: amounts beside a name, names that nobody claimed, several names in one breath. */
export function mended(tagged: Tagged, outside: readonly boolean[], isTalk = false): Label[] {
  const labels = [...tagged.labels];
  counted(labels, tagged);
  lengths(labels, tagged);
  return finished(labels, tagged, outside, isTalk);
}

/** The same in a cart, where several things are named and each word between them parts them. */
export function mendedOfCart(tagged: Tagged, outside: readonly boolean[], isTalk: boolean): Label[] {
  const labels = [...tagged.labels];
  counted(labels, tagged);
  lengths(labels, tagged);
  whole(labels, tagged);
  beside(labels, tagged);
  parted(labels, tagged, outside);
  kinds(labels, tagged);
  numbered(labels, tagged);
  bracketed(labels, tagged);
  corrections(labels, tagged, outside);
  halves(labels, tagged);
  amountsBehind(labels, tagged, outside);
  inTurn(labels, tagged);
  purposes(labels, tagged);
  articles(labels, tagged, outside);
  trailing(labels, tagged);
  containers(labels, tagged);
  lacking(labels, tagged);
  if (!isTalk) passedOver(labels, tagged, outside);
  return finished(labels, tagged, outside, isTalk);
}

function finished(labels: Label[], tagged: Tagged, outside: readonly boolean[], isTalk: boolean): Label[] {
  amountsBeside(labels, tagged, outside);
  twiceMeasured(labels, tagged);
  pounds(labels, tagged);
  if (!isTalk && !labels.some((label) => partOf(label) === 'n' || partOf(label) === 'b'))
    unclaimed(labels, tagged, outside);
  apart(labels, tagged);
  return labels;
}

/** "Lemons 8": a number right behind a name that has none is its amount. */
function amountsBeside(labels: Label[], { seen }: Tagged, outside: readonly boolean[]): void {
  for (let at = 1; at < labels.length; at++) {
    if (labels[at] !== 'O' || outside[at] || seen.tokens[at]!.value === null) continue;
    const before = partOf(labels[at - 1]!);
    const next = labels[at + 1];
    if (before === 'n' && (next === undefined || partOf(next) === 'J')) labels[at] = 'q';
  }
}

/** "750g/1lb 10oz": the same amount in another unit is a note. */
function twiceMeasured(labels: Label[], { seen }: Tagged): void {
  const { tokens } = seen;
  for (let at = 1; at + 1 < tokens.length; at++) {
    if (tokens[at]!.key !== '/' || saidUnit(tokens[at - 1]!.key) === null || tokens[at + 1]!.value === null) continue;
    for (
      let next = at;
      next < tokens.length && (next === at || tokens[next]!.value !== null || saidUnit(tokens[next]!.key) !== null);
      next++
    )
      labels[next] = 'p';
  }
}

/** "25#": the mark behind a number is its unit. */
function pounds(labels: Label[], { seen: { tokens } }: Tagged): void {
  for (let at = 1; at < tokens.length; at++)
    if (tokens[at]!.key === '#' && tokens[at - 1]!.value !== null && partOf(labels[at - 1]!) === 'q') labels[at] = 'u';
}

/** A listed name in a clause where nothing was taken for one: "cheaper at the corner shop for eggs". */
function unclaimed(labels: Label[], { seen }: Tagged, outside: readonly boolean[]): void {
  for (let at = 0; at < labels.length; at++) {
    const mark = seen.goods[at];
    if ((mark !== 'S' && mark !== 'B') || outside[at] || partOf(labels[at]!) !== 'O') continue;
    if (mark === 'S' && NOT_GOODS.has(seen.tokens[at]!.key)) continue;
    const isAfterAmount = at > 0 && /[qus]/.test(partOf(labels[at - 1]!));
    labels[at] = isAfterAmount ? 'n' : 'N';
    for (let next = at + 1; seen.goods[next] === 'I'; next++) labels[next] = 'n';
  }
}
/** Several listed names in a row and nothing between them, in a clause without any other mark: each is a thing of its own. */
function apart(labels: Label[], { seen }: Tagged): void {
  if (seen.tokens.some(({ key }) => key === ',' || key === '\n')) return;
  const isBegin = seen.goods.map((mark, at) => isGoods(mark) && isNamePart(labels[at]));
  for (let from = 0; from < labels.length; from++) {
    if (!isBegin[from]) continue;
    const starts = [from];
    let to = from + 1;
    for (; to < labels.length && seen.goods[to] !== 'O' && isNamePart(labels[to]); to++)
      if (isBegin[to]) starts.push(to);
    // "Sunflower seed butter" may be one; three in a row are a list.
    if (starts.length > 2) for (const at of starts.slice(1)) labels[at] = 'N';
    from = to - 1;
  }
}

/** "2 sticks butter": a unit between a number and listed goods is their unit; "leaf lettuce" is listed with its first word. */
function counted(labels: Label[], { seen: { tokens, goods } }: Tagged): void {
  for (let at = 0; at < tokens.length; at++) {
    if (saidUnit(tokens[at]!.key) === null) continue;
    const isCounted = at > 0 && /[qQ]/.test(labels[at - 1]!);
    // "A stick of butter" may be listed whole.
    const isWhole =
      goods[at] === 'B' && !/^(of|af)$/.test(tokens[at + 1]?.key ?? '') && !(isCounted && tokens[at]!.key === 'fed');
    const of = /^(of|af)$/.test(tokens[at + 1]?.key ?? '') ? 1 : 0;
    if (isCounted && isNamePart(labels[at]) && !isWhole && (isGoods(goods[at + 1 + of]) || goods[at + 1 + of] === 'I'))
      labels.fill('u', at, at + 1 + of);
    if (!isWhole || !/[uU]/.test(labels[at]!)) continue;
    labels[at] = labels[at] === 'U' ? 'N' : 'n';
    for (let next = at + 1; goods[next] === 'I'; next++) labels[next] = 'n';
  }
}

/** "6-inch branch tarragon": how long it is, is how much. */
function lengths(labels: Label[], { seen: { tokens } }: Tagged): void {
  for (let at = 1; at < tokens.length; at++) {
    if (!/^(inch|inches|cm)$/.test(tokens[at]!.key)) continue;
    const number = tokens[at - 1]!.key === '-' ? at - 2 : at - 1;
    if (tokens[number]?.value == null || labels[number] === 'p') continue;
    labels[number] = /[A-NP-Z]/.test(labels[number]!) ? 'Q' : 'q';
    labels.fill('u', number + 1, at + 1);
    for (let next = at + 1; saidUnit(tokens[next]?.key ?? '') !== null || tokens[next]?.key === 'of'; next++)
      labels[next] = 'p';
  }
}
