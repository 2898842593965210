import { partOf, type Label } from '../learned/labels.js';
import { CLASSES } from '../learned/attributes.js';
import { CUT_WORDS, isFiller, JOINERS, saidUnit, SIZE_WORDS } from '../lexis/lexicon.js';
import { wordValue } from '../lexis/number-words.js';
import type { Token } from '../lexis/tokens.js';
import type { Tagged } from '../learned/tagger.js';
import { FLAVOURS, isGoods, isNamePart, NOT_GOODS } from './marks.js';

/** "Milk and eggs": a joining word between two listed names parts them, but in a name that is listed whole ("half and half"). */
export function parted(
  labels: Label[],
  { seen: { tokens, goods, classes } }: Tagged,
  outside: readonly boolean[],
): void {
  for (let at = 1; at + 1 < tokens.length; at++) {
    if (!/^(and|og|&|n|\+|plus|samt)$/.test(tokens[at]!.key) || goods[at] === 'I' || outside[at]) continue;
    if (isNamePart(labels[at]) && /[SI]/.test(goods[at - 1]!) && isGoods(goods[at + 1])) {
      labels[at] = 'J';
      labels[at + 1] = 'N';
    }
    if (!/[pn]/.test(labels[at]!) || tokens[at]!.key === 'n') continue;
    if (/^(the|some|my|noget|nogle)$/.test(tokens[at + 1]!.key) && isGoods(goods[at + 2])) {
      labels[at] = 'J';
      labels[at + 1] = 'O';
      labels[at + 2] = 'N';
      for (let next = at + 3; goods[next] === 'I'; next++) labels[next] = 'n';
      continue;
    }
    // "Same order plus bananas": where nothing was named before, nothing is a note of it.
    if (isGoods(goods[at + 1]) && !labels.slice(0, at).some((label) => /[nNbB]/.test(label))) {
      labels[at] = 'J';
      labels[at + 1] = 'N';
      for (let next = at + 2; goods[next] === 'I'; next++) labels[next] = 'n';
      continue;
    }
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
  if (tokens[next] && SIZE_WORDS.has(tokens[next]!.key)) next++;
  if (tokens[next] && saidUnit(tokens[next]!.key) !== null) next++;
  if (tokens[next - 1] && saidUnit(tokens[next - 1]!.key) !== null && tokens[next]?.key === 'of') next++;
  return isGoods(goods[next]) ? next : null;
}

/** "Size four", "#10": a number that tells which, and not how many. "160s": how many are in a pack. */
export function numbered(labels: Label[], { seen: { tokens, classes } }: Tagged): void {
  for (let at = 0; at < tokens.length; at++) {
    const [token, next] = [tokens[at]!, tokens[at + 1]];
    if (!next) continue;
    if (/^(qty|quantity|antal|stk)$/.test(token.key) && next.value !== null) {
      const isAhead = tokens[at + 2]?.kind === 'word';
      if (!/[qQ]/.test(labels[at + 1]!)) labels[at + 1] = isAhead ? 'Q' : 'q';
      if (/[uU]/.test(labels[at]!)) continue;
      labels[at] = 'O';
    }
    // "2 x 4 pints": so many of a size.
    const [size, unit] = [tokens[at + 2], tokens[at + 3]];
    if (
      token.value !== null &&
      /^[x×]$/.test(next.key) &&
      size?.value != null &&
      unit &&
      CLASSES[classes[at + 3]!] === 'measure'
    )
      labels.splice(at, 4, /[A-Z]/.test(labels[at]!) ? labels[at]! : 'Q', 'q', 's', 's');
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
export function passedOver(
  labels: Label[],
  { seen: { tokens, goods }, sure }: Tagged,
  outside: readonly boolean[],
): void {
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

const isDigit = (token: Token | undefined, kind?: number): boolean =>
  token !== undefined &&
  (token.value !== null || (wordValue(token.key, false) ?? 0) > 0 || CLASSES[kind ?? -1] === 'numberWord');

/** "A pound and a half": part of the amount before it. "4 of them": an amount that begins anew. */
export function halves(labels: Label[], { seen: { tokens } }: Tagged): void {
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
export function inTurn(labels: Label[], { seen: { tokens } }: Tagged): void {
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

/** "Any nice plums": praise of goods is no word of a name that is not listed with it. "Læg ærter i": nor is a word of the verb. */
export function beside(labels: Label[], { seen: { tokens, goods } }: Tagged): void {
  for (let at = 0; at < labels.length; at++) {
    const next = labels[at + 1];
    const isPraise =
      /^(good|nice|decent|lovely|tasty|gode?|lækre?|pæne)$/.test(tokens[at]!.key) &&
      goods[at] === 'O' &&
      next === 'n' &&
      isGoods(goods[at + 1]);
    if (isPraise && isNamePart(labels[at]) && !isNamePart(labels[at - 1])) {
      labels[at + 1] = labels[at]!;
      labels[at] = 'O';
    }
    // "Glutenfrit brød".
    if (/.(fri|frie|frit|-free)$/.test(tokens[at]!.key) && labels[at] === 'O' && next === 'N')
      labels.splice(at, 2, 'N', 'n');
    const isEnd = tokens[at + 1] === undefined || tokens[at + 1]!.kind !== 'word' || JOINERS.has(tokens[at + 1]!.key);
    const isOfVerb = tokens[at]!.key === 'i' && isEnd && labels[at] === 'n';
    if (isOfVerb && tokens.slice(0, at).some(({ key }) => /^(læg|smid|put|kom|hæld|fyld)$/.test(key))) labels[at] = 'O';
  }
}

/** "Whole peeled plum tomatoes": a cut between words of a name is one of them. "Prawn heads and shells": a part beside another. */
export function whole(labels: Label[], { seen: { tokens } }: Tagged): void {
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

/** "2 lb sliced beef for bulgogi": what something with an amount is for is no other thing. */
export function purposes(labels: Label[], { seen: { tokens, goods } }: Tagged): void {
  const hasAmount = labels.some((label) => /[qQsS]/.test(label));
  for (let at = 1; at + 1 < tokens.length; at++) {
    const isOurs = /^(the|my|a|an|our)$/.test(tokens[at + 1]!.key);
    if (!/^(for|til)$/.test(tokens[at]!.key) || !(hasAmount || isOurs) || !/[nNuqs]/.test(labels[at - 1]!)) continue;
    const from = /^(the|my|a|an|our|some)$/.test(tokens[at + 1]!.key) ? at + 2 : at + 1;
    if (labels[from] !== 'N') continue;
    let to = from + 1;
    while (to < tokens.length && labels[to] === 'n') to++;
    const isEnd = to === tokens.length || tokens[to]!.kind !== 'word' || JOINERS.has(tokens[to]!.key);
    if (isEnd && (goods[from] !== 'O' || to - from < 3)) labels.fill('p', at, to);
  }
}

/** "Butter (2 sticks)": what stands in brackets behind a name without an amount, and is nothing but one, is its amount. */
export function bracketed(labels: Label[], { seen: { tokens } }: Tagged): void {
  for (let at = 1; at + 2 < tokens.length; at++) {
    if (tokens[at]!.key !== '(' || !isNamePart(labels[at - 1]) || tokens[at + 1]!.value === null) continue;
    const close = tokens[at + 2]!.key === ')' ? at + 2 : tokens[at + 3]?.key === ')' ? at + 3 : -1;
    const hasUnit = close === at + 3;
    if (close < 0 || (hasUnit && saidUnit(tokens[at + 2]!.key) === null)) continue;
    // "1 x biscuits (24)": how many are in each.
    if (hasAmountAhead(labels, at)) {
      if (!hasUnit && tokens[at + 1]!.value! > 1) labels.splice(at, 3, 'O', 's', 'O');
      continue;
    }
    labels.fill('q', at, at + 2);
    if (hasUnit) labels[at + 2] = 'u';
    labels[close] = hasUnit ? 'u' : 'q';
  }
}

/** Whether the thing whose name ends before a place has an amount ahead of its name. */
function hasAmountAhead(labels: readonly Label[], end: number): boolean {
  let at = end - 1;
  while (at >= 0 && /[nbp]/.test(labels[at]!)) at--;
  return at >= 0 && /[qQuUsS]/.test(labels[at]!);
}

/** "Potatoes, hmm actually 10": a number behind words that take back what was said, with no name of its own. */
export function corrections(labels: Label[], { seen: { tokens, classes } }: Tagged, outside: readonly boolean[]): void {
  const isParted = (at: number): boolean =>
    tokens[at] === undefined ||
    tokens[at]!.kind === 'break' ||
    /^[,;]$/.test(tokens[at]!.key) ||
    // "Six or so".
    (tokens[at]!.key === 'or' && /^(so|thereabouts)$/.test(tokens[at + 1]?.key ?? '')) ||
    (at === tokens.length - 1 && tokens[at]!.kind === 'mark');
  const isNumber = (at: number): boolean => isDigit(tokens[at], classes[at]);
  for (let at = 1; at < tokens.length; at++) {
    // "K-cups, 96 count": an amount by itself between marks.
    const hasUnit = tokens[at + 1] !== undefined && saidUnit(tokens[at + 1]!.key) !== null;
    if (
      isNumber(at) &&
      (isParted(at - 1) || (at === 1 && TAKES_BACK.test(tokens[0]!.key))) &&
      isParted(at + (hasUnit ? 2 : 1)) &&
      labels[at] === 'O' &&
      !outside[at]
    ) {
      labels[at] = 'Q';
      if (hasUnit) labels[at + 1] = 'u';
      continue;
    }
    if (!isNumber(at) || !outside[at - 1] || outside[at] || !/[Oq]/.test(labels[at]!)) continue;
    const unit = tokens[at + 1] !== undefined && saidUnit(tokens[at + 1]!.key) !== null ? 1 : 0;
    const next = tokens[at + 1 + unit];
    if (next !== undefined && next.kind === 'word' && !JOINERS.has(next.key) && !isFiller(next.key)) continue;
    labels[at] = 'Q';
    if (unit === 1) labels[at + 1] = 'u';
  }
}
/** "Six eggs. No ten." */
const TAKES_BACK = /^(no|nope|nej|wait|vent|sorry|undskyld|actually|oops)$/;

/** "Rice of 5 pound", "pears, three and …": an amount behind its name, told by "of" or by a comma and the word that begins the next. */
export function amountsBehind(labels: Label[], { seen: { tokens, goods } }: Tagged, outside: readonly boolean[]): void {
  for (let at = 1; at + 1 < tokens.length; at++) {
    const number = tokens[at + 1]!;
    if (outside[at + 1] || !isDigit(number) || /^(a|an|en|et)$/.test(number.key)) continue;
    if (hasAmountAhead(labels, at)) continue;
    const unit = tokens[at + 2] !== undefined && saidUnit(tokens[at + 2]!.key) !== null ? 1 : 0;
    const after = tokens[at + 2 + unit];
    const isOf =
      /^(of|på)$/.test(tokens[at]!.key) &&
      unit === 1 &&
      isNamePart(labels[at - 1]) &&
      goods[at + 3] !== 'B' &&
      !isGoods(goods[at + 3]);
    const isBetween =
      tokens[at]!.key === ',' &&
      /[np]/.test(partOf(labels[at - 1]!)) &&
      /^(and|og|plus)$/.test(after?.key ?? '') &&
      tokens[at + 3 + unit]?.kind === 'word' &&
      !isDigit(tokens[at + 3 + unit]) &&
      !labels.slice(0, at).some((label, place) => /[qQ]/.test(label) && place > lastBreak(tokens, at));
    if (!isOf && !isBetween) continue;
    labels[at] = isOf ? 'p' : 'O';
    labels[at + 1] = 'q';
    if (unit === 1) labels[at + 2] = 'u';
    if (isBetween) {
      labels[at + 2 + unit] = 'J';
      const next = at + 3 + unit;
      if (/[nqus]/.test(labels[next]!)) labels[next] = labels[next]!.toUpperCase() as Label;
    }
  }
}
const lastBreak = (tokens: readonly Token[], at: number): number =>
  tokens.findLastIndex(({ key }, place) => place < at && (JOINERS.has(key) || key === '\n'));

/** "Coffee dark roast", "salmon fillet skin-on": words of kind behind a name that is whole without them are notes. */
export function trailing(labels: Label[], { seen: { tokens, goods } }: Tagged): void {
  for (let end = tokens.length - 1; end > 0; end--) {
    if (labels[end] !== 'n' || isNamePart(labels[end + 1]) || goods[end] === 'I' || isGoods(goods[end])) continue;
    let from = end;
    while (from > 0 && labels[from] === 'n' && goods[from] === 'O' && BEHIND.test(tokens[from]!.key)) from--;
    const isWhole = from < end && isNamePart(labels[from]) && goods[from] !== 'O';
    if (isWhole) labels.fill('p', from + 1, end + 1);
  }
}
const BEHIND =
  /^(fresh|frozen|dried|dry|raw|ripe|whole|unsalted|salted|boneless|skinless|bnls|sknls|skin-on|bone-in|smoked|canned|tinned|plain|mild|hot|spicy|lean|seedless|sliced|shredded|grated|ground|peeled|chopped|diced|deli|dark|medium|light|roast|big|large|small|thick|thin|extra|virgin|creamy|crunchy|smooth|low|sodium|reduced|fat|free|organic|unsweetened|sweetened|whole-grain|sharp|mature|cooked|uncooked|frosne?|frisk|friske|hakket|revet|store|små|økologiske?)$/;

/** "Cat litter, the clumping kind, 20 lb", "seltzer, grapefruit flavor": which of what was just named. */
export function kinds(labels: Label[], { seen: { tokens } }: Tagged): void {
  const isEnd = (at: number): boolean => tokens[at] === undefined || /^[,;\n.)]$/.test(tokens[at]!.key);
  for (let at = 1; at < tokens.length; at++) {
    if (!/^[,–—-]$/.test(tokens[at]!.key) || !/[nNp]/.test(labels[at - 1]!)) continue;
    let to = at + 1;
    while (!isEnd(to) && tokens[to]!.kind === 'word' && !/^(and|og)$/.test(tokens[to]!.key)) to++;
    const isKind =
      /^(the|de|den|det)$/.test(tokens[at + 1]?.key ?? '') &&
      /^(kind|kinds|one|ones|type|sort|stuff|variety|slags)$/.test(tokens[to - 1]!.key);
    if (
      to - at < 3 ||
      to - at > 6 ||
      !isEnd(to) ||
      !(isKind || /^(flavou?r|flavou?red|scented)$/.test(tokens[to - 1]!.key))
    )
      continue;
    labels.fill('p', at, to);
  }
}

/** "Burger buns without milk in them": what a thing shall not have is no other thing. */
export function lacking(labels: Label[], { seen: { tokens } }: Tagged): void {
  for (let at = 1; at + 1 < tokens.length; at++) {
    const isPacked =
      /^(in|på)$/.test(tokens[at]!.key) &&
      /^(the|a)$/.test(tokens[at + 1]!.key) &&
      /^(cans?|tins?|jars?|bottles?|cartons?|tubs?)$/.test(tokens[at + 2]?.key ?? '');
    if (isPacked && isNamePart(labels[at - 1])) labels.fill('p', at, at + 3);
    const isSoaked =
      tokens[at]!.key === 'in' && /^(juice|oil|water|brine|syrup|sauce|tomato|gravy)$/.test(tokens[at + 1]!.key);
    if (isSoaked && isNamePart(labels[at - 1])) labels.fill('p', at, at + 2);
    // "Chicken thighs, bone in".
    const isBone =
      /^(bone|skin|shell|peel|tail|tails)$/.test(tokens[at]!.key) &&
      /^(in|on|off|out)$/.test(tokens[at + 1]!.key) &&
      (isNamePart(labels[at - 1]) || tokens[at - 1]!.key === ',');
    if (isBone) labels.fill('p', at, at + 2);
    const isLacking =
      /^(without|uden)$/.test(tokens[at]!.key) ||
      (/^(with|med)$/.test(tokens[at]!.key) && /^(no|ingen|the|extra)$/.test(tokens[at + 1]!.key));
    if (!isLacking || !isNamePart(labels[at - 1])) continue;
    let to = at + 1;
    while (to < tokens.length && tokens[to]!.kind === 'word' && !JOINERS.has(tokens[to]!.key)) to++;
    labels.fill('p', at, to);
  }
}

/** "A ham" is one. */
export function articles(labels: Label[], { seen: { tokens } }: Tagged, outside: readonly boolean[]): void {
  for (let at = 0; at + 1 < tokens.length; at++)
    if (/^(a|an)$/.test(tokens[at]!.key) && labels[at] === 'O' && labels[at + 1] === 'N' && !outside[at]) {
      labels[at] = 'Q';
      labels[at + 1] = 'n';
    }
}

/** "Orange slices", "popcorn bags": containers behind a name with no number at all end that name. "Crisps, multipack" is one. */
export function containers(labels: Label[], { seen: { tokens } }: Tagged): void {
  for (let at = 1; at < tokens.length; at++) {
    if (
      labels[at] !== 'u' ||
      !isNamePart(labels[at - 1]) ||
      !/[^s]s$/.test(tokens[at]!.key) ||
      tokens[at]!.key.length < 4
    )
      continue;
    const isCounted = hasAmountAhead(labels, at) || /[qsu]/.test(labels[at + 1] ?? 'O');
    if (!isCounted) labels[at] = 'n';
  }
}
