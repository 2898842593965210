import { bestPath } from '../../src/modules/words/reading/learned/viterbi.js';
import type { Random } from './compose-names.js';

/** A sequence to learn from: the features and class of each token, and its label. */
export interface Sample {
  features: Uint32Array[];
  classes: number[];
  labels: Int8Array;
}
export interface Shape {
  labels: number;
  classes: number;
  epochs: number;
  /** How often it is learned anew, in another order; the mean of all is kept, which errs less than any of them. */
  rounds?: number;
  /** A feature that fewer tokens have is not learned. */
  least: number;
  /** In thousandths: how sure a difference of one makes. */
  scale: number;
}

/**
 * Learns weights by the averaged structured perceptron: whole numbers alone, so that the same samples give the same bytes everywhere.
 * Answers the file that `Weights.read` reads.
 */
export function learn(samples: readonly Sample[], shape: Shape, random: Random): Buffer {
  const index = indexed(samples, shape.least);
  const compact = samples.map(({ features }) =>
    features.map((all) => Int32Array.from([...all].map((hash) => index.get(hash) ?? -1).filter((id) => id >= 0))),
  );
  const { labels, classes } = shape;
  const sums = new Float64Array(index.size * labels);
  const stepSums = new Float64Array(classes * (labels + 1) * labels);
  const rounds = shape.rounds ?? 1;
  for (let round = 0; round < rounds; round++) learnOnce(samples, compact, shape, random, sums, stepSums);
  return packed(
    index,
    shape,
    (at) => sums[at]! / rounds,
    Array.from(stepSums, (sum) => sum / rounds),
  );
}

/** Adds what one round learns to the sums: weights by feature and label, steps by class, label before and label. */
function learnOnce(
  samples: readonly Sample[],
  compact: readonly (readonly Int32Array[])[],
  { labels, epochs }: Shape,
  random: Random,
  sums: Float64Array,
  stepSums: Float64Array,
): void {
  const weights = new Int32Array(sums.length);
  const totals = new Float64Array(sums.length);
  const steps = new Int32Array(stepSums.length);
  const stepTotals = new Float64Array(steps.length);
  let moment = 0;
  const order = samples.map((_, at) => at);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    let wrong = 0;
    for (const at of order) {
      moment++;
      const sample = samples[at]!;
      const rows = compact[at]!;
      const emissions = new Float64Array(rows.length * labels);
      for (let token = 0; token < rows.length; token++)
        for (const id of rows[token]!)
          for (let label = 0; label < labels; label++)
            emissions[token * labels + label]! += weights[id * labels + label]!;
      const path = bestPath({ labels, emissions, classes: sample.classes, steps });
      let isRight = true;
      for (let token = 0; token < rows.length; token++) {
        const [gold, guess] = [sample.labels[token]!, path[token]!];
        const [goldBefore, guessBefore] = token === 0 ? [0, 0] : [sample.labels[token - 1]! + 1, path[token - 1]! + 1];
        if (gold !== guess || goldBefore !== guessBefore) {
          const row = sample.classes[token]! * (labels + 1);
          const [up, down] = [(row + goldBefore) * labels + gold, (row + guessBefore) * labels + guess];
          steps[up]! += 1;
          stepTotals[up]! += moment;
          steps[down]! -= 1;
          stepTotals[down]! -= moment;
        }
        if (gold === guess) continue;
        isRight = false;
        for (const id of rows[token]!) {
          weights[id * labels + gold]! += 1;
          totals[id * labels + gold]! += moment;
          weights[id * labels + guess]! -= 1;
          totals[id * labels + guess]! -= moment;
        }
      }
      if (!isRight) wrong++;
    }
    console.log(`epoch ${epoch + 1}: ${wrong} of ${samples.length} wrong`);
  }
  // The mean over all moments: w - totals / moments.
  for (let at = 0; at < sums.length; at++) sums[at]! += weights[at]! - totals[at]! / (moment + 1);
  for (let at = 0; at < stepSums.length; at++) stepSums[at]! += steps[at]! - stepTotals[at]! / (moment + 1);
}

function indexed(samples: readonly Sample[], least: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { features } of samples)
    for (const all of features) for (const hash of all) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= least).map(([hash]) => hash);
  kept.sort((a, b) => a - b);
  return new Map(kept.map((hash, at) => [hash, at]));
}

function shuffle(order: number[], random: Random): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
}

/** How many units of a kept number one step of learning is. */
const GRAIN = 4;

function packed(
  index: ReadonlyMap<number, number>,
  shape: Shape,
  weightAt: (at: number) => number,
  steps: readonly number[],
): Buffer {
  const { labels, classes, scale } = shape;
  const rows: { hash: number; bits: number; values: number[] }[] = [];
  for (const [hash, id] of index) {
    let bits = 0;
    const values: number[] = [];
    for (let label = 0; label < labels; label++) {
      const value = Math.max(-127, Math.min(127, Math.round(weightAt(id * labels + label) * GRAIN)));
      if (Math.abs(value) < 2) continue;
      bits |= 1 << label;
      values.push(value);
    }
    if (bits !== 0) rows.push({ hash, bits: bits >>> 0, values });
  }
  const total = rows.reduce((sum, { values }) => sum + values.length, 0);
  const file = Buffer.alloc(16 + rows.length * 8 + total + steps.length * 2);
  [rows.length, labels, classes, scale].forEach((count, at) => file.writeUInt32LE(count, at * 4));
  let at = 16;
  for (const { hash } of rows) at = file.writeUInt32LE(hash, at);
  for (const { bits } of rows) at = file.writeUInt32LE(bits, at);
  for (const { values } of rows) for (const value of values) at = file.writeInt8(value, at);
  for (const step of steps) at = file.writeInt16LE(Math.max(-32000, Math.min(32000, Math.round(step * GRAIN))), at);
  return file;
}
