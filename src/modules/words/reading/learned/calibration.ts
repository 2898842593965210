import { dataFile } from '../../../../platform/data-file.js';
import { once } from '../../../../vocabulary/tables.js';

export type Curve = readonly (readonly [raw: number, right: number])[];
/** Of things whose name has a word that is known, of strangers, of what is to be done. */
export type CurveName = 'known' | 'stranger' | 'intent';
export type Curves = Readonly<Record<CurveName, Curve>>;
const STRAIGHT: Curve = [
  [0, 0],
  [1, 1],
];
/** Certainties as the weights give them. */
export const RAW: Curves = { known: STRAIGHT, stranger: STRAIGHT, intent: STRAIGHT };

/** How often readings of each raw certainty were right on our own sentences (docs/words.md): straight lines between points. */
export const CURVES = once(() => JSON.parse(dataFile('words', 'calibration.json')) as Curves);

export function calibrated(raw: number, curve: Curve): number {
  let before = curve[0] ?? [0, 0];
  for (const point of curve) {
    if (raw <= point[0]) {
      const width = point[0] - before[0];
      return width <= 0 ? point[1] : before[1] + ((raw - before[0]) / width) * (point[1] - before[1]);
    }
    before = point;
  }
  return before[1];
}
