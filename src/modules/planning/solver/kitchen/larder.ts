import { gramsToBuy, type Food } from '../../../nutrition/foods.js';
import type { Recipe } from '../../../nutrition/recipes.js';
import { foodNamed } from '../../needs/food-names.js';
import { datesOf } from '../dates.js';
import type { Kin } from './kin.js';
import type { Kitchen, Table } from './kitchen.js';
import type { Dish } from './eater.js';

/** What the days so far have used: recipes by week, and grams of the pantry. */
export class Larder {
  private readonly timesInWeek = new Map<number, Map<Recipe, number>>();
  private readonly timesAlikeInWeek = new Map<number, Map<Recipe, number>>();
  private readonly lastDays = new Map<Recipe, number>();
  private readonly gramsLeft = new Map<string, number>();
  /** What is there on some days alone, the one that keeps for the least time first. */
  private readonly dated = new Map<string, { grams: number; from: number; until: number }[]>();

  private readonly kin: Kin;

  constructor({ request, library, kin }: Kitchen) {
    this.kin = kin;
    for (const { food: name, grams } of request.pantry) {
      const food = foodNamed(name, library.foods);
      if (food !== null) this.gramsLeft.set(food.name, (this.gramsLeft.get(food.name) ?? 0) + grams);
    }
    const dates = datesOf(request);
    for (const { food, grams, from, until } of request.dated ?? []) {
      const lot = {
        grams,
        from: dates.findIndex((date) => date >= from),
        until: dates.findLastIndex((date) => date <= until),
      };
      if (lot.from < 0) continue;
      this.dated.set(
        food,
        [...(this.dated.get(food) ?? []), lot].sort((one, other) => one.until - other.until),
      );
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

  /** The share of a dish's weight that is there on that day for so many servings, while it keeps, 0..1. */
  shareOfDated(day: number, { recipe }: Dish, servings: number): number {
    if (this.dated.size === 0) return 0;
    const held = recipe.ingredients.reduce((sum, { food, gramsPerServing }) => {
      const lots = (this.dated.get(food.name) ?? []).filter(({ from, until }) => from <= day && day <= until);
      const grams = lots.reduce((all, lot) => all + lot.grams, 0);
      return sum + Math.min(gramsPerServing, gramsToEat(food, grams) / servings);
    }, 0);
    return held / recipe.gramsPerServing;
  }

  private takeDated(day: number, food: Food, edibleGrams: number): void {
    let left = gramsToBuy(food, edibleGrams);
    for (const lot of this.dated.get(food.name) ?? []) {
      if (lot.from > day || lot.until < day) continue;
      const taken = Math.min(lot.grams, left);
      lot.grams -= taken;
      left -= taken;
    }
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
        if (this.dated.size > 0) this.takeDated(day, food, gramsPerServing * servings);
        const left = this.gramsLeft.get(food.name);
        if (left !== undefined) this.gramsLeft.set(food.name, Math.max(0, left - gramsPerServing * servings));
      }
    });
  }
}

const gramsToEat = (food: Food, bought: number): number => bought / gramsToBuy(food, 1);
