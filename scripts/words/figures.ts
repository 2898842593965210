import { randomOf } from '../../src/common/random.js';
import { shareOf } from '../../src/modules/words/accuracy/deciding/share.js';

export interface Figure {
  set: string;
  measure: string;
  value: number;
  /** How many cases the share is of. */
  n: number;
  /** The 95 % interval of the share (Wilson). */
  low: number;
  high: number;
}

export function figure(set: string, measure: string, hits: number, n: number): Figure {
  return { set, measure, ...shareOf(hits, n) };
}

/** The balance of what was found rightly, of all found and of all there is. Its interval is that of a share of both together. */
export function f1(set: string, measure: string, right: number, found: number, wanted: number): Figure {
  return figure(set, measure, 2 * right, found + wanted);
}

export interface Certainty {
  confidence: number;
  isRight: boolean;
}

/** Points of certainty in ten bins: how far what was said lies from what came true, on the mean. */
export function calibrationError(points: readonly Certainty[]): {
  error: number;
  curve: { said: number; right: number; n: number }[];
} {
  const curve: { said: number; right: number; n: number }[] = [];
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const inside = points.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin);
    if (inside.length === 0) continue;
    const said = inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length;
    const right = inside.filter(({ isRight }) => isRight).length / inside.length;
    error += (inside.length / points.length) * Math.abs(said - right);
    curve.push({ said, right, n: inside.length });
  }
  return { error, curve };
}

/** The calibration error of a set. Its interval is that of 400 draws from the same points. */
export function calibrationFigure(set: string, measure: string, points: readonly Certainty[]): Figure {
  const random = randomOf(points.length + 1);
  const draws = Array.from({ length: 400 }, () => {
    const drawn = points.map(() => points[Math.floor(random() * points.length)]!);
    return calibrationError(drawn).error;
  }).sort((a, b) => a - b);
  const value = calibrationError(points).error;
  // Few draws err as little as all points together do.
  return { set, measure, value, n: points.length, low: Math.min(value, draws[10] ?? 0), high: draws[389] ?? 1 };
}

/** Of all items of a set, how many were found and how many of what was found is right. */
export function itemF1(set: string, all: readonly { right: number; found: number; wanted: number }[]): Figure {
  const sum = (of: (one: (typeof all)[number]) => number): number => all.reduce((total, one) => total + of(one), 0);
  return f1(
    set,
    'item F1',
    sum(({ right }) => right),
    sum(({ found }) => found),
    sum(({ wanted }) => wanted),
  );
}
