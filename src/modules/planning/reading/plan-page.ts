import { escapeHtml, htmlPage } from '../../../platform/http/pages/html-page.js';
import type { Text } from '../../../platform/http/representations.js';
import { labelOf, unitOf } from '../../nutrition/nutrients.js';
import { htmlOf, inMarkdown, markdownOf } from '../../nutrition/cookbook/recipe-text.js';
import type { PlanResource, PlanType } from '../plan.dto.js';
import { eventsOf } from './plan-events.js';
import { calendarOf } from './icalendar.js';
import { linesToBuy, money, sharesOf, slotName, totalOf } from './plan-lines.js';

/** A plan as a person gets it: to read, to print, or for the calendar. Pure. */

type Day = PlanResource['days'][number];
type Meal = Day['meals'][number];

export type PlanAs = typeof planAs;

export function planAs(type: PlanType, plan: PlanResource): Text {
  switch (type) {
    case 'text/markdown':
      return { type, text: markdown(plan) };
    case 'text/html':
      return { type, text: htmlPage({ title: titleOf(plan), body: html(plan) }) };
    case 'text/calendar':
      return { type, text: calendarOf(calendarFor(plan), eventsOf(plan)) };
  }
}

const calendarFor = (plan: PlanResource) => ({
  name: titleOf(plan),
  stamp: new Date(plan.closedAt ?? plan.createdAt),
  timezone: plan.timezone,
});

const dayName = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );

function titleOf({ days, status }: PlanResource): string {
  const [first, last] = [days[0]?.date, days.at(-1)?.date];
  if (first === undefined || last === undefined) return `Meal plan (${status})`;
  return first === last ? `Meals for ${dayName(first)}` : `Meals from ${dayName(first)} to ${dayName(last)}`;
}

/** What comes before the food: safety, labels to read, and what a plan over its budget would cost. */
const CAUTIONS: ReadonlySet<string> = new Set(['cautions', 'left_out', 'labels', 'budget_least']);
const noticesOf = ({ notices }: PlanResource, isCaution: boolean): string[] =>
  notices
    .filter(({ code }) => CAUTIONS.has(code) === isCaution)
    .map(({ sentence, personId }) => (personId === null ? sentence : `${personId}: ${sentence}`));

/** What a person should know before anything else: why there is no plan, and what somebody must not have. */
const firstOf = (plan: PlanResource): string[] => [
  ...(plan.failure?.details ?? []).map(({ detail }) => detail),
  ...noticesOf(plan, true),
];
const lastOf = (plan: PlanResource): string[] => noticesOf(plan, false);

const HEADLINES = ['kcal', 'protein_g', 'fiber_g'] as const;

/** "mum: 2,010 kcal energy, 92 g protein, 31 g fibre" for each person. */
function figuresOf({ proof }: PlanResource, date: string): string[] {
  const rows = (proof?.rows ?? []).filter((row) => row.date === date);
  return [...new Set(rows.map(({ personId }) => personId))].map((personId) => {
    const told = HEADLINES.flatMap((nutrient) => {
      const row = rows.find((one) => one.personId === personId && one.nutrient === nutrient);
      return row ? [`${Math.round(row.value).toLocaleString('en-US')} ${unitOf(nutrient)} ${labelOf(nutrient)}`] : [];
    });
    return `${personId}: ${told.join(', ')}`;
  });
}

function markdown(plan: PlanResource): string {
  const bulleted = (texts: readonly string[]) => texts.map((text) => `- ${inMarkdown(text)}`).join('\n');
  const notes = bulleted(lastOf(plan));
  const overview = plan.days.map(
    ({ date, meals }) => `- **${dayName(date)}**: ${meals.map(({ title }) => inMarkdown(title)).join(' · ')}`,
  );
  const days = plan.days.flatMap(({ date, meals }) => [
    `## ${dayName(date)}`,
    figuresOf(plan, date)
      .map((figures) => `- ${inMarkdown(figures)}`)
      .join('\n'),
    ...meals.flatMap((meal) => [
      `### ${slotName(meal)}: ${inMarkdown(meal.title)}`,
      `For ${inMarkdown(sharesOf(meal))}.`,
      ...(meal.recipe === null ? [] : [markdownOf(meal.recipe)]),
    ]),
  ]);
  const buy = linesToBuy(plan).map(({ text, cents }) => `- ${inMarkdown(text)} = ${money(cents, plan)}`);
  return `${[
    `# ${titleOf(plan)}`,
    bulleted(firstOf(plan)),
    overview.join('\n'),
    ...(buy.length > 0 ? ['## To buy', buy.join('\n'), `**${totalOf(plan)}**`] : []),
    ...days,
    ...(notes === '' ? [] : ['## Notes', notes]),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

const item = (text: string): string => `<li>${escapeHtml(text)}</li>`;
const listed = (texts: readonly string[], kind = ''): string =>
  texts.length === 0 ? '' : `<ul${kind}>${texts.map(item).join('')}</ul>`;

function html(plan: PlanResource): string {
  const overview = plan.days.map(
    ({ date, meals }) =>
      `<tr><th scope="row">${dayName(date)}</th><td>${meals.map(({ title }) => escapeHtml(title)).join('<br>')}</td></tr>`,
  );
  const days = plan.days.map(
    ({ date, meals }) =>
      `<section class="day"><h2>${dayName(date)}</h2>${listed(figuresOf(plan, date), ' class="quiet"')}${meals.map(mealHtml).join('\n')}</section>`,
  );
  const buy = linesToBuy(plan).map(
    ({ text, cents }) => `<tr><td>${escapeHtml(text)}</td><td class="money">${money(cents, plan)}</td></tr>`,
  );
  const shopping =
    buy.length === 0
      ? ''
      : `<section><h2>To buy</h2><table>${buy.join('\n')}</table><p><strong>${escapeHtml(totalOf(plan))}</strong></p></section>`;
  const notes = lastOf(plan);
  return `<article class="print"><h1>${escapeHtml(titleOf(plan))}</h1>
${listed(firstOf(plan))}
${overview.length === 0 ? '' : `<table>${overview.join('\n')}</table>`}
${shopping}
${days.join('\n')}
${notes.length === 0 ? '' : `<section><h2>Notes</h2>${listed(notes)}</section>`}</article>`;
}

const mealHtml = (meal: Meal): string =>
  `<section class="meal"><h3>${slotName(meal)}: ${escapeHtml(meal.title)}</h3>
<p>For ${escapeHtml(sharesOf(meal))}.</p>
${meal.recipe === null ? '' : htmlOf(meal.recipe)}</section>`;
