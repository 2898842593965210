/** Scores of a sequence: what each token says for each label, and what the step from one label to the next says before a class of word. */
export interface Lattice {
  labels: number;
  /** [token][label]. */
  emissions: Float64Array;
  /** The class of each token. */
  classes: readonly number[];
  /** [class][before][label]; the first row of `before` is the beginning. */
  steps: { readonly [index: number]: number };
  /** `steps` as factors of odds, where certainties are asked. */
  odds?: Float64Array;
}

const stepAt = ({ labels }: Lattice, kind: number, before: number): number => (kind * (labels + 1) + before) * labels;

/** The best labels of a sequence. Of two that are alike the lower number wins. */
export function bestPath(lattice: Lattice): Int8Array {
  const { labels, emissions, classes, steps } = lattice;
  const length = classes.length;
  const path = new Int8Array(length);
  if (length === 0) return path;
  const back = new Int8Array(length * labels);
  let scores = new Float64Array(labels);
  const begin = stepAt(lattice, classes[0]!, 0);
  for (let label = 0; label < labels; label++) scores[label] = emissions[label]! + steps[begin + label]!;
  for (let at = 1; at < length; at++) {
    const next = new Float64Array(labels).fill(-Infinity);
    for (let before = 0; before < labels; before++) {
      const row = stepAt(lattice, classes[at]!, before + 1);
      const so = scores[before]!;
      for (let label = 0; label < labels; label++) {
        const score = so + steps[row + label]!;
        if (score > next[label]!) {
          next[label] = score;
          back[at * labels + label] = before;
        }
      }
    }
    for (let label = 0; label < labels; label++) next[label]! += emissions[at * labels + label]!;
    scores = next;
  }
  let best = 0;
  for (let label = 1; label < labels; label++) if (scores[label]! > scores[best]!) best = label;
  for (let at = length - 1; at >= 0; at--) {
    path[at] = best;
    best = back[at * labels + best]!;
  }
  return path;
}

/** How likely each token has the label of a path, all other paths considered; `scale` turns scores into logarithms of odds. */
export function certainties(lattice: Lattice, path: Int8Array, scale: number): number[] {
  const { labels, classes } = lattice;
  const length = classes.length;
  if (length === 0) return [];
  const forward = sweep(lattice, scale, false);
  const backward = sweep(lattice, scale, true);
  return Array.from({ length }, (_, at) => {
    let most = -Infinity;
    for (let label = 0; label < labels; label++)
      most = Math.max(most, forward[at * labels + label]! + backward[at * labels + label]!);
    let total = 0;
    for (let label = 0; label < labels; label++)
      total += Math.exp(forward[at * labels + label]! + backward[at * labels + label]! - most);
    const own = at * labels + path[at]!;
    return Math.exp(forward[own]! + backward[own]! - most) / total;
  });
}

/** Logarithms of the weight of all ways to (or from) each label of each token. */
function sweep(lattice: Lattice, scale: number, isBackward: boolean): Float64Array {
  const { labels, emissions, classes, steps, odds } = lattice;
  const length = classes.length;
  const logs = new Float64Array(length * labels);
  const first = isBackward ? length - 1 : 0;
  if (!isBackward) {
    const begin = stepAt(lattice, classes[0]!, 0);
    for (let label = 0; label < labels; label++) logs[label] = scale * (emissions[label]! + steps[begin + label]!);
  }
  const weights = new Float64Array(labels);
  for (let count = 1; count < length; count++) {
    const at = isBackward ? first - count : count;
    const other = isBackward ? at + 1 : at - 1;
    let most = -Infinity;
    for (let label = 0; label < labels; label++) {
      weights[label] = logs[other * labels + label]! + (isBackward ? scale * emissions[other * labels + label]! : 0);
      most = Math.max(most, weights[label]!);
    }
    for (let label = 0; label < labels; label++) weights[label] = Math.exp(weights[label]! - most);
    for (let label = 0; label < labels; label++) {
      let sum = 0;
      for (let from = 0; from < labels; from++) {
        const place = isBackward
          ? stepAt(lattice, classes[other]!, label + 1) + from
          : stepAt(lattice, classes[at]!, from + 1) + label;
        sum += weights[from]! * (odds ? odds[place]! : Math.exp(scale * steps[place]!));
      }
      logs[at * labels + label] = most + Math.log(sum) + (isBackward ? 0 : scale * emissions[at * labels + label]!);
    }
  }
  return logs;
}
