import { gramsToBuy } from '../../../nutrition/foods.js';
import type { Library } from '../../../nutrition/library.js';
import type { Recipe } from '../../../nutrition/recipes.js';
import { foodNamed } from '../../needs/food-names.js';
import type { PlanRequest } from '../plan.js';
import { cheapestCover } from './cover.js';
import { isStaple, keeps } from './keeping.js';
import { isFromTheTap } from './shopping-list.js';

/** What days need, as bought: grams by index of the food. */
export type Needs = Float64Array;

/**
 * What plans cost, asked some ten thousand times for each: of every food the cheapest packs for so many grams, kept once they were found.
 * What is asked of it agrees to the cent with the list that is bought.
 */
export class Till {
  private readonly foods: { name: string; held: number; keeps: boolean }[] = [];
  private readonly indexes = new Map<string, number>();
  private readonly byRecipe = new Map<Recipe, readonly { food: number; grams: number }[] | null>();
  private readonly known: Map<number, number>[] = [];
  /** What the pantry holds is worth at most, in cents. */
  readonly pantryCents: number;

  constructor(
    private readonly request: Pick<PlanRequest, 'pantry' | 'pantryStaples' | 'countLeftovers'>,
    private readonly library: Pick<Library, 'foods' | 'prices'>,
  ) {
    let cents = 0;
    for (const { food, grams } of request.pantry) {
      const name = foodNamed(food, library.foods)?.name;
      if (name === undefined) continue;
      const index = this.indexOf(name);
      this.foods[index]!.held += Math.floor(grams);
      cents += Math.floor(grams) * this.bestRate(name);
    }
    this.pantryCents = Math.ceil(cents);
  }

  /** The least that a serving adds to a list, in cents by the gram of the cheapest packs; null when a food of it has no price. */
  leastCents(recipe: Recipe): number | null {
    const parts = this.partsOf(recipe);
    if (parts === null) return null;
    return parts.reduce((sum, { food, grams }) => sum + grams * this.bestRate(this.foods[food]!.name), 0);
  }

  needs(): Needs {
    return new Float64Array(this.library.foods.size);
  }

  /** Adds so many servings; below 0 takes them away. */
  add(needs: Needs, recipe: Recipe, servings: number): void {
    for (const { food, grams } of this.partsOf(recipe) ?? []) needs[food]! += grams * servings;
  }

  /** What the budget bounds. */
  centsOf(needs: Needs): number {
    let sum = 0;
    for (let food = 0; food < this.foods.length; food++) sum += this.centsOfFood(food, needs[food]!);
    return sum;
  }

  /** How much more it is with so many servings in addition. */
  centsWith(needs: Needs, recipe: Recipe, servings: number): number {
    let sum = 0;
    for (const { food, grams } of this.partsOf(recipe) ?? [])
      sum += this.centsOfFood(food, needs[food]! + grams * servings) - this.centsOfFood(food, needs[food]!);
    return sum;
  }

  private centsOfFood(food: number, needed: number): number {
    const { name, held, keeps: isKept } = this.foods[food]!;
    const grams = Math.ceil(Math.round(needed * 100) / 100) - held;
    if (grams <= 0) return 0;
    const known = this.known[food]!.get(grams);
    if (known !== undefined) return known;
    const packs = cheapestCover(grams, this.library.prices.get(name) ?? []);
    const cents = packs.reduce((sum, { pack, packs: count }) => sum + count * pack.cents, 0);
    const inPacks = packs.reduce((sum, { pack, packs: count }) => sum + count * pack.grams, 0);
    const isCounted = this.request.countLeftovers && isKept && inPacks > 0;
    const counted = isCounted ? cents - Math.floor((cents * (inPacks - grams)) / inPacks) : cents;
    this.known[food]!.set(grams, counted);
    return counted;
  }

  private bestRate(name: string): number {
    const [pack] = this.library.prices.get(name) ?? [];
    return pack === undefined ? 0 : pack.cents / pack.grams;
  }

  private partsOf(recipe: Recipe): readonly { food: number; grams: number }[] | null {
    const known = this.byRecipe.get(recipe);
    if (known !== undefined) return known;
    const bought = recipe.ingredients.filter(
      ({ food }) => !isFromTheTap(food) && !(this.request.pantryStaples && isStaple(food)),
    );
    const parts = bought.every(({ food }) => this.library.prices.has(food.name))
      ? bought.map(({ food, gramsPerServing }) => ({
          food: this.indexOf(food.name),
          grams: gramsToBuy(food, gramsPerServing),
        }))
      : null;
    this.byRecipe.set(recipe, parts);
    return parts;
  }

  private indexOf(name: string): number {
    const known = this.indexes.get(name);
    if (known !== undefined) return known;
    const food = this.library.foods.get(name)!;
    this.foods.push({ name, held: 0, keeps: keeps(food) });
    this.known.push(new Map());
    this.indexes.set(name, this.foods.length - 1);
    return this.foods.length - 1;
  }
}
