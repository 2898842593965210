import { readFileSync } from 'node:fs';
import { csvRows } from '../../src/common/csv.js';
import { stemsOf } from '../../src/modules/words/reading/lexis/lexicon.js';
import { readLine } from '../../src/modules/words/reading/read-line.js';
import { readWords } from '../../src/modules/words/reading/read-words.js';
import { f1, figure, type Figure } from './figures.js';

interface Composed {
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

/** Carts composed of labelled lines: things by action, name, quantity and unit. */
export function composedFigures(path: string): { figures: Figure[]; misses: string[] } {
  const all = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Composed);
  let [right, found, wanted, exact, intents] = [0, 0, 0, 0, 0];
  const misses: string[] = [];
  for (const { text, intent, items } of all) {
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
    right += hits.length;
    found += own.length;
    wanted += items.length;
    const isExact = hits.length === items.length && left.length === 0;
    if (isExact) exact++;
    else
      misses.push(
        `${text} => ${own.map((line) => [line.action, line.quantity, line.unit, line.name].join('|')).join('; ')} WANT ${items.map((item) => [item.action, item.quantity, item.unit, item.name].join('|')).join('; ')}`,
      );
    if (actions.map((action) => `${action.intent}_item`).join() === intent) intents++;
  }
  return {
    figures: [
      f1('carts composed', 'item F1', right, found, wanted),
      figure('carts composed', 'utterance exact', exact, all.length),
      figure('carts composed', 'intent', intents, all.length),
    ],
    misses,
  };
}

/** Labelled lines of recipes: quantity, unit and name of the first thing in each. */
export function phraseFigures(set: string, path: string): { figures: Figure[]; misses: string[] } {
  const rows = csvRows(readFileSync(path, 'utf8'));
  const counts = { quantity: 0, unit: 0, name: 0, all: 0 };
  const misses: string[] = [];
  for (const { phrase, quantity, unit, name } of rows) {
    const line = readLine(phrase!, { locale: 'en-US' });
    const isQuantity =
      isNear(line?.quantity ?? null, quantity === '' ? null : Number(quantity)) ||
      (quantity === '' && line?.quantity === 1);
    const isUnit = (line?.unit ?? '') === unit;
    const isName = words(line?.name ?? '') === words(name!);
    if (isQuantity) counts.quantity++;
    if (isUnit) counts.unit++;
    if (isName) counts.name++;
    if (isQuantity && isUnit && isName) counts.all++;
    else misses.push(`${phrase} => ${line?.quantity}|${line?.unit}|${line?.name} WANT ${quantity}|${unit}|${name}`);
  }
  return {
    figures: (['quantity', 'unit', 'name', 'all'] as const).map((measure) =>
      figure(set, measure === 'all' ? 'all three fields' : measure, counts[measure], rows.length),
    ),
    misses,
  };
}
