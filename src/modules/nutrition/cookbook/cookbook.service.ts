import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { dietNamed } from '../../../vocabulary/diets.js';
import { keyOf } from '../../../vocabulary/words.js';
import { isAgainst } from '../diets.js';
import { shippedLibrary } from '../library.js';
import { NUTRIENTS } from '../nutrients.js';
import type { Recipe } from '../recipes.js';
import { cardOf, servingOf } from './recipe-card.js';
import type { ListRecipes, RecipeList, RecipeResource } from './recipes.dto.js';

/** The recipes that plans are made of, for who wants to look. */
@Injectable()
export class CookbookService {
  private readonly recipes = [...shippedLibrary().recipes.values()].sort((one, other) => (one.id < other.id ? -1 : 1));

  /** By their ids; `cursor` is the last id of the page before. Throws `request_invalid` when it is none. */
  list({ limit, cursor, q, meal, diet }: ListRecipes): RecipeList {
    if (cursor !== undefined && !this.recipes.some(({ id }) => id === cursor))
      throw new AppError('request_invalid', 'cursor', {
        errors: [{ pointer: '/cursor', detail: 'the nextCursor of the page before' }],
      });
    const named = diet === undefined ? null : dietNamed(diet);
    const words = keyOf(q ?? '')
      .split(' ')
      .filter(Boolean);
    const found = this.recipes.filter(
      (recipe) =>
        (cursor === undefined || recipe.id > cursor) &&
        (meal === undefined || recipe.meals.includes(meal)) &&
        (named === null || !recipe.ingredients.some(({ food }) => isAgainst(named, food))) &&
        words.every((word) => wordsIn(recipe).has(word)),
    );
    const data = found.slice(0, limit).map(({ id, title, meals, cuisine, minutes, activeMinutes, perServing }) => ({
      recipeId: id,
      title,
      meals: [...meals],
      cuisine,
      minutes,
      activeMinutes,
      kcalPerServing: Math.round(perServing.kcal.amount),
    }));
    return { data, nextCursor: found.length > limit ? data.at(-1)!.recipeId : null };
  }

  /** Throws `recipe_not_found`. */
  get(id: string, servings: number | undefined): RecipeResource {
    const recipe = this.recipes.find((one) => one.id === id);
    if (!recipe) throw new AppError('recipe_not_found', `recipe ${id.slice(0, 120)}`);
    const unknownNutrients = NUTRIENTS.filter((nutrient) => recipe.perServing[nutrient].unknownFoods.length > 0);
    const card = cardOf(recipe, servings ?? recipe.makesServings);
    const figures = { gramsPerServing: recipe.gramsPerServing, perServing: servingOf(recipe), unknownNutrients };
    // What the card has is never changed, which its schema cannot say.
    return { ...card, ...figures, cautions: [...recipe.cautions] } as RecipeResource;
  }
}

const WORDS = new WeakMap<Recipe, ReadonlySet<string>>();

function wordsIn(recipe: Recipe): ReadonlySet<string> {
  const known = WORDS.get(recipe);
  if (known) return known;
  const text = [
    recipe.title,
    recipe.cuisine,
    ...recipe.ingredients.flatMap(({ food }) => [food.name, ...food.aliases]),
  ];
  const words = new Set(text.flatMap((one) => keyOf(one).split(' ')));
  WORDS.set(recipe, words);
  return words;
}
