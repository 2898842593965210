import type { Dish, Eater } from '../kitchen/eater.js';

/** As many as are worth asking before a day is measured. */
const KEPT = 24;

/**
 * What measured days taught about all others. Once the nutrients have prices (what a day's misfit would fall by per unit), the least
 * that a day can miss its bands by is a sum with one term for each dish, whichever dishes it is made of: Lagrange's bound. So a day
 * that was measured, at the price of a descent, rules out others at the price of a few additions. It never rules out a day that is
 * better than what it is compared with.
 */
export class Cuts {
  private readonly cuts: Cut[] = [];
  private next: Cut;

  /** `dishes`: how many there are in the kitchen. */
  constructor(
    private readonly eaters: readonly Eater[],
    private readonly dishes: number,
  ) {
    this.next = new Cut(eaters, dishes);
  }

  /** Whether these dishes are certain to miss the bands by more than is enough. */
  exceed(dishes: readonly Dish[], enough: number): boolean {
    const { cuts } = this;
    for (let at = 0; at < cuts.length; at++) {
      const cut = cuts[at]!;
      if (cut.leastOf(dishes) <= enough) continue;
      // What ruled out one dish is likely to rule out the next.
      cuts.copyWithin(1, 0, at);
      cuts[0] = cut;
      return true;
    }
    return false;
  }

  /** The prices one eater's measurement ended with; those of an eater who is not noted are 0. */
  note(eater: number, held: Float64Array): void {
    this.next.note(eater, held);
  }

  /** Makes a cut of what was noted. The one that was of no use for longest makes room. */
  keep(): void {
    this.cuts.unshift(this.next);
    this.next = this.cuts.length > KEPT ? this.cuts.pop()! : new Cut(this.eaters, this.dishes);
    this.next.clear();
  }
}

class Cut {
  /** By eater, then nutrient. */
  private readonly prices: Float64Array;
  private base = 0;
  /** By dish; not a number until somebody asks. */
  private readonly terms: Float64Array;

  constructor(
    private readonly eaters: readonly Eater[],
    dishes: number,
  ) {
    this.prices = new Float64Array(eaters.length * (eaters[0]?.least.length ?? 0));
    this.terms = new Float64Array(dishes).fill(NaN);
  }

  clear(): void {
    this.prices.fill(0);
    this.terms.fill(NaN);
    this.base = 0;
  }

  note(index: number, held: Float64Array): void {
    const { least, most, rigour } = this.eaters[index]!;
    for (let n = 0; n < least.length; n++) {
      const end = held[n]! < least[n]! ? least[n]! : held[n]! > most[n]! ? most[n]! : NaN;
      if (Number.isNaN(end)) continue;
      const price = 2 * rigour.miss * (held[n]! - end);
      this.prices[index * least.length + n] = price;
      this.base -= price * end + (price * price) / (4 * rigour.miss);
    }
  }

  leastOf(dishes: readonly Dish[]): number {
    let sum = this.base;
    for (let meal = 0; meal < dishes.length; meal++) {
      const dish = dishes[meal]!;
      let term = this.terms[dish.index]!;
      if (term !== term) term = this.terms[dish.index] = this.termOf(dish, meal);
      sum += term;
    }
    return sum;
  }

  /** The least over the portions: what they hold at its prices, and what unusual ones count. */
  private termOf({ amounts, limits: ofAll, kcal }: Dish, meal: number): number {
    let sum = 0;
    for (let index = 0; index < this.eaters.length; index++) {
      const { rigour, kcal: usual, index: who } = this.eaters[index]!;
      const limits = ofAll[who]!;
      let price = 0;
      for (let n = 0, at = index * amounts.length; n < amounts.length; n++) price += this.prices[at + n]! * amounts[n]!;
      const wanted = Math.min(limits.max, Math.max(limits.min, usual[meal]! / kcal));
      const best =
        rigour.unusual > 0 ? wanted - (price * wanted * wanted) / (2 * rigour.unusual) : price > 0 ? 0 : Infinity;
      const servings = Math.min(limits.max, Math.max(limits.min, best));
      const off = servings / wanted - 1;
      sum += price * servings + rigour.unusual * off * off;
    }
    return sum;
  }
}
