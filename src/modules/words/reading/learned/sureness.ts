import { dataFile } from '../../../../platform/data-file.js';
import { once } from '../../../../vocabulary/tables.js';

/** What tells how sure the name and the amount of a thing are, as numbers about -2 to 2; the first of each is 1. */
export interface Signs {
  readonly name: readonly number[];
  readonly amount: readonly number[];
}
/** How much each sign counts; of what is to be done, of one sign alone. */
export type Sureness = Readonly<Record<'name' | 'amount' | 'intent', readonly number[]>>;

/** How sure signs made readings of sentences that the weights were not chosen on (docs/words.md). */
export const SURENESS = once(() => JSON.parse(dataFile('words', 'calibration.json')) as Sureness);

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
/** Of a share, in quarters, so that signs are of one size; no share is nothing or all. */
export const signOf = (share: number): number => {
  const kept = Math.min(0.9995, Math.max(0.0005, share));
  return Math.log(kept / (1 - kept)) / 4;
};

/** How likely what was read is right, 0 to 1. */
export const likelihood = (signs: readonly number[], weights: readonly number[]): number =>
  sigmoid(signs.reduce((sum, sign, at) => sum + sign * (weights[at] ?? 0), 0));

/** A name that is less sure is asked about before it counts. */
export const ASK_NAME_BELOW = 0.8;

export const intentSigns = (raw: number): number[] => [1, signOf(raw)];
