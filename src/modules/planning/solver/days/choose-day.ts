import type { Dish } from '../kitchen/eater.js';
import type { Kin } from '../kitchen/kin.js';
import { areTooMuchOfOne } from '../kitchen/servings.js';
import { misfitOfAll, type Party } from './misfit.js';

/** A dish that a meal may be, and how unwelcome it is there (repeats, cost, chance): a lower number goes first. */
export interface Choice {
  dish: Dish;
  dislike: number;
}

const MAX_SWEEPS = 5;
/** So many days can all be looked at. */
const FEW_DAYS = 40_000;
/** As a reason against a day, for each two dishes. */
const ALIKE_ON_A_DAY = 12;
/** More than bands could ever be missed by: nobody is served such a day, however near it comes. */
export const NEVER = 1e12;
const LEAST_GAIN = 1e-9;
/** What is left under this is the price of unusual portions. */
const GOOD = 20;

/**
 * The dishes of a day: from a start, each meal in turn becomes the dish that is best with the others, until none changes. Thorough, it
 * goes on where that did not do, with all meals at once when their days are few, or else with every two. Menus are in the order of
 * their dislike, so most dishes are passed over without being measured.
 */
export function chooseDay(
  menus: readonly (readonly Choice[])[],
  party: Party,
  kin: Kin,
  start: readonly Choice[],
  isThorough: boolean,
): readonly Dish[] {
  const day = new Day(menus, party, kin, [...start]);
  const meals = menus.map((_, meal) => meal);
  day.improve(meals.map((meal) => [meal]));
  if (isThorough && day.misfit() > GOOD) {
    const isSmall = menus.reduce((product, menu) => product * menu.length, 1) <= FEW_DAYS;
    day.improve(isSmall ? [meals] : meals.flatMap((meal) => meals.slice(meal + 1).map((other) => [meal, other])));
  }
  return day.dishes;
}

/** The first of each menu, no recipe twice; the shortest menus choose first. It ends where there is none. */
export function startOf(menus: readonly (readonly Choice[])[]): Choice[] {
  const start: Choice[] = [];
  const order = menus.map((_, meal) => meal).sort((a, b) => menus[a]!.length - menus[b]!.length || a - b);
  for (const meal of order) {
    const isFree = ({ dish }: Choice) => !start.some((one) => one?.dish.recipe === dish.recipe);
    const choice = menus[meal]!.find(isFree);
    if (choice === undefined) return [];
    start[meal] = choice;
  }
  return start;
}

class Day {
  private score: number;
  /** Those of the choices, in the same order. */
  private readonly day: Dish[];

  constructor(
    private readonly menus: readonly (readonly Choice[])[],
    private readonly party: Party,
    private readonly kin: Kin,
    private readonly chosen: Choice[],
  ) {
    this.day = chosen.map(({ dish }) => dish);
    this.score = chosen.reduce((sum, { dislike }) => sum + dislike, this.togetherness()) + this.misfit();
  }

  get dishes(): readonly Dish[] {
    return this.day;
  }

  misfit(enough = Infinity): number {
    return misfitOfAll(this.party, this.day, enough);
  }

  /** Gives each group of meals in turn the best choices beside the others, over and over until nothing gets better. */
  improve(groups: readonly (readonly number[])[]): void {
    for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
      const before = this.score;
      for (const group of groups) this.improveGroup(group);
      if (this.score > before - LEAST_GAIN) break;
    }
  }

  private improveGroup(group: readonly number[]): void {
    const best = group.map((meal) => this.chosen[meal]!);
    const beside = this.chosen.reduce((sum, { dislike }, meal) => (group.includes(meal) ? sum : sum + dislike), 0);
    this.tryAll(group, 0, beside, best);
    group.forEach((meal, at) => this.choose(meal, best[at]!));
  }

  /** Every choice for the meals of a group from `at` on, as long as their dislikes alone do not lose. */
  private tryAll(group: readonly number[], at: number, beside: number, best: Choice[]): void {
    const meal = group[at]!;
    const later = group.slice(at + 1);
    const least = later.reduce((sum, one) => sum + this.menus[one]![0]!.dislike, beside);
    for (const choice of this.menus[meal]!) {
      if (least + choice.dislike >= this.score) break;
      if (this.isElsewhere(choice, meal, later)) continue;
      this.choose(meal, choice);
      if (later.length > 0) {
        this.tryAll(group, at + 1, beside + choice.dislike, best);
        continue;
      }
      const dislike = beside + choice.dislike + this.togetherness();
      if (dislike >= this.score) continue;
      const score = dislike + this.misfit(this.score - dislike);
      if (score > this.score - LEAST_GAIN) continue;
      this.score = score;
      group.forEach((one, index) => (best[index] = this.chosen[one]!));
    }
  }

  /** Reasons against dishes together: two much alike are one too many, and of some foods there is a most on a day. */
  private togetherness(): number {
    if (areTooMuchOfOne(this.day)) return NEVER;
    let pairs = 0;
    for (let meal = 0; meal < this.day.length; meal++) {
      const alike = this.kin.get(this.day[meal]!.recipe)!;
      for (let other = meal + 1; other < this.day.length; other++) if (alike.has(this.day[other]!.recipe)) pairs++;
    }
    return pairs * ALIKE_ON_A_DAY;
  }

  private choose(meal: number, choice: Choice): void {
    this.chosen[meal] = choice;
    this.day[meal] = choice.dish;
  }

  private isElsewhere({ dish }: Choice, meal: number, later: readonly number[]): boolean {
    return this.chosen.some((other, one) => one !== meal && other.dish.recipe === dish.recipe && !later.includes(one));
  }
}
