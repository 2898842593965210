import { locale } from './words.js';

/** Money as people of the language write it; a dash where it is not known. */
export function money(cents: number | null | undefined, currency: string | null = 'USD'): string {
  if (cents === null || cents === undefined) return '–';
  return new Intl.NumberFormat(locale(), { style: 'currency', currency: currency ?? 'USD' }).format(cents / 100);
}

export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(
    value,
  );
}

export const percent = (share: number, digits = 0): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: digits }).format(share);

/** 412 ms, 1.24 s. */
export function duration(ms: number): string {
  return ms < 1000 ? `${number(Math.round(ms))} ms` : `${number(ms / 1000, ms < 10_000 ? 2 : 1)} s`;
}

/** A day and a time, in this place's time. */
export const moment = (iso: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));

export const day = (iso: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(new Date(iso));

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, ms: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** “5 minutes ago”, “in 2 days”. */
export function ago(iso: string, now = Date.now()): string {
  const ms = Date.parse(iso) - now;
  const [unit, size] = STEPS.find(([, step]) => Math.abs(ms) >= step) ?? STEPS.at(-1)!;
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(Math.round(ms / size), unit);
}

/** “milk, eggs and bananas”. */
export const list = (names: readonly string[]): string =>
  new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names);
