import { readFileSync } from 'node:fs';
import { stemsOf } from '../../src/modules/words/reading/lexis/lexicon.js';
import type { Signs, Sureness } from '../../src/modules/words/reading/learned/sureness.js';
import type { Action, Line, Reading } from '../../src/modules/words/reading/reading.js';
import { readWords } from '../../src/modules/words/reading/read-words.js';
import { calibrationFigure, figure, itemF1, type Certainty, type Figure } from './figures.js';

interface GoldItem {
  name: string;
  name_written?: string;
  quantity: number | null;
  unit: string | null;
  size: string | null;
  brand: string | null;
  notes: string | null;
  diet: string | null;
  span: [number, number];
  name_span: [number, number];
  role?: string;
  open?: string[];
}
interface GoldAction {
  intent: string;
  items: GoldItem[];
  constraints?: object;
}
interface Utterance {
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
  const all = [utterance.gold, ...(utterance.alt_gold ?? [])].map((gold) => compared(utterance, reading, gold));
  return all.sort((a, b) => RANK[b.outcome] - RANK[a.outcome] || b.right - a.right)[0]!;
}
const RANK = { right: 3, 'rightly asked': 2, 'needlessly asked': 1, 'silently wrong': 0 } as const;

function compared(utterance: Utterance, reading: Reading, gold: readonly GoldAction[]): Scored {
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
  let isOff = false;
  const asked = reading.actions.flatMap(({ lines }) => lines.filter(({ doubts }) => doubts.length > 0));
  const offAsked: boolean[] = [];
  const off = new Set<Line>();
  for (const { action, line } of found) {
    const at = left.findIndex(({ intent, item }) => intent === action.intent && isSame(utterance.text, line, item));
    points.push(...pointsOf(utterance.text, action, line, at >= 0, wanted));
    if (at >= 0) {
      right++;
      left.splice(at, 1);
      continue;
    }
    offAsked.push(line.doubts.length > 0);
    off.add(line);
  }
  const spanOf = ({ item }: { item: GoldItem }): readonly [number, number] => codeUnits(utterance.text, item.span);
  for (const one of left) {
    const [from, to] = spanOf(one);
    offAsked.push(asked.some(({ span }) => span[0] < to && from < span[1]));
  }
  const intents = intentsOf(reading.actions);
  const goldIntents = intentsOf(gold);
  const isIntent =
    intents.join() === goldIntents.join() || isSameButPlaced(intents, goldIntents, reading.actions, gold);
  if (!isIntent) offAsked.push(asked.length > 0 && offAsked.length > 0);
  isOff = offAsked.length > 0;
  const mustAsk = (utterance.ask ?? []).length > 0;
  const isExact = !isOff && gold.every((_, at) => at >= 0);
  const outcome = isOff
    ? offAsked.every(Boolean)
      ? 'rightly asked'
      : 'silently wrong'
    : mustAsk
      ? asked.length > 0
        ? 'rightly asked'
        : 'silently wrong'
      : asked.length > 0
        ? 'needlessly asked'
        : 'right';
  return {
    id: utterance.id,
    text: utterance.text,
    isExact,
    isIntent,
    outcome,
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

function pointsOf(
  text: string,
  { intent }: Action,
  line: Line,
  isRight: boolean,
  wanted: readonly { intent: string; item: GoldItem }[],
): Point[] {
  if (!line.sure) return [];
  const { name, amount, signs } = line.sure;
  const isNamed = isRight || wanted.some((one) => one.intent === intent && isSameName(text, line, one.item));
  const points: Point[] = [{ of: 'name', confidence: name, isRight: isNamed, signs }];
  if (isNamed) points.push({ of: 'amount', confidence: amount, isRight, signs });
  return points;
}

const codeUnits = (text: string, [from, to]: readonly [number, number]): [number, number] => {
  const points = Array.from(text);
  return [points.slice(0, from).join('').length, points.slice(0, to).join('').length];
};

function isSame(text: string, line: Line, item: GoldItem): boolean {
  if (item.role && line.role !== item.role) return false;
  const isOpen = (field: string) => item.open?.includes(field) ?? false;
  return isSameName(text, line, item) && (isOpen('quantity') || isSameAmount(line, item));
}

/** By the words as they were written or as gold puts them right; words that both keep as notes, brand or size may stand in either place. */
function isSameName(text: string, line: Line, item: GoldItem): boolean {
  const [from, to] = codeUnits(text, item.name_span);
  const free = new Set(
    [
      item.brand,
      item.notes,
      item.diet,
      item.size,
      line.brand,
      line.notes,
      'large small medium big little of the a fresh some organic',
    ].flatMap((words) => bag(words ?? '')),
  );
  const own = bag(line.name).filter((word) => !free.has(word));
  const names = [item.name, item.name_written ?? item.name, text.slice(from, to), item.brand ?? item.name];
  return names.some((name) => {
    const words = bag(name);
    const core = words.filter((word) => !free.has(word));
    return (
      (core.join(' ') === own.join(' ') && own.length > 0) ||
      bag(line.name).join(' ') === words.join(' ') ||
      bag(`${line.brand ?? ''} ${line.name}`).join(' ') === words.join(' ')
    );
  });
}
const bag = (text: string): string[] =>
  [
    ...new Set(
      stemsOf(text)
        .flatMap((stem) => stem.split('_'))
        .filter((stem) => /[\p{L}\d]/u.test(stem)),
    ),
  ].sort();

function isSameAmount(line: Line, item: GoldItem): boolean {
  const own = amountKey(line.quantity, line.unit, line.size);
  const gold = amountKey(item.quantity, item.unit, item.size);
  return own === gold;
}

/** Twelve are a dozen; a bare amount and a size of one are the same. */
function amountKey(quantity: number | null, unit: string | null, size: string | null): string {
  const sized = /^(\d+(?:\.\d+)?)\s*-?\s*([a-z. ]+)$/i.exec(size ?? '');
  const sizeKey = sized
    ? `${sized[1]} ${SHORT[sized[2]!.trim().toLowerCase()] ?? sized[2]!.trim().toLowerCase()}`
    : size && /^\d/.test(size)
      ? size
      : null;
  if (unit === 'dozen') return `${(quantity ?? 1) * 12} each ${sizeKey}`;
  const kind = unit === null || unit === 'each' || unit === 'count' || unit === 'medium' ? 'each' : unit;
  if (sizeKey !== null && quantity === null) return `${sizeKey} null`;
  if (kind !== 'each' && sizeKey === null && SIZES.has(kind)) return `${quantity} ${kind} null`;
  return `${quantity ?? ''} ${kind} ${sizeKey}`;
}
const SHORT: Readonly<Record<string, string>> = {
  oz: 'ounce',
  lb: 'pound',
  lbs: 'pound',
  g: 'gram',
  kg: 'kilogram',
  ml: 'milliliter',
  l: 'liter',
  ct: 'count',
  pk: 'count',
  'fl oz': 'fluid ounce',
  pack: 'count',
};
const SIZES = new Set([
  'ounce',
  'pound',
  'gram',
  'kilogram',
  'milliliter',
  'liter',
  'fluid ounce',
  'pint',
  'gallon',
  'quart',
]);

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
    share('silently wrong', ({ outcome }) => outcome === 'silently wrong'),
    calibrationFigure(set, 'calibration error', points),
    calibrationFigure(
      set,
      'calibration error of intents',
      all.flatMap(({ intentPoints }) => intentPoints),
    ),
  ];
}
