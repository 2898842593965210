import { readFileSync } from 'node:fs';
import type { Signs, Sureness } from '../../src/modules/words/reading/learned/sureness.js';
import type { Action, Line, Reading } from '../../src/modules/words/reading/reading.js';
import { readWords } from '../../src/modules/words/reading/read-words.js';
import { calibrationFigure, figure, itemF1, type Certainty, type Figure } from './figures.js';
import { bag, codeUnits, isSame, isSameName, type GoldItem, type Said } from './same-thing.js';

export interface GoldAction {
  intent: string;
  items: GoldItem[];
  constraints?: object;
}
export interface Utterance {
  id: string;
  text: string;
  locale: string;
  context?: {
    cart?: { name: string; quantity: number | null; unit: string | null }[];
    previous_question?: string;
    options?: string[];
  };
  gold: GoldAction[];
  alt_gold?: GoldAction[][];
  ask?: { about: string; kind: string }[];
}

export interface Point extends Certainty {
  of: 'name' | 'amount';
  signs: Signs;
}

/** How one utterance came out. `rightly`: what differs was asked about, or what had to be asked was. */
export interface Scored {
  id: string;
  text: string;
  isExact: boolean;
  isIntent: boolean;
  outcome: 'right' | 'rightly asked' | 'needlessly asked' | 'silently wrong';
  hasAsked: boolean;
  right: number;
  found: number;
  wanted: number;
  said: string;
  gold: string;
  /** Of each name that was read, and of each amount of a name that was read rightly. */
  points: Point[];
  intentPoints: (Certainty & { by: string })[];
  isOutside: boolean;
}

export function peopleSet(path: string): Utterance[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Utterance);
}

export function scored(utterance: Utterance, sureness?: Sureness): Scored {
  const { text, locale, context = {} } = utterance;
  const reading = readWords(text, {
    locale,
    sureness,
    context: {
      cart: context.cart ?? [],
      question: context.previous_question ? { text: context.previous_question, options: context.options ?? [] } : null,
    },
  });
  const all = [utterance.gold, ...(utterance.alt_gold ?? [])].map((gold) => judged(utterance, reading, gold));
  return all.sort((a, b) => RANK[b.outcome] - RANK[a.outcome] || b.right - a.right)[0]!;
}
const RANK = { right: 3, 'rightly asked': 2, 'needlessly asked': 1, 'silently wrong': 0 } as const;

/** As it was labelled, what was asked beside it left aside: words that stood for a thing there was none of were asked about for nothing. */
function judged(utterance: Utterance, reading: Reading, gold: readonly GoldAction[]): Scored {
  const whole = compared(utterance, reading, gold);
  const lesser = { ...reading, actions: withoutUnread(reading.actions) };
  const isMore = whole.outcome === 'rightly asked' && (utterance.ask ?? []).length === 0;
  return isMore && compared(utterance, lesser, gold).isExact ? { ...whole, outcome: 'needlessly asked' } : whole;
}
const withoutUnread = (actions: readonly Action[]): Action[] =>
  actions
    .map((action) => ({
      ...action,
      lines: action.lines.filter(({ doubts }) => !doubts.some(({ isUnread }) => isUnread)),
    }))
    .filter(({ lines }, at) => lines.length > 0 || actions[at]!.lines.length === 0);

function compared(utterance: Utterance, reading: Reading, gold: readonly GoldAction[]): Scored {
  const { text, context } = utterance;
  const saying = (intent: string): Said => ({ text, intent, cart: context?.cart ?? [] });
  const wanted = gold.flatMap(({ intent, items }) =>
    intent === 'out_of_scope' || intent === 'answer' ? [] : items.map((item) => ({ intent, item })),
  );
  const found = reading.actions.flatMap((action) =>
    action.intent === 'out_of_scope' || action.intent === 'answer'
      ? []
      : action.lines.map((line) => ({ action, line })),
  );
  const left = [...wanted];
  const points: Scored['points'] = [];
  let right = 0;
  const asked = reading.actions.flatMap(({ lines }) => lines.filter(({ doubts }) => doubts.length > 0));
  const offAsked: boolean[] = [];
  const off = new Set<Line>();
  for (const { action, line } of found) {
    const said = saying(action.intent);
    const at = left.findIndex(({ intent, item }) => intent === action.intent && isSame(said, line, item));
    const isNamed = at >= 0 || wanted.some((one) => one.intent === action.intent && isSameName(said, line, one.item));
    points.push(...pointsOf(line, at >= 0, isNamed));
    if (at >= 0) {
      right++;
      left.splice(at, 1);
      continue;
    }
    // Of a wrong thing not its amount may be asked, but whether it is meant.
    offAsked.push(line.doubts.some(({ kind }) => isNamed || (kind !== 'how_much' && kind !== 'which_size')));
    off.add(line);
  }
  for (const { item } of left) {
    const [from, to] = codeUnits(text, item.span);
    offAsked.push(asked.some(({ span }) => span[0] < to && from < span[1]) || isSwapAsked(item, left, asked, text));
  }
  const intents = intentsOf(reading.actions);
  const goldIntents = intentsOf(gold);
  const isIntent =
    intents.join() === goldIntents.join() || isSameButPlaced(intents, goldIntents, reading.actions, gold);
  if (!isIntent) offAsked.push(...intentsAsked(reading.actions, goldIntents));
  const isOff = offAsked.length > 0;
  const mustAsk = (utterance.ask ?? []).length > 0;
  const isAskedThere = (utterance.ask ?? []).some(({ about }) => asked.some((line) => isAbout(line, about, gold)));
  const outcome = isOff
    ? offAsked.every(Boolean)
      ? 'rightly asked'
      : 'silently wrong'
    : mustAsk
      ? isAskedThere
        ? 'rightly asked'
        : 'silently wrong'
      : asked.length > 0
        ? 'needlessly asked'
        : 'right';
  return {
    id: utterance.id,
    text,
    isExact: !isOff,
    isIntent,
    outcome,
    hasAsked: asked.length > 0,
    right,
    found: found.length,
    wanted: wanted.length,
    said: told(reading.actions, off),
    gold: gold
      .map(
        ({ intent, items }) =>
          `${intent} ${items.map((item) => [item.name, item.quantity, item.unit, item.size].filter((one) => one !== null).join('|')).join('; ')}`,
      )
      .join(' ## '),
    points,
    intentPoints: reading.actions.map((action) => ({
      by: action.by,
      confidence: action.confidence,
      isRight: goldIntents.includes(action.intent),
    })),
    isOutside: gold.every(({ intent }) => intent === 'out_of_scope'),
  };
}

/** "The butter should be unsalted": what is asked about one side of a swap is asked about the swap. */
function isSwapAsked(
  item: GoldItem,
  left: readonly { item: GoldItem }[],
  asked: readonly Line[],
  text: string,
): boolean {
  if (item.role !== 'from' && item.role !== 'to') return false;
  return left.some((other) => {
    const [from, to] = codeUnits(text, other.item.span);
    return other.item.role !== undefined && asked.some(({ span }) => span[0] < to && from < span[1]);
  });
}

/** Whether what was to be done and was read as something else was asked about: each action that nobody asked for, and each that is missing. */
function intentsAsked(actions: readonly Action[], goldIntents: readonly string[]): boolean[] {
  const hasAsked = ({ lines }: Action): boolean => lines.some(({ doubts }) => doubts.length > 0);
  const strange = actions.filter(({ intent }) => !goldIntents.includes(intent));
  const missing = goldIntents.filter((intent) => !actions.some((action) => action.intent === intent));
  // What came in the place of something else asks for both.
  return strange.length > 0 ? strange.map(hasAsked) : missing.length > 0 ? [actions.some(hasAsked)] : [];
}

/** Whether a line that was asked about is the thing that had to be. */
function isAbout(line: Line, about: string, gold: readonly GoldAction[]): boolean {
  const words = bag(about);
  const written = gold.flatMap(({ items }) => items.filter(({ name }) => name === about));
  const names = [about, ...written.map(({ name, name_written }) => name_written ?? name)].map(bag);
  return (
    words.length === 0 ||
    names.some((name) => bag(`${line.brand ?? ''} ${line.name}`).some((word) => name.includes(word)))
  );
}

const intentsOf = (actions: readonly { intent: string }[]): string[] => {
  const all = actions.map(({ intent }) => intent);
  const kept = all.filter((intent, at) => intent !== all[at - 1]);
  return kept.length > 1 && kept.includes('add') ? kept.filter((intent) => intent !== 'out_of_scope') : kept;
};

/** A demand may stand in the action it was said with or be one of its own: what holds in the end is the same. */
function isSameButPlaced(
  own: readonly string[],
  gold: readonly string[],
  actions: readonly Action[],
  goldActions: readonly GoldAction[],
): boolean {
  const rest = (all: readonly string[]): string => all.filter((intent) => intent !== 'constrain').join();
  const demands = (all: readonly { constraints?: object }[]): string =>
    [...new Set(all.flatMap(({ constraints }) => Object.keys(constraints ?? {})))].sort().join();
  return rest(own) !== '' && rest(own) === rest(gold) && demands(actions) === demands(goldActions);
}

const told = (actions: readonly Action[], off: ReadonlySet<Line>): string =>
  actions
    .map(
      ({ intent, lines }) =>
        `${intent} ${lines.map((line) => (off.has(line) ? '✗' : '') + [line.name, line.quantity, line.unit, line.size].filter((one) => one !== null).join('|') + (line.doubts.length > 0 ? `?${line.doubts.map(({ kind }) => kind).join('+')}` : '')).join('; ')}`,
    )
    .join(' ## ');

function pointsOf({ sure }: Line, isRight: boolean, isNamed: boolean): Point[] {
  if (!sure) return [];
  const { name, amount, signs } = sure;
  const points: Point[] = [{ of: 'name', confidence: name, isRight: isNamed, signs }];
  if (isNamed) points.push({ of: 'amount', confidence: amount, isRight, signs });
  return points;
}

export function figuresOf(set: string, all: readonly Scored[]): Figure[] {
  const share = (measure: string, holds: (one: Scored) => boolean, among: readonly Scored[] = all) =>
    figure(set, measure, among.filter(holds).length, among.length);
  const points = all.flatMap((one) => one.points);
  return [
    itemF1(set, all),
    share('utterance exact', ({ isExact }) => isExact),
    share('intent', ({ isIntent }) => isIntent),
    share(
      'out of scope recall',
      ({ isIntent }) => isIntent,
      all.filter(({ isOutside }) => isOutside),
    ),
    share('right or rightly asked', ({ outcome }) => outcome === 'right' || outcome === 'rightly asked'),
    share('rightly asked', ({ outcome }) => outcome === 'rightly asked'),
    share('needlessly asked', ({ outcome }) => outcome === 'needlessly asked'),
    share('asked', ({ hasAsked }) => hasAsked),
    share('silently wrong', ({ outcome }) => outcome === 'silently wrong'),
    calibrationFigure(set, 'calibration error', points),
    calibrationFigure(
      set,
      'calibration error of intents',
      all.flatMap(({ intentPoints }) => intentPoints),
    ),
  ];
}
