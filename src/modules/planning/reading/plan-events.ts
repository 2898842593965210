import { timeAndKeeping } from '../../nutrition/cookbook/recipe-card.js';
import { restsOvernight } from '../../nutrition/recipes.js';
import { todayIn } from '../calendar.js';
import type { PlanResource } from '../plan.dto.js';
import type { CalendarEvent } from './icalendar.js';
import { linesToBuy, money, sharesOf, slotName, totalOf, type Meal } from './plan-lines.js';

/** When people eat who say nothing of it. */
const TIMES: Readonly<Record<Meal['slot'], string>> = {
  breakfast: '07:30',
  morning_snack: '10:00',
  lunch: '12:30',
  afternoon_snack: '15:30',
  dinner: '18:30',
  evening_snack: '20:30',
};
const MEAL_MINUTES = 30;
/** As short an entry as a calendar shows. */
const LEAST_MINUTES = 15;
/** What has to be done the day before, and when instead on the first day of a plan that is made on it: shopping before all else. */
const SHOPPING = { at: '17:00', onTheDay: '06:30', minutes: 60 };
const PREPARING_AT = '20:00';
const EARLIEST_MINUTE = minuteOf(SHOPPING.onTheDay) + SHOPPING.minutes;

/** A plan as a calendar has it: shopping before the first meal, each meal, and the evening before what rests overnight. Pure. */
export function eventsOf(plan: PlanResource): CalendarEvent[] {
  const uid = (what: string) => `${plan.id}-${what}@loopgpt-commerce`;
  const madeOn = todayIn(plan.timezone ?? undefined, new Date(plan.createdAt));
  const before = (date: string, at: string, onTheDay: string) =>
    date <= madeOn ? { date, at: onTheDay } : { date: dayBefore(date), at };
  const [first] = plan.days;
  const lines = linesToBuy(plan);
  const shopping = {
    title: 'Shopping',
    description: [...lines.map(({ text, cents }) => `${text} = ${money(cents, plan)}`), '', totalOf(plan)].join('\n'),
  };
  const meals = plan.days.flatMap(({ date, meals }) =>
    meals.flatMap((meal): CalendarEvent[] => {
      const description = descriptionOf(meal);
      const eaten = {
        uid: uid(`${date}-${meal.slot}`),
        date,
        at: TIMES[meal.slot],
        minutes: MEAL_MINUTES,
        title: `${slotName(meal)}: ${meal.title}`,
        description,
      };
      if (meal.recipe === null || !restsOvernight(meal.recipe)) return [eaten];
      const title = `Make ready ${meal.title}`;
      const { minutes, activeMinutes } = meal.recipe;
      // That day it has to be begun so long before the meal, but after the shopping.
      const begun = timeOf(Math.max(EARLIEST_MINUTE, minuteOf(eaten.at) - minutes));
      const when = { ...before(date, PREPARING_AT, begun), minutes: Math.max(activeMinutes, LEAST_MINUTES) };
      return [{ uid: uid(`${date}-${meal.slot}-before`), ...when, title, description }, eaten];
    }),
  );
  return first === undefined || lines.length === 0
    ? meals
    : [
        {
          uid: uid('shopping'),
          ...before(first.date, SHOPPING.at, SHOPPING.onTheDay),
          minutes: SHOPPING.minutes,
          ...shopping,
        },
        ...meals,
      ];
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours! * 60 + minutes!;
}
const timeOf = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

const DAY_MS = 86_400_000;
const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);

function descriptionOf(meal: Meal): string {
  if (meal.recipe === null) return sharesOf(meal);
  const { ingredients, steps } = meal.recipe;
  return [
    sharesOf(meal),
    timeAndKeeping(meal.recipe),
    '',
    ...ingredients.map(({ text }) => text),
    '',
    ...steps.map((step, index) => `${index + 1}. ${step}`),
  ].join('\n');
}
