import type { Gathered } from '../../gathered.js';

const MOST = 5;

/** What of answers was not understood, to be told once for all of them. */
export class Notes {
  private readonly amounts = new Set<string>();
  private readonly categories = new Set<string>();
  private readonly bare = new Set<string>();
  private readonly known = new Set<string>();

  constructor(private readonly found: Gathered) {}

  skip(where: string, reason: string): void {
    this.found.skip(where, reason);
  }

  amount(name: string, numberKey: string): void {
    this.amounts.add(`${name} of ${numberKey}`);
  }

  category(name: string): void {
    this.categories.add(name);
  }

  /** Of this order nothing is known of what was bought. */
  noDetail(numberKey: string): void {
    this.bare.add(numberKey);
  }

  /** An order that another answer told of whole. */
  hasDetail(numberKey: string): void {
    this.known.add(numberKey);
  }

  ask(): void {
    const some = (all: ReadonlySet<string>) => `${[...all].slice(0, MOST).join(', ')}${all.size > MOST ? ' …' : ''}`;
    const bare = new Set([...this.bare].filter((numberKey) => !this.known.has(numberKey)));
    if (bare.size > 0)
      this.found.ask(
        'detail_unavailable',
        `Of these orders it is not told, or not in a way that is understood, what was bought: ${some(bare)}.`,
      );
    if (this.amounts.size > 0)
      this.found.ask(
        'amounts_unclear',
        `These amounts were not understood, and count as not known: ${some(this.amounts)}.`,
      );
    if (this.categories.size > 0)
      this.found.ask(
        'categories_unknown',
        `What these categories say became of their items is not known; they count as bought: ${some(this.categories)}.`,
      );
  }
}
