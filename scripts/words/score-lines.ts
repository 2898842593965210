import { readFileSync } from 'node:fs';
import { csvRows } from '../../src/common/csv.js';
import { stemsOf } from '../../src/modules/words/reading/lexis/lexicon.js';
import { readLine } from '../../src/modules/words/reading/read-line.js';
import { readWords } from '../../src/modules/words/reading/read-words.js';
import { figure, itemF1, type Figure } from './figures.js';

interface Composed {
  id: string;
  text: string;
  intent: string;
  items: { name: string; quantity: number | null; unit: string | null; action?: string }[];
}

const words = (name: string): string =>
  stemsOf(name)
    .filter((stem) => /[\p{L}\d]/u.test(stem))
    .join(' ');
const isNear = (one: number | null, other: number | null): boolean =>
  one === null || other === null ? one === other : Math.abs(one - other) < 0.01;
/** A packet is a pack. */
const sameUnit = (unit: string | null | undefined): string | null => (unit === 'package' ? 'pack' : (unit ?? null));
/** The words of a name without those of size, which one labelling keeps in it and another does not. */
const bare = (name: string): string =>
  words(name.replace(/\b(large|small|medium|big|medium-size|lg|sm|md|extra-large)\b/gi, ' '));

export interface ScoredCart {
  id: string;
  right: number;
  found: number;
  wanted: number;
  isIntent: boolean;
  hasAsked: boolean;
  /** What went wrong, as a line to read; null where nothing did. */
  miss: string | null;
}

/** Carts composed of labelled lines: things by action, name, quantity and unit. */
export const composedSet = (path: string): ScoredCart[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => scoredCart(JSON.parse(line) as Composed));

function scoredCart({ id, text, intent, items }: Composed): ScoredCart {
  const { actions } = readWords(text, { locale: 'en-US' });
  const own = actions.flatMap((action) =>
    action.lines.map((line) => ({
      ...line,
      action: action.intent === 'remove' || line.role === 'from' ? 'remove' : 'add',
    })),
  );
  const left = [...own];
  const hits = items.filter((item) => {
    const at = left.findIndex(
      (line) =>
        (item.action ?? 'add') === line.action &&
        isNear(line.quantity, item.quantity) &&
        sameUnit(line.unit) === sameUnit(item.unit) &&
        (words(line.name) === words(item.name) || bare(line.name) === bare(item.name)),
    );
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return {
    id,
    right: hits.length,
    found: own.length,
    wanted: items.length,
    hasAsked: actions.some(({ lines }) => lines.some(({ doubts }) => doubts.length > 0)),
    isIntent: actions.map((action) => `${action.intent}_item`).join() === intent,
    miss:
      hits.length === items.length && left.length === 0
        ? null
        : `${id} ${text} => ${own.map((line) => [line.action, line.quantity, line.unit, line.name].join('|')).join('; ')} WANT ${items.map((item) => [item.action, item.quantity, item.unit, item.name].join('|')).join('; ')}`,
  };
}

export function composedFigures(set: string, all: readonly ScoredCart[]): Figure[] {
  return [
    itemF1(set, all),
    figure(set, 'utterance exact', all.filter(({ miss }) => miss === null).length, all.length),
    figure(set, 'intent', all.filter(({ isIntent }) => isIntent).length, all.length),
    figure(set, 'asked', all.filter(({ hasAsked }) => hasAsked).length, all.length),
  ];
}

export interface ScoredPhrase {
  id: string;
  quantity: boolean;
  unit: boolean;
  name: boolean;
  miss: string | null;
}

/** Labelled lines of recipes: quantity, unit and name of the first thing in each. */
export const phraseSet = (path: string): ScoredPhrase[] =>
  csvRows(readFileSync(path, 'utf8')).map(({ phrase, quantity, unit, name }) => {
    const line = readLine(phrase!, { locale: 'en-US' });
    const isQuantity =
      isNear(line?.quantity ?? null, quantity === '' ? null : Number(quantity)) ||
      (quantity === '' && line?.quantity === 1);
    const isUnit = (line?.unit ?? '') === unit;
    const isName = words(line?.name ?? '') === words(name!);
    return {
      id: phrase!,
      quantity: isQuantity,
      unit: isUnit,
      name: isName,
      miss:
        isQuantity && isUnit && isName
          ? null
          : `${phrase} => ${line?.quantity}|${line?.unit}|${line?.name} WANT ${quantity}|${unit}|${name}`,
    };
  });

export function phraseFigures(set: string, all: readonly ScoredPhrase[]): Figure[] {
  const share = (measure: string, holds: (one: ScoredPhrase) => boolean): Figure =>
    figure(set, measure, all.filter(holds).length, all.length);
  return [
    share('quantity', ({ quantity }) => quantity),
    share('unit', ({ unit }) => unit),
    share('name', ({ name }) => name),
    share('all three fields', ({ miss }) => miss === null),
  ];
}
