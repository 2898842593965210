import { partOf, type Label } from './learned/labels.js';
import { saidUnit } from './lexis/lexicon.js';
import type { Tagged } from './learned/tagger.js';

/** Labels after rules that see the whole clause: amounts beside a name, names that nobody claimed, several names in one breath. */
export function mended(tagged: Tagged, outside: readonly boolean[], isTalk = false): Label[] {
  const labels = [...tagged.labels];
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
  const starts = seen.goods.map((mark, at) => (mark === 'S' || mark === 'B') && partOf(labels[at]!) === 'n');
  if (starts.filter(Boolean).length < 3) return;
  for (let at = 1; at < labels.length; at++) {
    const ended = seen.goods[at - 1] === 'S' || seen.goods[at - 1] === 'I';
    if (starts[at] && ended && labels[at] === 'n') labels[at] = 'N';
  }
}
