import { CONTROL, type Guardrails } from './experiment.js';

/** What is compared of each decided route. */
export const MEASURES = ['dearerPercent', 'decidedAfterMs', 'commissionCents', 'confirmedPercent'] as const;
export type Measure = (typeof MEASURES)[number];

export interface Moments {
  mean: number;
  /** Of a sample; 0 of a single one. */
  variance: number;
}

/** What became of the routes of one arm; moments are of `decided`. */
export interface ArmCounts {
  arm: string;
  closed: number;
  /** Those that somebody won. */
  decided: number;
  measures: Readonly<Record<Measure, Moments>>;
}

/** The mean less that of control, and between what it lies with 95 in 100; null where either has fewer than two routes. */
export interface Difference {
  mean: number;
  low: number;
  high: number;
}

const Z95 = 1.96;

/** Welch's interval in the normal approximation. Pure. */
export function differenceOf(arm: ArmCounts, control: ArmCounts, measure: Measure): Difference | null {
  if (arm.decided < 2 || control.decided < 2) return null;
  const [own, other] = [arm.measures[measure], control.measures[measure]];
  const mean = own.mean - other.mean;
  const half = Z95 * Math.sqrt(own.variance / arm.decided + other.variance / control.decided);
  return { mean, low: mean - half, high: mean + half };
}

/**
 * Why an arm is to be stopped: surely (the whole interval) beyond a guardrail, or fewer of its routes are won by somebody. Null while it may
 * go on. Pure.
 */
export function harmOf(arm: ArmCounts, control: ArmCounts, rails: Guardrails): string | null {
  if (arm.arm === CONTROL || arm.decided < rails.leastRoutes || control.decided < rails.leastRoutes) return null;
  const between = ({ low, high }: Difference, unit: string) => `${round(low)} to ${round(high)} ${unit}`;
  const dearer = differenceOf(arm, control, 'dearerPercent')!;
  if (dearer.low > rails.dearerPercent) return `pays more over the cheapest: ${between(dearer, 'points')}`;
  const slower = differenceOf(arm, control, 'decidedAfterMs')!;
  if (slower.low > rails.slowerMs) return `is slower: ${between(slower, 'ms')}`;
  const earns = differenceOf(arm, control, 'commissionCents')!;
  if (rails.commissionDropCents !== undefined && earns.high < -rails.commissionDropCents)
    return `earns less: ${between(earns, 'cents a route')}`;
  const confirmed = differenceOf(arm, control, 'confirmedPercent')!;
  if (confirmed.high < -rails.confirmedDropPercent) return `is confirmed less: ${between(confirmed, 'points')}`;
  return null;
}

const round = (value: number): number => Math.round(value * 100) / 100;
