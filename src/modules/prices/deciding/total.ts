import type { Verdict } from './verdict.js';

/** A line with what it costs and how its price was judged; `usualCents` is the median for as much. */
export interface JudgedLine {
  costCents: number;
  verdict: Verdict;
  percentile: number | null;
  usualCents: number | null;
}

export interface JudgedTotal {
  verdict: Verdict;
  percentile: number | null;
  askedCents: number;
  judgedCents: number;
  usualCents: number | null;
}

/** Of a total that can be judged for the half of its money or more. */
const ENOUGH = 0.5;
const LOW = 0.75;
const TOLERANCE = 0.02;

/** A whole cart by its lines, each weighed by what it costs; `unknown` where most of the money is of lines that are. Pure. */
export function judgeTotal(lines: readonly JudgedLine[]): JudgedTotal {
  const judged = lines.filter(
    ({ verdict, percentile, usualCents }) => verdict !== 'unknown' && percentile !== null && usualCents !== null,
  );
  const askedCents = sum(lines.map(({ costCents }) => costCents));
  const judgedCents = sum(judged.map(({ costCents }) => costCents));
  if (judgedCents === 0) return { verdict: 'unknown', percentile: null, askedCents, judgedCents, usualCents: null };
  const weighed = sum(judged.map(({ costCents, percentile }) => costCents * percentile!)) / judgedCents;
  const percentile = Math.round(weighed * 1e4) / 1e4;
  const usualCents = sum(judged.map((line) => line.usualCents!));
  const isEnough = judgedCents >= askedCents * ENOUGH;
  return {
    verdict: isEnough ? verdictOf(percentile, judgedCents, usualCents) : 'unknown',
    percentile,
    askedCents,
    judgedCents,
    usualCents,
  };
}

function verdictOf(percentile: number, cents: number, usualCents: number): Verdict {
  if (percentile >= LOW && cents < usualCents * (1 - TOLERANCE)) return 'low';
  if (percentile <= 1 - LOW && cents > usualCents * (1 + TOLERANCE)) return 'high';
  return 'usual';
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
