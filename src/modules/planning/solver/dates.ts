import type { PlanRequest } from './plan.js';

const DAY_MS = 86_400_000;
export const DAYS_OF_A_WEEK = 7;

/** The date of a day of the plan, counted from 0. */
export const dateOf = ({ startsOn }: Pick<PlanRequest, 'startsOn'>, index: number): string =>
  new Date(Date.parse(`${startsOn}T00:00:00Z`) + index * DAY_MS).toISOString().slice(0, 10);

export const datesOf = (request: Pick<PlanRequest, 'startsOn' | 'days'>): readonly string[] =>
  Array.from({ length: request.days }, (_, index) => dateOf(request, index));

/** The week of a day of the plan, both counted from 0. */
export const weekOfDay = (index: number): number => Math.floor(index / DAYS_OF_A_WEEK);

/** Weeks are those of the plan: its first seven days, then the next. */
export const weekOf = ({ startsOn }: Pick<PlanRequest, 'startsOn'>, date: string): number =>
  weekOfDay((Date.parse(date) - Date.parse(startsOn)) / DAY_MS);
