import { once } from '../../../vocabulary/tables.js';
import { CLASSES, type Seen } from './learned/attributes.js';
import { partOf, type Label } from './learned/labels.js';
import { commonWords, frameWords, isFiller, JOINERS, saidUnit } from './lexis/lexicon.js';
import { wordValue } from './lexis/number-words.js';
import type { Doubt, Line } from './reading.js';

/** Of one clause: its words, those that other rules own, and the things that were read. */
export interface Read {
  seen: Seen;
  labels: readonly Label[];
  outside: readonly boolean[];
  lines: readonly Line[];
}

/** Words that people speak with: that one of them was made nothing of says nothing. */
const TALK = once(() => new Set([...commonWords(), ...frameWords()]));

/**
 * The things that were read, and for each stretch between them that may name or measure something and was made nothing of, a line that
 * stands for it: it is asked about, so that nothing is passed over in silence. A number by itself is asked about at the thing beside it.
 */
export function withUnread(text: string, read: Read): Line[] {
  const stretches = stretchesOf(read);
  const lines = [...read.lines];
  for (const { from, to, kind } of stretches) {
    const [start, end] = [read.seen.tokens[from]!.start, read.seen.tokens[to]!.end];
    if (kind === 'name') lines.push(unreadLine(text.slice(start, end), [start, end]));
    else doubtBeside(lines, start);
  }
  return lines.sort((one, other) => one.span[0] - other.span[0]);
}

interface Stretch {
  from: number;
  to: number;
  kind: 'name' | 'amount';
}

function stretchesOf({ seen, labels, outside, lines }: Read): Stretch[] {
  const found: Stretch[] = [];
  const { tokens } = seen;
  const strangers = strangeNotes(labels, tokens);
  const isFree = (at: number): boolean => {
    const token = tokens[at];
    return (
      token !== undefined &&
      !outside[at] &&
      (token.kind === 'word' || token.kind === 'number') &&
      !JOINERS.has(token.key) &&
      !(lines.some(({ span }) => span[0] <= token.start && token.end <= span[1]) && !strangers.has(at))
    );
  };
  for (let at = 0; at < tokens.length; at++) {
    if (!isFree(at)) continue;
    let to = at;
    while (isFree(to + 1)) to++;
    const stretch = stretchAt({ seen, labels, outside, lines }, at, to);
    if (stretch) found.push(stretch);
    at = to;
  }
  return found;
}

/** Notes behind a comma, which may as well be things of their own: "milk, xq too". */
function strangeNotes(labels: readonly Label[], tokens: Seen['tokens']): Set<number> {
  const found = new Set<number>();
  for (let at = 1; at < tokens.length; at++) {
    if (!/^[,;\n]$/.test(tokens[at - 1]!.key) || partOf(labels[at]!) !== 'p' || NOTE.test(tokens[at]!.key)) continue;
    for (let to = at; to < tokens.length && partOf(labels[to]!) === 'p' && !isParted(tokens[to]); to++) found.add(to);
  }
  return found;
}

/** Words that a note begins with. */
const NOTE =
  /^(bone|skin|active|unscented|scented|flavou?red|unflavou?red|unsalted|unsweetened|sweetened|salted|boneless|skinless|seedless|ripe|raw|plain|the|not|no|if|for|with|without|in|on|that|like|as|or|any|please|preferably|only|whatever|hvis|til|den|de|det|ikke|uden|i|på)$/;

function stretchAt({ seen, outside, lines }: Read, from: number, to: number): Stretch | null {
  const { tokens, classes } = seen;
  const places = Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
  const loud = places.filter((at) => !isFiller(tokens[at]!.key));
  if (loud.length === 0) return null;
  const isNumber = (at: number): boolean =>
    tokens[at]!.value !== null || ((wordValue(tokens[at]!.key, false) ?? 0) > 1 && tokens[at]!.key !== 'couple');
  const isAmount = (at: number): boolean => isNumber(at) || saidUnit(tokens[at]!.key) !== null;
  const isMeasure = (at: number): boolean =>
    isNumber(at) && tokens[at + 1] !== undefined && saidUnit(tokens[at + 1]!.key) !== null;
  if (lines.length > 0 && loud.some(isNumber) && (loud.every(isAmount) || loud.some(isMeasure)))
    return { from: loud[0]!, to: loud.at(-1)!, kind: 'amount' };
  // "Liam – two boxes of juice": who it is for.
  const isLabel = /^[-–—:]$/.test(tokens[to + 1]?.key ?? '');
  const isSegment =
    !isLabel &&
    (outside[from - 1] || isParted(tokens[from - 1])) &&
    (outside[to + 1] || isParted(tokens[to + 1])) &&
    lines.length > 0 &&
    loud.length < 4;
  if (!isSegment) return null;
  const isUnit = loud.every(isAmount);
  const isStrange = loud.some((at) => {
    const { key } = tokens[at]!;
    return (
      key.length > 1 &&
      !TALK().has(key) &&
      !key.includes("'") &&
      /^(word|head|short|brand)$/.test(CLASSES[classes[at]!]!)
    );
  });
  return isUnit || isStrange ? { from: loud[0]!, to: loud.at(-1)!, kind: 'name' } : null;
}

/** Whether a token parts things of a list. */
const isParted = (token: Seen['tokens'][number] | undefined): boolean =>
  token === undefined || token.kind === 'break' || token.kind === 'mark' || JOINERS.has(token.key);

/** Of things with which something was to be done. */
export const NOT_UNDERSTOOD = 'what is to be done was not understood';

export const unreadDoubt = (why: string): Doubt => ({ kind: 'which_meant', why, choices: [], isUnread: true });

/** Words that stand for a thing, or for a wish, that nobody understood. */
export const unreadLine = (name: string, span: Line['span'], why = `nothing was read in “${name}”`): Line => ({
  name,
  quantity: null,
  quantityMax: null,
  unit: null,
  size: null,
  brand: null,
  notes: null,
  role: null,
  span,
  fields: { name: { span, confidence: 0.3, by: 'rule' } },
  doubts: [unreadDoubt(why)],
});

export const LOOSE: Doubt = { kind: 'how_much', why: 'a number beside it was not read', choices: [] };

/** The thing ahead of a place, or the first behind it. */
function doubtBeside(lines: Line[], start: number): void {
  const ahead = lines.findLastIndex(({ span }) => span[0] < start);
  const at = ahead >= 0 ? ahead : 0;
  const line = lines[at];
  if (line && line.doubts.length === 0) lines[at] = { ...line, doubts: [LOOSE] };
}
