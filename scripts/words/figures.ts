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
  const share = n === 0 ? 0 : hits / n;
  const z = 1.96;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return { set, measure, value: share, n, low: n === 0 ? 0 : middle - half, high: n === 0 ? 1 : middle + half };
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
