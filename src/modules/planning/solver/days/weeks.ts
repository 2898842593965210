import { solve } from 'yalps';
import { randomOf } from '../../../../common/random.js';
import type { Recipe } from '../../../nutrition/recipes.js';
import { USUAL_REPEATS } from '../../needs/shortlist.js';
import { DAYS_OF_A_WEEK } from '../dates.js';
import type { Dish } from '../kitchen/eater.js';
import type { Kitchen } from '../kitchen/kitchen.js';
import { AllDays, fitDayOf, type FitDay } from './all-days.js';
import { fitDaysOf, type Cooked } from './cook.js';
import { chooseDay, startOf, type Choice } from './choose-day.js';

type Weeks<T> = ({ kind: 'planned' } & T) | { kind: 'impossible' } | { kind: 'unknown' };

/** `impossible` is proven: no days in any portions make a plan of them. `cooked` is what a quicker search came to, `share` how much of the usual effort to spend. */
export function weeksFor(kitchen: Kitchen, { days: before }: Cooked, share = 1): Weeks<{ cooked: Cooked }> {
  const { maxRepeats } = kitchen.request;
  const budgetCents = budgetOf(kitchen);
  const most = Math.min(kitchen.request.days, kitchen.mostRepeats);
  const known = fitDaysOf(before);
  const weeksWith = (repeats: number, effort: number): Weeks<{ cooked: Cooked }> => {
    const weeks = planWeeks(kitchen, { repeats, budgetCents, known, effort, share });
    if (weeks.kind !== 'planned') return weeks;
    return { kind: 'planned', cooked: cookedOf(apart(weeks.days, kitchen.request) ?? weeks.days, repeats) };
  };
  // With one day over and over it is found out soonest whether there is any such plan.
  const last = weeksWith(maxRepeats ?? most, share);
  if (maxRepeats !== null || last.kind !== 'planned') return last;
  for (let repeats = USUAL_REPEATS; repeats < most; repeats++) {
    const weeks = weeksWith(repeats, EFFORT_FOR_VARIETY * share);
    if (weeks.kind === 'planned') return weeks;
  }
  return last;
}

/** Weeks in which no recipe comes oftener than is usual, nor on two days running, if they are found soon. */
export function variedWeeks(kitchen: Kitchen, { days: before }: Cooked, share: number): Cooked | null {
  const repeats = kitchen.request.maxRepeats ?? USUAL_REPEATS;
  const known = fitDaysOf(before);
  const weeks = planWeeks(kitchen, { repeats, budgetCents: budgetOf(kitchen), known, effort: share, share });
  const days = weeks.kind === 'planned' ? apart(weeks.days, kitchen.request) : null;
  return days && cookedOf(days, repeats);
}

const cookedOf = (days: readonly FitDay[], repeatLimit: number): Cooked => ({
  days: days.map(({ dishes, table }) => ({ dishes, table, isFit: true })),
  repeatLimit,
  shortOf: null,
});

/** What the pantry holds takes at most so much off the list. */
const budgetOf = ({ request: { budgetCents }, till }: Kitchen): number | null =>
  budgetCents === null ? null : budgetCents + till.pantryCents;

/** The days of each week in an order in which no recipe comes on two days running; null where none is found soon. */
function apart(days: readonly FitDay[], { mayRunOn = false }: Kitchen['request']): readonly FitDay[] | null {
  if (mayRunOn) return days;
  let tries = MOST_ORDERS;
  const order = (done: readonly FitDay[]): readonly FitDay[] | null => {
    if (done.length === days.length) return done;
    if (tries-- <= 0) return null;
    const from = done.length - (done.length % DAYS_OF_A_WEEK);
    const open = days.slice(from, from + DAYS_OF_A_WEEK);
    for (const day of done.slice(from)) open.splice(open.indexOf(day), 1);
    const before = done.at(-1);
    for (const day of new Set(open)) {
      if (before?.dishes.some(({ recipe }) => serves(day, recipe))) continue;
      const found = order([...done, day]);
      if (found !== null) return found;
    }
    return null;
  };
  return order([]);
}
const MOST_ORDERS = 20_000;

interface WeeksWish {
  /** How often a recipe may come in a week. */
  repeats: number;
  /** For all days together; null where money is no matter. */
  budgetCents: number | null;
  /** Days that are known to fit. */
  known: readonly (readonly Dish[])[];
  /** A share of what a search for a day may cost. */
  effort: number;
  /** Of the usual number of rounds. */
  share: number;
}

const MOST_ROUNDS = 200;
/** Days settled one by one where those known do not go together, and taken back again. */
const MOST_DIVES = 40;
const ROUNDS_OF_A_DIVE = 30;
const EFFORT_OF_A_DIVE = 0.1;
const EFFORT_FOR_VARIETY = 0.1;
/** Branches of a choice among days; each is a small linear program. */
const MOST_BRANCHES = 1000;
/** What a recipe of the worth of a day counts among the reasons against a dish, and a dish for all the money of a day. */
const WORTH = 60;
const CHANCE = 2;
/** What a missing day costs, in a day's money. */
const MISSING = 50;
const APART = 1e-7;
const ENOUGH = 1e-3;
const MOST_PIVOTS = 2000;
/** Of a linear program over the days known. */
const WORK_OF_PRICING = 100_000;
/** So that every day costs more than its share when none costs as little. */
const HAIR = 1e-6;

/**
 * Days for whole weeks, where serving one day after the other uses up what later days need: by columns. A linear program over the days
 * known so far says what each recipe is worth, for it may come only so often; a day that is cheap at these prices is looked for and
 * joins them. When every day there is costs too much at some prices, then no weeks exist (Dantzig and Wolfe's bound), and that is
 * proven whatever the prices came from.
 */
function planWeeks(kitchen: Kitchen, wish: WeeksWish): Weeks<{ days: readonly FitDay[] }> {
  return new WeeksSearch(kitchen, wish).run();
}

class WeeksSearch {
  private readonly columns = new Map<string, FitDay>();
  private readonly allDays: AllDays;
  private readonly random: () => number;
  /** Days of the first week; the second takes the same or as many of them as it needs. */
  private readonly days: number;
  /** What a day may cost at the mean: the unit of cost. */
  private readonly centsOfDay: number;
  /** Days that are settled. */
  private readonly fixed: FitDay[] = [];

  constructor(
    private readonly kitchen: Kitchen,
    private readonly wish: WeeksWish,
  ) {
    const { days, seed } = kitchen.request;
    this.days = Math.min(days, DAYS_OF_A_WEEK);
    // A plan's cost is rounded to whole cents.
    this.centsOfDay = wish.budgetCents === null ? Infinity : (wish.budgetCents + 0.5) / days;
    this.allDays = new AllDays(kitchen);
    this.random = randomOf(seed * 7919 + 1);
    for (const dishes of wish.known) this.add(fitDayOf(kitchen, dishes, this.isThrifty));
  }

  run(): Weeks<{ days: readonly FitDay[] }> {
    const kind = this.gather(Math.ceil(MOST_ROUNDS * this.wish.share), this.wish.effort);
    if (kind !== 'enough') return { kind: kind === 'impossible' && !this.isProof ? 'unknown' : kind };
    const barred = new Set<FitDay>();
    for (let dives = 0; dives < Math.ceil(MOST_DIVES * this.wish.share); dives++) {
      const days = this.picked();
      if (days) return { kind: 'planned', days };
      const next = this.mixture().find((day) => !barred.has(day));
      if (next === undefined) break;
      this.fixed.push(next);
      if (this.gather(ROUNDS_OF_A_DIVE, EFFORT_OF_A_DIVE) === 'enough') continue;
      barred.add(next);
      this.fixed.pop();
    }
    return { kind: 'unknown' };
  }

  /** With a budget, a short second week may be cheaper than its share of the first. */
  private get isProof(): boolean {
    return !this.isThrifty || this.kitchen.request.days % this.days === 0 || this.wish.repeats === this.days;
  }

  /** Looks for days until a mixture of them makes what is left of the week, whatever it costs at first, and then within the money. */
  private gather(rounds: number, effort: number): 'enough' | 'impossible' | 'unknown' {
    for (const perCent of this.isThrifty ? [0, 1 / this.centsOfDay] : [0]) {
      const kind = this.gatherAt(perCent, rounds, effort);
      if (kind !== 'enough') return kind;
    }
    return 'enough';
  }

  private gatherAt(perCent: number, rounds: number, effort: number): 'enough' | 'impossible' | 'unknown' {
    for (let round = 0; round < rounds && !this.kitchen.effort.isOver(); round++) {
      this.kitchen.effort.spend(WORK_OF_PRICING);
      const worth = this.worth(perCent);
      if (worth === null) return 'unknown';
      const { prices, lack } = worth;
      if (lack < ENOUGH) return 'enough';
      if (this.add(this.guess(prices, perCent))) continue;
      let limit = perCent > 0 ? this.budgetLeft : 0;
      for (const [recipe, price] of prices) limit += price * this.timesLeft(recipe);
      limit = limit / (this.days - this.fixed.length) + HAIR;
      const search = this.allDays.find({ prices, perCent, limit }, effort);
      if (search.kind === 'none') return 'impossible';
      if (search.kind === 'unknown' || !this.add(search.made)) return 'unknown';
    }
    return 'unknown';
  }

  /** Days known of recipes that may all come again. */
  private get possible(): readonly FitDay[] {
    return [...this.columns.values()].filter(({ dishes }) => dishes.every(({ recipe }) => this.timesLeft(recipe) > 0));
  }

  private timesLeft(recipe: Recipe): number {
    return this.wish.repeats - this.fixed.filter((day) => serves(day, recipe)).length;
  }

  /** In units of a day's money. */
  private get budgetLeft(): number {
    return this.isThrifty ? this.fixed.reduce((left, day) => left - this.costOf(day), this.days) : 0;
  }

  private get isThrifty(): boolean {
    return this.wish.budgetCents !== null;
  }

  /** In units: what money counts of a day, of which none is to be over 1 at the mean. */
  private costOf({ cents }: FitDay): number {
    return this.isThrifty ? cents / this.centsOfDay : 0;
  }

  /** Takes a day in; false for none and one that is known. */
  private add(day: FitDay | null): boolean {
    if (day === null) return false;
    const key = day.dishes.map(({ index }) => index).join(' ');
    const known = this.columns.get(key);
    if (known && known.cents <= day.cents) return false;
    this.columns.set(key, day);
    return true;
  }

  /**
   * What recipes are worth to the best mixture of the days known: the dual program. `lack`: what this mixture is short of, in days
   * or, where cents count, in a day's money; 0 when nothing is. Null where numerics gave up.
   */
  private worth(perCent: number): { prices: ReadonlyMap<Recipe, number>; lack: number } | null {
    const columns = this.possible;
    const recipes = [...new Set(columns.flatMap(({ dishes }) => dishes.map(({ recipe }) => recipe)))];
    type Row = FitDay | 'worth' | 'missing';
    const days = this.days - this.fixed.length;
    const { status, variables, result } = solve<Recipe | 'day', Row>(
      {
        direction: 'maximize',
        objective: 'worth',
        constraints: [
          ['missing', { max: perCent > 0 ? MISSING : 1 }],
          // Costs that are all alike lead the simplex in circles.
          ...columns.map((day, at): [Row, { max: number }] => [day, { max: perCent * day.cents + at * APART }]),
        ],
        variables: [
          ['day', [['worth', days], ['missing', 1], ...columns.map((column): [Row, number] => [column, 1])]],
          ...recipes.map((recipe): [Recipe, [Row, number][]] => [
            recipe,
            [
              ['worth', -this.timesLeft(recipe)],
              ...columns.filter((one) => serves(one, recipe)).map((one): [Row, number] => [one, -1]),
            ],
          ]),
        ],
      },
      { maxPivots: MOST_PIVOTS },
    );
    if (status !== 'optimal') return null;
    const prices = new Map(
      variables.flatMap(([key, price]): [Recipe, number][] => (key === 'day' ? [] : [[key, Math.max(0, price)]])),
    );
    return { prices, lack: result - (perCent > 0 ? this.budgetLeft : 0) };
  }

  /** A day by the quick search, to which recipes that are worth much are unwelcome, and dear ones. */
  private guess(prices: ReadonlyMap<Recipe, number>, perCent: number): FitDay | null {
    const { dishes, eaters, kin, strictParty } = this.kitchen;
    const kcal = eaters.reduce((sum, eater) => sum + eater.kcal.reduce((all, one) => all + one, 0), 0);
    const moneyOf = ({ cents, kcal: each }: Dish) => (perCent * cents * kcal) / each / dishes.length;
    const menus = dishes.map((menu) =>
      menu
        .filter(({ recipe }) => this.timesLeft(recipe) > 0)
        .map((dish): Choice => {
          const worth = (prices.get(dish.recipe) ?? 0) + moneyOf(dish);
          return { dish, dislike: WORTH * worth + CHANCE * this.random() };
        })
        .sort((one, other) => one.dislike - other.dislike),
    );
    const start = startOf(menus);
    if (start.length < menus.length) return null;
    return fitDayOf(this.kitchen, chooseDay(menus, strictParty, kin, start, false), this.isThrifty);
  }

  /** Days that go together, one for each of the plan, if there are such among those known. */
  private picked(): readonly FitDay[] | null {
    const chosen = this.shares(true);
    const week = [...this.fixed, ...chosen.flatMap(([day, times]) => Array<FitDay>(Math.round(times)).fill(day))];
    if (week.length !== this.days) return null;
    const cheapest = [...week].sort((one, other) => one.cents - other.cents);
    const days = [...week, ...cheapest.slice(0, this.kitchen.request.days - this.days)];
    return this.isAffordable(days) ? this.inUsualPortions(days) : null;
  }

  /** The days of which the cheapest mixture has most. */
  private mixture(): readonly FitDay[] {
    return [...this.shares(false)].sort(([, one], [, other]) => other - one).map(([day]) => day);
  }

  /** How often each day known comes in what is left of the week, as cheaply as can be: in whole numbers or in any. */
  private shares(areWhole: boolean): readonly (readonly [FitDay, number])[] {
    const columns = this.possible;
    const recipes = [...new Set(columns.flatMap(({ dishes }) => dishes.map(({ recipe }) => recipe)))];
    type Row = Recipe | 'days' | 'cost';
    const { status, variables } = solve<FitDay, Row>(
      {
        direction: 'minimize',
        objective: 'cost',
        constraints: [
          ['days', { equal: this.days - this.fixed.length }],
          ...recipes.map((recipe): [Row, { max: number }] => [recipe, { max: this.timesLeft(recipe) }]),
        ],
        variables: columns.map((day): [FitDay, [Row, number][]] => [
          day,
          [['days', 1], ['cost', this.costOf(day)], ...day.dishes.map(({ recipe }): [Row, number] => [recipe, 1])],
        ]),
        integers: areWhole ? columns : [],
      },
      { maxIterations: MOST_BRANCHES, maxPivots: MOST_PIVOTS },
    );
    return status === 'infeasible' ? [] : variables;
  }

  private isAffordable(days: readonly FitDay[]): boolean {
    const { budgetCents } = this.wish;
    return budgetCents === null || Math.round(days.reduce((sum, { cents }) => sum + cents, 0)) <= budgetCents;
  }

  /** Portions went by money: as many days as it lets get the usual ones. */
  private inUsualPortions(days: readonly FitDay[]): readonly FitDay[] {
    if (!this.isThrifty) return days;
    return days.reduce((kept, day, index) => {
      const usual = fitDayOf(this.kitchen, day.dishes, false);
      const changed = usual === null ? kept : kept.with(index, usual);
      return this.isAffordable(changed) ? changed : kept;
    }, days);
  }
}

const serves = ({ dishes }: FitDay, recipe: Recipe): boolean => dishes.some((dish) => dish.recipe === recipe);
