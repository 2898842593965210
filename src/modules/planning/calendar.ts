import { isTimezone } from '../../common/clock.js';

/** Which day it is for whom, and for which days plans are made. Pure but for the clock. */
const DAY_MS = 86_400_000;
const DAYS_BACK = 1;
const DAYS_AHEAD = 366;

/** The date in a time zone, as 2026-11-28. */
export function todayIn(timezone: string | undefined, now: Date = new Date()): string {
  // Whoever names a zone that there is not has been told so by its own field.
  const timeZone = timezone !== undefined && isTimezone(timezone) ? timezone : 'UTC';
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const named = Object.fromEntries(parts.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${named.year}-${named.month}-${named.day}`;
}

/** Whether a plan may begin on a date: yesterday, for the day may have changed on the way, to a year and a day ahead. */
export function isPlannable(date: string, today: string): boolean {
  const days = (Date.parse(`${date}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY_MS;
  return days >= -DAYS_BACK && days <= DAYS_AHEAD;
}
