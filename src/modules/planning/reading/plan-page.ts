import { escapeHtml, htmlPage } from '../../../platform/http/pages/html-page.js';
import type { Text } from '../../../platform/http/representations.js';
import { labelOf, unitOf } from '../../nutrition/nutrients.js';
import { htmlOf, inMarkdown, markdownOf } from '../../nutrition/cookbook/recipe-text.js';
import { timeAndKeeping } from '../../nutrition/cookbook/recipe-card.js';
import type { PlanResource, PlanType } from '../plan.dto.js';
import { calendarOf } from './icalendar.js';

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
      return { type, text: calendar(plan) };
  }
}

const slotName = ({ slot }: Pick<Meal, 'slot'>): string => {
  const words = slot.replace('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
const dayName = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );

function titleOf({ days, status }: PlanResource): string {
  const [first, last] = [days[0]?.date, days.at(-1)?.date];
  if (first === undefined || last === undefined) return `Meal plan (${status})`;
  return first === last ? `Meals for ${dayName(first)}` : `Meals from ${dayName(first)} to ${dayName(last)}`;
}

/** What a person should know before anything else. */
const remarksOf = ({ notices, failure }: PlanResource): string[] => [
  ...(failure?.details ?? []).map(({ detail }) => detail),
  ...notices.map(({ sentence, personId }) => (personId === null ? sentence : `${personId}: ${sentence}`)),
];

/** "mum 420 g, dad 510 g": what each has on the plate, as it is weighed before it is cooked. */
function sharesOf({ portions }: Meal): string {
  const served = portions.filter(({ servings }) => servings > 0);
  return served
    .map(({ personId, servings, grams }) => `${personId} ${grams === null ? `${servings} servings` : `${grams} g`}`)
    .join(', ');
}

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

function linesToBuy({ shoppingList }: PlanResource): { text: string; cents: number | null }[] {
  return (shoppingList?.items ?? [])
    .filter(({ buyGrams }) => buyGrams > 0)
    .map(({ food, buyGrams, pieces, purchase }) => {
      const what =
        pieces === null
          ? `${buyGrams.toLocaleString('en-US')} g`
          : `of ${pieces.count} ${pieces.of}${pieces.count === 1 ? '' : 's'}`;
      const packs = purchase === null ? [] : [purchase, ...purchase.also];
      const bought = packs.map(({ packs: count, product }) => `${count} × ${product}`).join(' and ');
      return { text: `${food}, ${what}${bought === '' ? '' : `: ${bought}`}`, cents: purchase?.cents ?? null };
    });
}

const money = (cents: number | null): string => (cents === null ? 'price unknown' : `$${(cents / 100).toFixed(2)}`);

function totalOf({ shoppingList }: PlanResource): string {
  if (shoppingList === null) return '';
  const { totalCents, knownCents, unpricedFoods } = shoppingList;
  return totalCents === null
    ? `Total ${money(knownCents)} and what ${unpricedFoods.join(', ')} costs`
    : `Total ${money(totalCents)}`;
}

function markdown(plan: PlanResource): string {
  const remarks = remarksOf(plan).map((remark) => `- ${inMarkdown(remark)}`);
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
  const buy = linesToBuy(plan).map(({ text, cents }) => `- ${inMarkdown(text)} (${money(cents)})`);
  return `${[
    `# ${titleOf(plan)}`,
    ...(remarks.length > 0 ? [remarks.join('\n')] : []),
    overview.join('\n'),
    ...(buy.length > 0 ? ['## To buy', buy.join('\n'), `**${totalOf(plan)}**`] : []),
    ...days,
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
    ({ text, cents }) => `<tr><td>${escapeHtml(text)}</td><td class="money">${money(cents)}</td></tr>`,
  );
  const shopping =
    buy.length === 0
      ? ''
      : `<section><h2>To buy</h2><table>${buy.join('\n')}</table><p><strong>${escapeHtml(totalOf(plan))}</strong></p></section>`;
  return `<article class="print"><h1>${escapeHtml(titleOf(plan))}</h1>
${listed(remarksOf(plan))}
${overview.length === 0 ? '' : `<table>${overview.join('\n')}</table>`}
${shopping}
${days.join('\n')}</article>`;
}

const mealHtml = (meal: Meal): string =>
  `<section class="meal"><h3>${slotName(meal)}: ${escapeHtml(meal.title)}</h3>
<p>For ${escapeHtml(sharesOf(meal))}.</p>
${meal.recipe === null ? '' : htmlOf(meal.recipe)}</section>`;

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

function calendar(plan: PlanResource): string {
  const events = plan.days.flatMap(({ date, meals }) =>
    meals.map((meal) => ({
      uid: `${plan.id}-${date}-${meal.slot}@loopgpt-commerce`,
      date,
      at: TIMES[meal.slot],
      minutes: MEAL_MINUTES,
      title: `${slotName(meal)}: ${meal.title}`,
      description: descriptionOf(meal),
    })),
  );
  return calendarOf(titleOf(plan), new Date(plan.closedAt ?? plan.createdAt), events);
}

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
