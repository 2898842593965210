import { number } from '../language/format.js';
import { locale } from '../language/words.js';
import { unitOf } from './terms.js';

/** A date without a time, "2026-11-29", as people name it. It is no moment, so no zone moves it. */
export const dateName = (date: string, weekday: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(locale(), {
    weekday,
    month: weekday === 'long' ? 'long' : 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));

/** "440 g", "1.6 kg". */
export const weight = (grams: number): string =>
  grams >= 1000 ? `${number(grams / 1000, grams < 10_000 ? 1 : 0)} kg` : `${number(grams, grams < 10 ? 1 : 0)} g`;

/** Of a nutrient, without its unit. */
export const amount = (value: number): string => number(value, value < 10 ? 1 : 0);

export const measured = (value: number, nutrient: string): string => `${amount(value)} ${unitOf(nutrient)}`;

/** Where the shops are that clear something. */
const SHOPS_ZONE = 'Europe/Copenhagen';

/** “16:30” of a moment, by the clock of the shops. */
export const clock = (iso: string): string =>
  new Intl.DateTimeFormat(locale(), { timeStyle: 'short', timeZone: SHOPS_ZONE }).format(new Date(iso));
