import { partOf, type Label } from './learned/labels.js';
import { CUT_WORDS, isFiller, JOINERS, saidUnit } from './lexis/lexicon.js';
import { CLASSES } from './learned/attributes.js';
import { wordValue } from './lexis/number-words.js';
import type { Token } from './lexis/tokens.js';
import type { Tagged } from './learned/tagger.js';

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
  parted(labels, tagged, outside);
  numbered(labels, tagged);
  halves(labels, tagged);
  inTurn(labels, tagged);
  purposes(labels, tagged);
  articles(labels, tagged, outside);
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
/** Names of goods that are said for other things as often. */
const NOT_GOODS = new Set(
  'list cart order food meal meals dinner lunch breakfast party ice time light water line total call play club date dates fire is and bar can pop meat coke card tea mint'.split(
    ' ',
  ),
);

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

const isGoods = (mark: string | undefined): boolean => mark === 'S' || mark === 'B';
const isNamePart = (label: Label | undefined): boolean => label !== undefined && /[nN]/.test(label);

/** "2 sticks butter": a unit between a number and listed goods is their unit; "leaf lettuce" is listed with its first word. */
function counted(labels: Label[], { seen: { tokens, goods } }: Tagged): void {
  for (let at = 0; at < tokens.length; at++) {
    if (saidUnit(tokens[at]!.key) === null) continue;
    const isCounted = at > 0 && /[qQ]/.test(labels[at - 1]!);
    // "A stick of butter" may be listed whole.
    const isWhole = goods[at] === 'B' && !/^(of|af)$/.test(tokens[at + 1]?.key ?? '');
    const of = /^(of|af)$/.test(tokens[at + 1]?.key ?? '') ? 1 : 0;
    if (isCounted && isNamePart(labels[at]) && !isWhole && (isGoods(goods[at + 1 + of]) || goods[at + 1 + of] === 'I'))
      labels.fill('u', at, at + 1 + of);
    if (!isWhole || !/[uU]/.test(labels[at]!)) continue;
    labels[at] = labels[at] === 'U' ? 'N' : 'n';
    for (let next = at + 1; goods[next] === 'I'; next++) labels[next] = 'n';
  }
}

/** "Milk and eggs": a joining word between two listed names parts them, but in a name that is listed whole ("half and half"). */
function parted(labels: Label[], { seen: { tokens, goods, classes } }: Tagged, outside: readonly boolean[]): void {
  for (let at = 1; at + 1 < tokens.length; at++) {
    if (!/^(and|og|&|n|\+|plus|samt)$/.test(tokens[at]!.key) || goods[at] === 'I' || outside[at]) continue;
    if (isNamePart(labels[at]) && /[SI]/.test(goods[at - 1]!) && isGoods(goods[at + 1])) {
      labels[at] = 'J';
      labels[at + 1] = 'N';
    }
    if (!/[pn]/.test(labels[at]!) || tokens[at]!.key === 'n') continue;
    const end = thingBehind(tokens, goods, classes, at + 1);
    if (end === null) continue;
    labels[at] = 'J';
    for (let next = at + 1; next < end; next++)
      labels[next] = next === at + 1 ? 'Q' : tokens[next]!.value !== null ? 'q' : 'u';
    labels[end] = 'n';
    for (let next = end + 1; goods[next] === 'I'; next++) labels[next] = 'n';
  }
}

/** Where the name of "a jar of marinara" begins, with its amount at a place; null where there is none such. */
function thingBehind(
  tokens: readonly Token[],
  goods: readonly string[],
  classes: readonly number[],
  at: number,
): number | null {
  const kind = CLASSES[classes[at] ?? 0];
  if (kind !== 'number' && kind !== 'numberWord' && kind !== 'article') return null;
  let next = at + 1;
  if (tokens[next] && saidUnit(tokens[next]!.key) !== null) next++;
  if (next > at + 1 && tokens[next]?.key === 'of') next++;
  return isGoods(goods[next]) ? next : null;
}

/** "Size four", "#10": a number that tells which, and not how many. "160s": how many are in a pack. */
function numbered(labels: Label[], { seen: { tokens } }: Tagged): void {
  for (let at = 0; at < tokens.length; at++) {
    const [token, next] = [tokens[at]!, tokens[at + 1]];
    if (!next) continue;
    if (/^(qty|quantity|antal|stk)$/.test(token.key) && next.value !== null) {
      const isAhead = tokens[at + 2]?.kind === 'word';
      if (!/[qQ]/.test(labels[at + 1]!)) labels[at + 1] = isAhead ? 'Q' : 'q';
      if (/[uU]/.test(labels[at]!)) continue;
      labels[at] = 'O';
    }
    const isNumber = next.value !== null || (wordValue(next.key, false) ?? 0) > 1;
    if (
      (/^(size|str|størrelse)$/.test(token.key) && isNumber) ||
      (token.key === '#' && next.value !== null && token.end === next.start)
    )
      labels.fill('s', at, at + 2);
    if (token.value !== null && next.key === 's' && token.end === next.start && token.value > 9)
      labels.fill('s', at, at + 2);
  }
}

/** Listed goods that nothing was made of, in a clause that names others: a thing each. */
function passedOver(labels: Label[], { seen: { tokens, goods }, sure }: Tagged, outside: readonly boolean[]): void {
  if (!labels.some((label) => /[nNbB]/.test(label))) return;
  for (let at = 0; at < labels.length; at++) {
    if (
      !isGoods(goods[at]) ||
      outside[at] ||
      labels[at] !== 'O' ||
      isFiller(tokens[at]!.key) ||
      NOT_GOODS.has(tokens[at]!.key)
    )
      continue;
    const lead =
      tokens[at - 1] && /^(the|a|an|my|our|any)$/.test(tokens[at - 1]!.key) ? tokens[at - 2] : tokens[at - 1];
    if (/^(for|without|with|no|any|than|not|in|on|til|uden|med|i)$/.test(lead?.key ?? '')) continue;
    labels[at] = at > 0 && /[qQuUsSnN]/.test(labels[at - 1]!) ? 'n' : 'N';
    sure[at] = Math.min(0.5, 1 - sure[at]!);
    for (let next = at + 1; goods[next] === 'I'; next++) labels[next] = 'n';
  }
}

const isDigit = (token: Token | undefined): boolean =>
  token !== undefined && (token.value !== null || (wordValue(token.key, false) ?? 0) > 0);

/** "A pound and a half": part of the amount before it. "4 of them": an amount that begins anew. */
function halves(labels: Label[], { seen: { tokens } }: Tagged): void {
  const key = (at: number): string => tokens[at]?.key ?? '';
  for (let at = 0; at < tokens.length; at++) {
    const article = /^(a|an|en|et)$/.test(key(at + 1)) ? 1 : 0;
    const isHalf = /^(half|quarter|halv|halvt|kvart)$/.test(key(at + 1 + article));
    if (/^(and|og)$/.test(key(at)) && isHalf && saidUnit(key(at - 1)) !== null && /[uU]/.test(labels[at - 1] ?? 'O'))
      labels.fill('q', at, at + 2 + article);
    const isNumber = tokens[at]!.value !== null || (wordValue(key(at), false) ?? 0) > 1;
    if (isNumber && /^(of|af)$/.test(key(at + 1)) && /^(them|those|these|em|dem)$/.test(key(at + 2))) {
      labels[at] = 'Q';
      labels.fill('O', at + 1, at + 3);
      if (/^(,|and|og|&|\+)$/.test(key(at + 3))) labels[at + 3] = 'J';
    }
    if (isNumber && /^(more|mere)$/.test(key(at + 1)) && isNamePart(labels[at + 2])) labels.splice(at, 2, 'Q', 'O');
    if (isNumber && saidUnit(key(at + 1)) !== null && key(at + 2) === 'each' && key(at + 3) === 'of')
      labels.splice(at, 4, 'Q', 'u', 'O', 'O');
    if (key(at) === 'point' && /[nNOq]/.test(labels[at]!) && isDigit(tokens[at - 1]) && isDigit(tokens[at + 1])) {
      labels.fill('q', at, at + 2);
      if (!/[qQ]/.test(labels[at - 1]!)) labels[at - 1] = 'Q';
    }
  }
}

/** "Beans two cans corn one can": names and amounts by turns with nothing between, the first a name and the last an amount. */
function inTurn(labels: Label[], { seen: { tokens } }: Tagged): void {
  const runs: { kind: 'name' | 'amount'; from: number; to: number }[] = [];
  for (const [at, label] of labels.entries()) {
    const kind = /[nNbB]/.test(label) ? 'name' : /[qQuUsS]/.test(label) ? 'amount' : null;
    if (kind === null) {
      // Words ahead of the first thing may stand there; between things nothing may.
      if (runs.length > 0 && tokens[at]!.kind !== 'break' && !(at === labels.length - 1)) return;
      continue;
    }
    const last = runs.at(-1);
    if (last?.kind === kind && last.to === at) last.to++;
    else runs.push({ kind, from: at, to: at + 1 });
  }
  if (runs.length < 4 || runs.length % 2 !== 0 || runs[0]!.kind !== 'name') return;
  if (tokens.slice(runs[0]!.from, runs.at(-1)!.to).some(({ kind }) => kind === 'break')) return;
  for (const { kind, from, to } of runs)
    for (let at = from; at < to; at++) {
      const part = labels[at]!.toLowerCase() as Label;
      labels[at] = kind === 'name' && at === from ? (part.toUpperCase() as Label) : part;
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

/** "Whole peeled plum tomatoes": a cut between words of a name is one of them. "Prawn heads and shells": a part beside another. */
function whole(labels: Label[], { seen: { tokens } }: Tagged): void {
  for (let at = 1; at < labels.length; at++) {
    const isInside = isNamePart(labels[at - 1]) && labels[at + 1] === 'n';
    if (labels[at] === 'p' && isInside && CUT_WORDS.has(tokens[at]!.key)) labels[at] = 'n';
    if (labels[at] === 'N' && isNamePart(labels[at - 1]) && FLAVOURS.test(tokens[at - 1]!.key)) labels[at] = 'n';
    if (labels[at] !== 'u' || !isNamePart(labels[at - 1]) || !/^(and|og|&)$/.test(tokens[at + 1]?.key ?? '')) continue;
    const part = tokens[at + 2];
    if (part && /^(shells?|bones?|tails?|feet|necks?|stems?|leaves|greens|skins?|seeds?)$/.test(part.key))
      labels.fill('n', at, at + 3);
  }
}

/** Goods that before others tell of which kind they are: "orange pumpkin", "chocolate milk". */
const FLAVOURS =
  /^(orange|lemon|lime|chocolate|vanilla|strawberry|raspberry|coconut|caramel|honey|garlic|mint|almond|oat|soy|olive|rye|wheat|corn|rice|hazelnut)$/;

/** "2 lb sliced beef for bulgogi": what something with an amount is for is no other thing. */
function purposes(labels: Label[], { seen: { tokens, goods } }: Tagged): void {
  const hasAmount = labels.some((label) => /[qQsS]/.test(label));
  for (let at = 1; at + 1 < tokens.length; at++) {
    if (!/^(for|til)$/.test(tokens[at]!.key) || !hasAmount || !/[nNuqs]/.test(labels[at - 1]!)) continue;
    const from = /^(the|my|a|an|our|some)$/.test(tokens[at + 1]!.key) ? at + 2 : at + 1;
    if (labels[from] !== 'N') continue;
    let to = from + 1;
    while (to < tokens.length && labels[to] === 'n') to++;
    const isEnd = to === tokens.length || tokens[to]!.kind !== 'word' || JOINERS.has(tokens[to]!.key);
    if (isEnd && (goods[from] !== 'O' || to - from < 3)) labels.fill('p', at, to);
  }
}

/** "A ham" is one. */
function articles(labels: Label[], { seen: { tokens } }: Tagged, outside: readonly boolean[]): void {
  for (let at = 0; at + 1 < tokens.length; at++)
    if (/^(a|an)$/.test(tokens[at]!.key) && labels[at] === 'O' && labels[at + 1] === 'N' && !outside[at]) {
      labels[at] = 'Q';
      labels[at + 1] = 'n';
    }
}
