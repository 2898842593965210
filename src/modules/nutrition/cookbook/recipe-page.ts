import { escapeHtml, htmlPage } from '../../../platform/http/pages/html-page.js';
import type { Text } from '../../../platform/http/representations.js';
import type { RecipeCard } from './recipe-card.js';
import { htmlOf, inMarkdown, markdownOf } from './recipe-text.js';

/** One recipe to read and to print. */
export const RECIPE_TYPES = ['text/markdown', 'text/html'] as const;

export function recipeAs(type: (typeof RECIPE_TYPES)[number], card: RecipeCard): Text {
  const { title, servings } = card;
  const makes = `Serves ${servings}`;
  if (type === 'text/markdown') return { type, text: `# ${inMarkdown(title)}\n\n${makes}.\n\n${markdownOf(card)}\n` };
  const body = `<article class="print"><h1>${escapeHtml(title)}</h1>\n<p class="quiet">${makes}.</p>\n${htmlOf(card)}</article>`;
  return { type, text: htmlPage({ title, body }) };
}
