import { stemsOf } from '../lexis/lexicon.js';
import { ASK_NAME_BELOW } from '../learned/sureness.js';
import type { Doubt, Line } from '../reading.js';

/** What things that are named in one breath say against each other: amounts that may be of either, names of which one was not read, one named twice. */
export function doubtfulTogether(text: string, lines: readonly Line[]): Line[] {
  const doubts = new Map<Line, Doubt>();
  const doubt = (line: Line, kind: Doubt['kind'], why: string) => {
    if (line.doubts.length === 0 && !doubts.has(line)) doubts.set(line, { kind, why, choices: [] });
  };
  for (const run of runsOf(text, lines)) {
    if (!isCountedAhead(run[0]!))
      for (const [at, line] of run.entries()) {
        const next = run[at + 1];
        if (!next || line.quantity !== null || !isCountedAhead(next)) continue;
        for (const one of [line, next]) doubt(one, 'how_much', 'the amount may be of either of two things');
      }
    const isBehind = run.filter(isCountedBehind).length;
    if (isBehind > 0 && isBehind < run.length)
      for (const [at, line] of run.entries()) {
        const next = run[at + 1];
        if (!next || !isCountedBehind(line) || next.quantity !== null) continue;
        for (const one of [line, next]) doubt(one, 'how_much', 'the amount may be of either of two things');
      }
    if (run.length > 1)
      for (const [at, line] of run.entries())
        if ([run[at - 1], run[at + 1]].some((other) => other !== undefined && isUnsure(other)))
          doubt(line, 'which_food', 'the words beside it were not read for sure');
  }
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1];
    if (next && EITHER.test(text.slice(line.span[1], next.span[0])))
      for (const one of [line, next]) doubt(one, 'which_food', 'either of them was said');
  }
  const names = lines.map(({ name }) => stemsOf(name).join(' '));
  for (const [at, line] of lines.entries())
    if (names.some((name, other) => other !== at && name === names[at] && lines[other]!.size === line.size))
      doubt(line, 'how_much', 'it was named twice');
  return lines.map((line) => (doubts.has(line) ? { ...line, doubts: [doubts.get(line)!] } : line));
}

/** "Chicken or maybe turkey", "leeks, failing that onions": one of two. */
const EITHER =
  /\b(or|otherwise|failing that|or else|if not|eller|ellers)\b|[,–—-]\s*(actually|hmm|or rather|faktisk)\b/i;

/** Things with nothing between them. */
function runsOf(text: string, lines: readonly Line[]): Line[][] {
  const runs: Line[][] = [];
  for (const line of lines) {
    const before = runs.at(-1)?.at(-1);
    if (before && line.span[0] >= before.span[1] && /^[^\S\n]*$/.test(text.slice(before.span[1], line.span[0])))
      runs.at(-1)!.push(line);
    else runs.push([line]);
  }
  return runs;
}

/** Whether it is not sure that its words are a name: a whole kind of goods ("chicken") is one. */
const isUnsure = ({ doubts, sure }: Line): boolean =>
  doubts.some(({ kind }) => kind === 'which_food') && (sure?.name ?? 1) < ASK_NAME_BELOW;

const isCountedBehind = ({ quantity, fields }: Line): boolean =>
  quantity !== null &&
  fields.quantity !== undefined &&
  fields.name !== undefined &&
  fields.quantity.span[0] > fields.name.span[0];
const isCountedAhead = ({ quantity, fields }: Line): boolean =>
  quantity !== null &&
  fields.quantity !== undefined &&
  fields.name !== undefined &&
  fields.quantity.span[0] < fields.name.span[0];
