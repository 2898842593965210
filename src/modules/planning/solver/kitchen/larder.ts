import type { Recipe } from '../../../nutrition/recipes.js';
import { foodNamed } from '../../needs/avoided.js';
import type { Kin } from './kin.js';
import type { Kitchen, Table } from './kitchen.js';
import type { Dish } from './eater.js';

/** What the days so far have used: recipes by week, and grams of the pantry. */
export class Larder {
  private readonly timesInWeek = new Map<number, Map<Recipe, number>>();
  private readonly timesAlikeInWeek = new Map<number, Map<Recipe, number>>();
  private readonly lastDays = new Map<Recipe, number>();
  private readonly gramsLeft = new Map<string, number>();

  private readonly kin: Kin;

  constructor({ request, library, kin }: Kitchen) {
    this.kin = kin;
    for (const { food: name, grams } of request.pantry) {
      const food = foodNamed(name, library.foods);
      if (food !== null) this.gramsLeft.set(food.name, (this.gramsLeft.get(food.name) ?? 0) + grams);
    }
  }

  times = (week: number, { recipe }: Dish): number => this.timesInWeek.get(week)?.get(recipe) ?? 0;

  /** How often dishes much like it came, itself left out. */
  timesAlike = (week: number, { recipe }: Dish): number => this.timesAlikeInWeek.get(week)?.get(recipe) ?? 0;

  /** How many days ago the dish was served; Infinity for never. */
  daysSince = (day: number, { recipe }: Dish): number => day - (this.lastDays.get(recipe) ?? -Infinity);

  /** The share of a dish's weight that the pantry still holds for so many servings, 0..1. */
  shareInPantry({ recipe }: Dish, servings: number): number {
    if (this.gramsLeft.size === 0) return 0;
    const held = recipe.ingredients.reduce(
      (sum, { food, gramsPerServing }) =>
        sum + Math.min(gramsPerServing, (this.gramsLeft.get(food.name) ?? 0) / servings),
      0,
    );
    return held / recipe.gramsPerServing;
  }

  serve(week: number, day: number, dishes: readonly Dish[], table: Table): void {
    const times = this.timesInWeek.get(week) ?? new Map<Recipe, number>();
    this.timesInWeek.set(week, times);
    const alike = this.timesAlikeInWeek.get(week) ?? new Map<Recipe, number>();
    this.timesAlikeInWeek.set(week, alike);
    dishes.forEach((dish, meal) => {
      times.set(dish.recipe, this.times(week, dish) + 1);
      this.lastDays.set(dish.recipe, day);
      for (const like of this.kin.get(dish.recipe)!) alike.set(like, (alike.get(like) ?? 0) + 1);
      const servings = table.reduce((sum, row) => sum + row[meal]!, 0);
      for (const { food, gramsPerServing } of dish.recipe.ingredients) {
        const left = this.gramsLeft.get(food.name);
        if (left !== undefined) this.gramsLeft.set(food.name, Math.max(0, left - gramsPerServing * servings));
      }
    });
  }
}
