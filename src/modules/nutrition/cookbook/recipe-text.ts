import { escapeHtml } from '../../../platform/http/pages/html-page.js';
import { timeAndKeeping, type RecipeCard } from './recipe-card.js';

/** Recipes to read and to print. Every text is escaped for the language it stands in. Pure. */

/** Of Markdown, what would start something within a line; HTML is Markdown too. */
export const inMarkdown = (plain: string): string => plain.replace(/[\\`*_[\]<>|#&]/g, '\\$&').replace(/\s+/g, ' ');

/** Ingredients, steps and equipment, below a heading that is the caller's. */
export function markdownOf(card: RecipeCard): string {
  return [
    timeAndKeeping(card),
    '',
    ...card.ingredients.map(({ text }) => `- ${inMarkdown(text)}`),
    '',
    ...card.steps.map((step, index) => `${index + 1}. ${inMarkdown(step)}`),
    ...(card.equipment.length === 0 ? [] : ['', `You need: ${inMarkdown(card.equipment.join(', '))}.`]),
  ].join('\n');
}

export function htmlOf(card: RecipeCard): string {
  const needs =
    card.equipment.length === 0 ? '' : `<p class="quiet">You need: ${escapeHtml(card.equipment.join(', '))}.</p>`;
  return `<p class="quiet">${escapeHtml(timeAndKeeping(card))}</p>
<div class="recipe">
<ul>
${card.ingredients.map(({ text }) => `<li>${escapeHtml(text)}</li>`).join('\n')}
</ul>
<ol>
${card.steps.map((step) => `<li>${escapeHtml(step)}</li>`).join('\n')}
</ol>
</div>
${needs}`;
}
