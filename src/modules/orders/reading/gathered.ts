import type { Question, ReadCart, ReadCharge, ReadOrder, Reading, Skipped } from './reading.js';

const MOST_SKIPPED = 200;

/** What a reader of a format finds as it goes: orders in the order in which the file names them, and what of it was left out. */
export class Gathered {
  private readonly orders = new Map<string, ReadOrder>();
  private readonly skipped: Skipped[] = [];
  private readonly questions = new Map<string, Question>();
  readonly carts: ReadCart[] = [];
  readonly charges: ReadCharge[] = [];

  /** The order in this slot, made when it is first asked for. */
  at(slot: string, make: () => ReadOrder): ReadOrder {
    const known = this.orders.get(slot);
    if (known) return known;
    const order = make();
    this.orders.set(slot, order);
    return order;
  }

  get(slot: string): ReadOrder | undefined {
    return this.orders.get(slot);
  }

  all(): Iterable<ReadOrder> {
    return this.orders.values();
  }

  skip(where: string, reason: string): void {
    if (this.skipped.length < MOST_SKIPPED) this.skipped.push({ where, reason });
  }

  /** Once for each code. */
  ask(code: string, text: string): void {
    if (!this.questions.has(code)) this.questions.set(code, { code, text });
  }

  askOfColumns(unknown: readonly string[]): void {
    if (unknown.length === 0) return;
    const names = unknown.slice(0, 10).join(', ');
    this.ask('columns_unknown', `These columns were not understood and left out: ${names}.`);
  }

  reading(toldBy: string): Omit<Reading, 'format'> {
    const { carts, charges, skipped } = this;
    return {
      toldBy,
      orders: [...this.orders.values()],
      carts,
      charges,
      skipped,
      questions: [...this.questions.values()],
    };
  }
}
