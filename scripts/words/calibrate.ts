import { join } from 'node:path';
import { RAW, type Curve, type Curves } from '../../src/modules/words/reading/learned/calibration.js';
import type { Certainty } from './figures.js';
import { peopleSet, scored } from './score-people.js';

/**
 * How raw certainties are to be told, from the people-style sentences: for each kind a curve of two numbers (p = s(a · logit(raw) + b)), so
 * that it follows how often and not which sentences were right.
 */
export function calibrate(): Curves {
  const all = peopleSet(join(process.cwd(), 'data', 'eval', 'words_people_dev.jsonl')).map((one) => scored(one, RAW));
  const points = all.flatMap((one) => one.points);
  return {
    known: curveOf(points.filter(({ isKnown }) => isKnown)),
    stranger: curveOf(points.filter(({ isKnown }) => !isKnown)),
    intent: curveOf(all.flatMap(({ intentPoints }) => intentPoints)),
  };
}

const logit = (raw: number): number =>
  Math.log(Math.min(0.999, Math.max(0.001, raw)) / (1 - Math.min(0.999, Math.max(0.001, raw))));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function curveOf(points: readonly Certainty[]): Curve {
  let [a, b] = [1, 0];
  for (let round = 0; round < 4000; round++) {
    let [da, db] = [0, 0];
    for (const { confidence, isRight } of points) {
      const x = logit(confidence);
      const off = sigmoid(a * x + b) - (isRight ? 1 : 0);
      da += off * x;
      db += off;
    }
    a -= (0.05 * da) / points.length;
    b -= (0.05 * db) / points.length;
  }
  // Closer together where certainties are dense: near all and near nothing.
  const raws = [0, ...Array.from({ length: 29 }, (_, at) => sigmoid(at / 2 - 7)), 1];
  return raws.map((raw) => [Number(raw.toFixed(4)), Number(sigmoid(a * logit(raw) + b).toFixed(3))] as const);
}
