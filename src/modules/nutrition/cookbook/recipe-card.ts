import { measureOf, scaleGrams } from '../measures.js';
import { NUTRIENTS, type Nutrient } from '../nutrients.js';
import type { Recipe } from '../recipes.js';

/** A recipe as somebody cooks it: for so many servings, weighed and measured. */
export interface RecipeCard {
  recipeId: string;
  title: string;
  meals: readonly string[];
  cuisine: string;
  minutes: number;
  activeMinutes: number;
  /** Of the recipe; 2.35 where a household eats so much of it. */
  servings: number;
  ingredients: readonly CardLine[];
  steps: readonly string[];
  equipment: readonly string[];
  keepsDays: number;
  freezes: boolean;
}

export interface CardLine {
  food: string;
  /** Edible, in the state in which the figures are counted. */
  grams: number;
  /** "1½ medium carrots, 92 g". */
  text: string;
}

export function cardOf(recipe: Recipe, servings: number): RecipeCard {
  const { id, title, meals, cuisine, minutes, activeMinutes, steps, equipment, keepsDays, freezes } = recipe;
  const ingredients = recipe.ingredients.map((ingredient): CardLine => {
    const { name } = ingredient.food;
    const grams = scaleGrams(ingredient.gramsPerServing * servings);
    const measure = measureOf({ ...ingredient, food: name }, ingredient.gramsPerServing * servings) ?? name;
    return { food: name, grams, text: `${measure}, ${grams} g` };
  });
  return {
    recipeId: id,
    title,
    meals,
    cuisine,
    minutes,
    activeMinutes,
    servings: Math.round(servings * 100) / 100,
    ingredients,
    steps,
    equipment,
    keepsDays,
    freezes,
  };
}

/** What one serving holds; of a nutrient that was not measured in every food, at least that. */
export const servingOf = ({ perServing }: Recipe): Readonly<Record<Nutrient, number>> =>
  Object.fromEntries(
    NUTRIENTS.map((nutrient) => [nutrient, Math.round(perServing[nutrient].amount * 100) / 100]),
  ) as Record<Nutrient, number>;

/** What a cook wants to know before the first step. */
export function timeAndKeeping({ minutes, activeMinutes, keepsDays, freezes }: RecipeCard): string {
  const time =
    minutes === activeMinutes ? `${lasting(minutes)}` : `${lasting(minutes)}, ${lasting(activeMinutes)} of it at work`;
  const keeps = keepsDays === 0 ? 'Eat at once' : `Keeps ${keepsDays} ${keepsDays === 1 ? 'day' : 'days'}`;
  return `${time}. ${keeps}${freezes ? '; freezes' : ''}.`;
}

function lasting(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${minutes} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
