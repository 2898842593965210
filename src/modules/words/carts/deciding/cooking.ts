import { wordsOf } from '../../../../vocabulary/words.js';
import type { Recipe } from '../../../nutrition/recipes.js';
import type { Usual } from './cart-state.js';

/** What comes of a dish that was named: the one recipe that is meant, or several that may be. */
export interface Cooked {
  recipe: { id: string; title: string; servings: number } | null;
  lines: readonly Usual[];
  choices: readonly { id: string; title: string }[];
}

const MOST_CHOICES = 5;
export const NO_RECIPE: Cooked = { recipe: null, lines: [], choices: [] };

/** What was asked to be cooked: the words that were read as the dish, and all that stands from there on. */
export interface Wanted {
  dish: string;
  text: string;
  people: number | null;
}

/**
 * The ingredients of a recipe for so many people, or as many as its text serves: of the one whose whole title was said; else of the only one
 * whose title has all words of the dish. Of several none is chosen. Pure.
 */
export function cooked({ dish, text, people }: Wanted, recipes: Iterable<Recipe>): Cooked {
  const titled = [...recipes].map((recipe) => ({ recipe, words: wordsOf(recipe.title) }));
  const meant = named(titled, wordsOf(text));
  if (meant) return cookedOf(meant, people);
  const asked = wordsOf(dish);
  if (asked.length === 0) return NO_RECIPE;
  const found = titled
    .filter(({ words }) => asked.every((word) => words.includes(word)))
    .sort((one, other) => one.words.length - other.words.length || (one.recipe.id < other.recipe.id ? -1 : 1));
  if (found.length === 1) return cookedOf(found[0]!.recipe, people);
  return { ...NO_RECIPE, choices: found.slice(0, MOST_CHOICES).map(({ recipe: { id, title } }) => ({ id, title })) };
}

/** The recipe whose title comes first in the words, the longest of those that begin there. */
function named(
  titled: readonly { recipe: Recipe; words: readonly string[] }[],
  said: readonly string[],
): Recipe | null {
  for (let at = 0; at < said.length; at++) {
    const here = titled.filter(({ words }) => words.every((word, offset) => said[at + offset] === word));
    const longest = here.reduce<(typeof here)[number] | null>(
      (best, one) => (best === null || one.words.length > best.words.length ? one : best),
      null,
    );
    if (longest) return longest.recipe;
  }
  return null;
}

function cookedOf({ id, title, makesServings, ingredients }: Recipe, people: number | null): Cooked {
  const servings = people ?? makesServings;
  const lines = ingredients.map(({ food, gramsPerServing }) => ({
    name: food.name,
    quantity: Math.max(1, Math.round(gramsPerServing * servings)),
    unit: 'gram',
  }));
  return { recipe: { id, title, servings }, lines, choices: [] };
}
