import type { Recipe } from '../../../nutrition/recipes.js';
import { dateOf, weekOfDay } from '../dates.js';
import { isOfTheEvening } from '../first-morning.js';
import type { Dish } from '../kitchen/eater.js';
import { fitTable, type Kitchen, type Table } from '../kitchen/kitchen.js';
import type { DraftPlan } from '../plan.js';
import type { Needs } from '../shopping/basket.js';
import type { Cooked } from './cook.js';
import type { CookedDay } from './cook-day.js';

/** All meals are looked at over and over. */
const MOST_PASSES = 6;
/** Of a meal's dishes, so many are fitted. */
const MOST_FITTED = 10;
/** Of what the list would cost with a dish. */
const WORK_OF_PRICING = 100;

/**
 * The second pass, which sees packs: a dish that leaves much of what has to be bought for it gives way to one that uses what other packs
 * leave, as long as everybody's bands are met, no dish comes oftener than it may and none that was drafted is lost. Until the list is
 * within the budget, or nothing is gained any more.
 */
export function useUp(kitchen: Kitchen, cooked: Cooked, draft: DraftPlan | null): { cooked: Cooked; cents: number } {
  const budget = kitchen.request.budgetCents;
  const plan = new Shopping(kitchen, cooked, draft);
  for (let pass = 0; pass < MOST_PASSES && !kitchen.effort.isOver(); pass++) {
    if (budget !== null && plan.cents <= budget) break;
    const before = plan.cents;
    for (const { day, meal } of plan.dearest()) {
      if (kitchen.effort.isOver() || (budget !== null && plan.cents <= budget)) break;
      plan.improve(day, meal);
    }
    if (plan.cents >= before) break;
  }
  return { cooked: { ...cooked, days: plan.days }, cents: plan.cents };
}

class Shopping {
  readonly days: CookedDay[];
  private readonly needs: Needs;
  cents: number;

  constructor(
    private readonly kitchen: Kitchen,
    private readonly cooked: Cooked,
    private readonly draft: DraftPlan | null,
  ) {
    this.days = [...cooked.days];
    this.needs = kitchen.till.needs();
    for (const day of this.days) this.put(day, 1);
    this.cents = kitchen.till.centsOf(this.needs);
  }

  /** All meals but drafted ones, those first without which most would be saved. */
  dearest(): readonly { day: number; meal: number }[] {
    const { till } = this.kitchen;
    const meals = this.days.flatMap(({ dishes, table, isFit }, day) =>
      dishes.flatMap((dish, meal) => {
        if (!isFit || this.isDrafted(day, meal, dish)) return [];
        return [{ day, meal, saved: -till.centsWith(this.needs, dish.recipe, -servingsOf(table, meal)) }];
      }),
    );
    return meals.sort((one, other) => other.saved - one.saved);
  }

  /** Another dish for a meal, if there is one with which the list costs less. */
  improve(at: number, meal: number): void {
    const day = this.days[at]!;
    const { till, request, money, effort } = this.kitchen;
    effort.spend(WORK_OF_PRICING * this.kitchen.dishes[meal]!.length);
    const worthwhile = request.budgetCents === null ? money.worthwhile : 1;
    const old = day.dishes[meal]!;
    this.put(day, -1);
    for (const [index, dish] of day.dishes.entries())
      if (index !== meal) till.add(this.needs, dish.recipe, servingsOf(day.table, index));
    const beside = this.costOf();
    const options = this.kitchen.dishes[meal]!.filter((dish) => dish !== old && this.mayCome(dish, at, meal))
      .map((dish) => ({
        dish,
        cents: beside + till.centsWith(this.needs, dish.recipe, (servingsOf(day.table, meal) * old.kcal) / dish.kcal),
      }))
      .filter(({ cents }) => cents <= this.cents - worthwhile)
      .sort((one, other) => one.cents - other.cents)
      .slice(0, MOST_FITTED);
    for (const [index, dish] of day.dishes.entries())
      if (index !== meal) till.add(this.needs, dish.recipe, -servingsOf(day.table, index));
    let best: { day: CookedDay; cents: number } = { day, cents: this.cents };
    for (const { dish } of options) {
      const dishes = day.dishes.with(meal, dish);
      const table = fitTable(this.kitchen, dishes, ({ index }, one, slot) => {
        const servings = day.table[index]![slot]!;
        return { servings: slot === meal ? (servings * old.kcal) / one.kcal : servings };
      });
      if (table === null) continue;
      const next = { dishes, table, isFit: true };
      this.put(next, 1);
      const cents = this.costOf();
      this.put(next, -1);
      if (cents <= best.cents - worthwhile) best = { day: next, cents };
    }
    this.put(best.day, 1);
    this.days[at] = best.day;
    this.cents = best.cents;
  }

  private costOf(): number {
    return this.kitchen.till.centsOf(this.needs);
  }

  private put({ dishes, table }: Pick<CookedDay, 'dishes' | 'table'>, sign: number): void {
    dishes.forEach(({ recipe }, meal) => this.kitchen.till.add(this.needs, recipe, sign * servingsOf(table, meal)));
  }

  /** Not what had to be begun yesterday; not twice a day, nor next to a day that has it, nor oftener in a week than it may; nor much like another of the day. */
  private mayCome({ recipe }: Dish, at: number, meal: number): boolean {
    const { request, kin, slots } = this.kitchen;
    if (request.startsToday && at === 0 && isOfTheEvening(recipe, slots[meal]!)) return false;
    const isIn = (index: number, one: Recipe) => this.days[index]?.dishes.some((dish) => dish.recipe === one) ?? false;
    if (isIn(at, recipe) || (!request.mayRunOn && (isIn(at - 1, recipe) || isIn(at + 1, recipe)))) return false;
    if (this.days[at]!.dishes.some((dish) => kin.get(recipe)!.has(dish.recipe))) return false;
    const times = this.days.filter((_, index) => weekOfDay(index) === weekOfDay(at) && isIn(index, recipe)).length;
    return times < (request.budgetCents === null ? 1 : this.cooked.repeatLimit);
  }

  private isDrafted(day: number, meal: number, { recipe }: Dish): boolean {
    const date = dateOf(this.kitchen.request, day);
    const drafted = this.draft?.days.find((one) => one.date === date)?.meals ?? [];
    return drafted.some(({ slot, recipeId }) => slot === this.kitchen.slots[meal] && recipeId === recipe.id);
  }
}

const servingsOf = (table: Table, meal: number): number => table.reduce((sum, row) => sum + row[meal]!, 0);
