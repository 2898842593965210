import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWords } from '../src/modules/words/reading/read-words.js';
import { calibrationError, type Figure } from './words/figures.js';
import { heldOut, shown } from './words/held-out.js';
import { ownSentences } from './words/own-sentences.js';
import { figuresOf, peopleSet, scored } from './words/score-people.js';
import { composedFigures, composedSet, phraseFigures, phraseSet } from './words/score-lines.js';

const DATA = join(process.cwd(), 'data', 'eval');

/** Where public data are that are measured on and never shipped: the first argument that is no option. */
const publicFolder = (): string | null => process.argv.slice(2).find((word) => !word.startsWith('--')) ?? null;

/** Of this process's own time, the median of five: what else the machine does is not counted. */
function milliseconds(texts: readonly string[]): { p50: number; p95: number } {
  const times: number[] = [];
  for (const text of texts) {
    const runs = Array.from({ length: 5 }, () => {
      const start = process.cpuUsage();
      readWords(text, { locale: 'en-US' });
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    });
    times.push(runs.sort((a, b) => a - b)[2]!);
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(times.length / 2)]!, p95: times[Math.floor(times.length * 0.95)]! };
}

const percent = (share: number): string => (100 * share).toFixed(1).padStart(5);

if (require.main === module) {
  const people = peopleSet(join(DATA, 'words_people_dev.jsonl'));
  const outcomes = people.map((one) => scored(one));
  const two = peopleSet(join(DATA, 'words_people_two.jsonl')).map((one) => scored(one));
  const own = ownSentences().map((one) => scored(one));
  const composed = composedSet(join(DATA, 'words_composed_dev.jsonl'));
  const figures: Figure[] = [
    ...figuresOf('people dev', outcomes),
    ...figuresOf('people dev held out', heldOut(outcomes)),
    ...figuresOf('people two', two),
    ...figuresOf('own sentences', own),
    ...composedFigures('carts composed', composed),
    ...composedFigures('carts composed held out', heldOut(composed)),
  ];
  const folder = publicFolder();
  const phrases =
    folder && existsSync(join(folder, 'ingredient_phrases_dev.csv'))
      ? phraseSet(join(folder, 'ingredient_phrases_dev.csv'))
      : null;
  if (phrases)
    figures.push(...phraseFigures('phrases dev', phrases), ...phraseFigures('phrases dev held out', heldOut(phrases)));
  for (const { set, measure, value, n, low, high } of figures)
    console.log(
      `${set.padEnd(23)} ${measure.padEnd(30)} ${percent(value)} %  n ${String(n).padStart(4)}  [${percent(low)}, ${percent(high)}]`,
    );
  const times = milliseconds(people.map(({ text }) => text));
  console.log(`an utterance: p50 ${times.p50.toFixed(2)} ms, p95 ${times.p95.toFixed(2)} ms`);
  if (process.argv.includes('--write')) {
    const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
    const measured = figures.map(({ value, low, high, ...rest }) => ({
      ...rest,
      value: rounded(value),
      low: Math.max(0, rounded(low)),
      high: Math.min(1, rounded(high)),
    }));
    const { curve } = calibrationError(heldOut(outcomes).flatMap(({ points }) => points));
    const file = {
      measured,
      curve: curve.map(({ said, right, n }) => ({ said: rounded(said), right: rounded(right), n })),
    };
    writeFileSync(join(process.cwd(), 'data', 'words', 'accuracy.json'), `${JSON.stringify(file, null, 2)}\n`);
  }
  // Whoever mends sees the others alone, so that those held out tell of sentences nobody tuned to.
  if (process.argv.includes('--misses')) {
    for (const one of [...shown(outcomes), ...two, ...own].filter(({ outcome }) => outcome !== 'right'))
      console.log(`${one.outcome}: ${one.id} ${JSON.stringify(one.text)}\n    ${one.said}\n    WANT ${one.gold}`);
    for (const { miss } of [...shown(composed), ...shown(phrases ?? [])]) if (miss !== null) console.log(miss);
  }
}
