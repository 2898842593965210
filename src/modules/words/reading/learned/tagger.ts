import { dataBytes } from '../../../../platform/data-file.js';
import { once } from '../../../../vocabulary/tables.js';
import type { Token } from '../lexis/tokens.js';
import { see, type Seen } from './attributes.js';
import { LABELS, type Label } from './labels.js';
import { bestPath, certainties, type Lattice } from './viterbi.js';
import { Weights } from './weights.js';

export interface Tagged {
  labels: Label[];
  /** How likely each label is, before it is calibrated. */
  sure: number[];
  seen: Seen;
}

export const TAGGER_WEIGHTS = once(() => Weights.read(dataBytes('words', 'tagger.bin')));

/**
 * The label of each token of one clause. `outside` are tokens that other rules own (a budget, a deadline), which can be no part of a
 * thing. Pure once the weights are read; total.
 */
export function tag(tokens: readonly Token[], isDanish: boolean, outside?: readonly boolean[]): Tagged {
  const weights = TAGGER_WEIGHTS();
  const seen = see(tokens, { isDanish });
  const labels = LABELS.length;
  const emissions = new Float64Array(tokens.length * labels);
  for (let at = 0; at < tokens.length; at++) {
    weights.score(seen.features[at]!, emissions, at * labels);
    if (outside?.[at]) emissions.fill(NEVER, at * labels + 1, (at + 1) * labels);
  }
  const lattice: Lattice = { labels, emissions, classes: seen.classes, steps: weights.steps, odds: weights.odds };
  const path = bestPath(lattice);
  return { labels: [...path].map((index) => LABELS[index]!), sure: certainties(lattice, path, weights.scale), seen };
}
const NEVER = -1e6;
