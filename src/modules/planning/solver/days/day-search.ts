import type { Effort } from '../effort.js';
import type { Dish, Eater } from '../kitchen/eater.js';

/** What a search for a day may cost: an evaluation of one dish for one person is a piece of work, some 20 ns. */
const MOST_WORK = 40_000_000;
/** Rounds of prices at one node, and how many without a better bound end them. */
const MOST_ROUNDS = 60;
const ROUNDS_IN_VAIN = 12;
const WORK_OF_JUDGING = 20;
/** How far beyond the limit prices are aimed, so that they do not stop just under it. */
const BEYOND = 0.05;
/** How much of a turning back is taken out of the way prices go, times what would stop it. */
const TURN = 1.5;
/** More than binary fractions lose. */
const HAIR = 1e-7;

/** What a caller makes of a day that may do: the day as it wants it, or why not. */
export type Judgement<T> = { made: T } | 'impossible' | 'unsure';
export type Judge<T> = (dishes: readonly Dish[]) => Judgement<T>;
/** `none`: it is proven that no day of these dishes costs so little. */
export type Search<T> = { kind: 'found'; made: T } | { kind: 'none' } | { kind: 'unknown' };

export interface Costs {
  /** Of serving a dish at all, by its index; 0 or more. */
  perDish: Float64Array;
  /** Of each serving, by its index; 0 or more. */
  perServing: Float64Array;
}

/**
 * All days there are, searched for one that costs at most so much and meets everybody's bands: branch and bound, with Lagrange's bound.
 * Once nutrients have prices, the least cost of a day is a sum with one least term for each meal, so a thousand million days are
 * bounded at once, and so is each dish at each meal: those too dear for the limit are out. Prices rise where the cheapest dishes miss
 * a band (a subgradient with Polyak's step) until no day is left or the meals have to be tried one by one. Units of cost are free;
 * they should be such that a day's limit is about 1.
 */
export class DaySearch {
  private work = 0;
  private mostWork = MOST_WORK;
  /** Whether some day was neither found nor ruled out. */
  private isUnsure = false;
  private costs: Costs = { perDish: new Float64Array(), perServing: new Float64Array() };
  private limit = 0;
  /** Whether nothing costs anything: what is left of a day is whether it fits. */
  private isFree = true;

  /** `eaters` with bands a hair wider than the true ones: what they miss is missed for certain. */
  constructor(
    private readonly menus: readonly (readonly Dish[])[],
    private readonly eaters: readonly Eater[],
    private readonly effort: Effort,
  ) {}

  /** `effort`: a share of what a search may cost. */
  find<T>(costs: Costs, limit: number, judge: Judge<T>, effort = 1): Search<T> {
    this.mostWork = effort * MOST_WORK;
    [this.work, this.isUnsure, this.costs, this.limit] = [0, false, costs, limit];
    this.isFree = [costs.perDish, costs.perServing].every((all) => all.every((cost) => cost === 0));
    const found = this.search(new Node(this.menus, this.eaters), judge);
    if (found) return { kind: 'found', made: found.made };
    return { kind: this.isUnsure ? 'unknown' : 'none' };
  }

  private search<T>(node: Node, judge: Judge<T>): { made: T } | null {
    this.raisePrices(node);
    if (node.isEmpty) return null;
    const meal = shortest(node.menus);
    const days = node.daysIfFew();
    for (const day of days ?? [node.cheapest]) {
      if (hasTwice(day) || (days && this.isTooDear(node, day))) continue;
      this.spend(WORK_OF_JUDGING);
      const judgement = judge(day);
      if (typeof judgement === 'object') return judgement;
      if (days) this.isUnsure ||= judgement === 'unsure';
    }
    if (days) return null;
    for (const dish of node.inOrder(meal)) {
      if (this.work > this.mostWork || this.effort.isOver()) {
        this.isUnsure = true;
        return null;
      }
      const found = this.search(node.with(meal, dish), judge);
      if (found) return found;
    }
    return null;
  }

  /** Whether prices of its own show that a day is too dear: cheaper than to judge it. */
  private isTooDear(node: Node, day: readonly Dish[]): boolean {
    if (this.isFree) return false;
    const alone = node.of(day);
    this.raisePrices(alone);
    return alone.isEmpty;
  }

  private spend(work: number): void {
    this.work += work;
    this.effort.spend(work);
  }

  /** Prices at which dishes turn out too dear, as long as they get any better. The node keeps the best. */
  private raisePrices(node: Node): void {
    if (node.isEmpty) return;
    const aim = this.limit + BEYOND * Math.max(1, this.limit);
    let best = -Infinity;
    let vain = 0;
    for (let round = 0; round < MOST_ROUNDS && vain < ROUNDS_IN_VAIN; round++) {
      this.spend(node.size * this.eaters.length);
      const bound = node.evaluate(this.costs);
      node.dropDearer(this.limit + HAIR, bound);
      if (node.isEmpty) return;
      vain = bound > best + (aim - best) * 0.01 ? 0 : vain + 1;
      if (bound > best) {
        best = bound;
        node.keepPrices();
      }
      if (!node.stepTowards(aim - bound)) break;
    }
    node.takeKeptPrices();
    node.evaluate(this.costs);
  }
}

/** Some of the dishes of each meal, and prices of what each eater's day holds. */
class Node {
  /** By eater, then nutrient: above 0 at the upper end of the band, below 0 at the lower. */
  prices: Float64Array;
  /** The dishes that give the bound. */
  cheapest: Dish[] = [];
  isEmpty = false;
  /** By meal, then dish of the menu. */
  private terms: Float64Array[];
  private readonly leastTerms: number[] = [];
  /** How far the cheapest dishes are beyond the ends. */
  private readonly slopes: Float64Array;
  private readonly way: Float64Array;
  private readonly kept: Float64Array;

  constructor(
    public menus: readonly (readonly Dish[])[],
    private readonly eaters: readonly Eater[],
    prices?: Float64Array,
  ) {
    this.prices = prices ?? new Float64Array(eaters.length * (eaters[0]?.least.length ?? 0));
    this.slopes = new Float64Array(this.prices.length);
    this.way = new Float64Array(this.prices.length);
    this.kept = new Float64Array(this.prices.length);
    this.terms = menus.map(({ length }) => new Float64Array(length));
    this.isEmpty = menus.some(({ length }) => length === 0);
  }

  keepPrices(): void {
    this.kept.set(this.prices);
  }

  takeKeptPrices(): void {
    this.prices.set(this.kept);
  }

  get size(): number {
    return this.menus.reduce((sum, { length }) => sum + length, 0);
  }

  of(day: readonly Dish[]): Node {
    return new Node(
      day.map((dish) => [dish]),
      this.eaters,
      this.prices.slice(),
    );
  }

  /** This dish for certain at this meal, and then at no other. */
  with(meal: number, dish: Dish): Node {
    const menus = this.menus.map((menu, at) =>
      at === meal ? [dish] : menu.filter(({ recipe }) => recipe !== dish.recipe),
    );
    return new Node(menus, this.eaters, this.prices.slice());
  }

  /** All days of these dishes, when only one meal is open. */
  daysIfFew(): readonly (readonly Dish[])[] | null {
    const open = this.menus.map((_, meal) => meal).filter((meal) => this.menus[meal]!.length > 1);
    if (open.length > 1) return null;
    const day = this.menus.map((menu) => menu[0]!);
    return open.length === 0 ? [day] : this.inOrder(open[0]!).map((dish) => day.with(open[0]!, dish));
  }

  inOrder(meal: number): readonly Dish[] {
    const terms = this.terms[meal]!;
    const order = this.menus[meal]!.map((dish, at) => ({ dish, term: terms[at]! }));
    return order.sort((one, other) => one.term - other.term).map(({ dish }) => dish);
  }

  /** The least that any day of these dishes costs, at these prices. */
  evaluate({ perDish, perServing }: Costs): number {
    const { prices, eaters, menus } = this;
    let bound = 0;
    for (let meal = 0; meal < menus.length; meal++) {
      const menu = menus[meal]!;
      const terms = this.terms[meal]!;
      let least = Infinity;
      for (let at = 0; at < menu.length; at++) {
        const { amounts, limits, index } = menu[at]!;
        let term = perDish[index]!;
        for (let eater = 0, price = 0; eater < eaters.length; eater++) {
          let each = perServing[index]!;
          for (let n = 0; n < amounts.length; n++) each += prices[price++]! * amounts[n]!;
          const { min, max } = limits[eaters[eater]!.index]!;
          term += each * (each > 0 ? min : max);
        }
        terms[at] = term;
        if (term >= least) continue;
        least = term;
        this.cheapest[meal] = menu[at]!;
      }
      this.leastTerms[meal] = least;
      bound += least;
    }
    return bound - this.worthOfEnds(perServing);
  }

  /** What the ends of the bands are worth; and how far beyond them the cheapest dishes are. */
  private worthOfEnds(perServing: Float64Array): number {
    const { prices, slopes, eaters } = this;
    let worth = 0;
    for (let eater = 0; eater < eaters.length; eater++) {
      const { least, most, index: who } = eaters[eater]!;
      const from = eater * least.length;
      for (let n = 0; n < least.length; n++) slopes[from + n] = 0;
      for (const { amounts, limits, index } of this.cheapest) {
        let each = perServing[index]!;
        for (let n = 0; n < amounts.length; n++) each += prices[from + n]! * amounts[n]!;
        const { min, max } = limits[who]!;
        const servings = each > 0 ? min : max;
        for (let n = 0; n < amounts.length; n++) slopes[from + n]! += servings * amounts[n]!;
      }
      for (let n = 0; n < least.length; n++) {
        const price = prices[from + n]!;
        const held = slopes[from + n]!;
        const end = price > 0 ? most[n]! : price < 0 ? least[n]! : Math.min(Math.max(held, least[n]!), most[n]!);
        if (price !== 0) worth += price * end;
        slopes[from + n] = held - end;
      }
    }
    return worth;
  }

  /** Leaves out the dishes with which no day costs at most the limit; `bound` is of the last evaluation. */
  dropDearer(limit: number, bound: number): void {
    if (bound > limit) {
      this.isEmpty = true;
      return;
    }
    const room = this.leastTerms.map((least) => limit - bound + least);
    if (!this.terms.some((terms, meal) => terms.some((term) => term > room[meal]!))) return;
    const kept = this.terms.map((terms, meal) => terms.map((term) => (term > room[meal]! ? 0 : 1)));
    this.menus = this.menus.map((menu, meal) => menu.filter((_, at) => kept[meal]![at] === 1));
    this.terms = this.terms.map((terms, meal) => terms.filter((_, at) => kept[meal]![at] === 1));
  }

  /** Prices a step up their slope, as far as would raise the bound so much if all else stayed. False at a flat place. */
  stepTowards(rise: number): boolean {
    const { prices, slopes, way } = this;
    let along = 0;
    let last = 0;
    for (let at = 0; at < way.length; at++) {
      along += way[at]! * slopes[at]!;
      last += way[at]! * way[at]!;
    }
    // A slope against the way so far would lead back and forth: what they have against each other is taken out (Camerini).
    const keep = along < 0 ? (-TURN * along) / last : 0;
    let steep = 0;
    for (let at = 0; at < way.length; at++) {
      way[at] = slopes[at]! + keep * way[at]!;
      steep += way[at]! * way[at]!;
    }
    if (steep < HAIR * HAIR) return false;
    for (let at = 0; at < prices.length; at++) {
      const before = prices[at]!;
      const after = before + (rise / steep) * way[at]!;
      // An end of the band is worth nothing to the other side of 0.
      prices[at] = before * after < 0 ? 0 : after;
    }
    return true;
  }
}

const hasTwice = (dishes: readonly Dish[]): boolean => new Set(dishes.map(({ recipe }) => recipe)).size < dishes.length;

/** The meal with the fewest dishes, of those that have several. */
function shortest(menus: readonly (readonly Dish[])[]): number {
  const lengths = menus.map(({ length }) => (length > 1 ? length : Infinity));
  return lengths.indexOf(Math.min(...lengths));
}
