import { daysReadOf, type DayOrder } from './days.js';
import { isSingle, type Differing } from './differing.js';
import type { OrderFacts, Question, ReadCart, ReadCharge, ReadOrder, Reading, Skipped } from './reading.js';

const MOST_SKIPPED = 200;

/** What a reader of a format finds as it goes: orders in the order in which the file names them, and what of it was left out. */
export class Gathered {
  private readonly orders = new Map<string, ReadOrder>();
  private readonly skipped: Skipped[] = [];
  private readonly questions = new Map<string, Question>();
  /** Where each order's facts were told first. */
  private readonly toldAt = new WeakMap<ReadOrder, Map<string, string>>();
  private readonly differing = new Map<ReadOrder, Map<string, Differing['values']>>();
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

  /** What an earlier place did not tell of the order is filled in; money, days and currencies that it told otherwise are asked about. */
  fill(order: ReadOrder, facts: Partial<OrderFacts>, where: string): void {
    const places = this.toldAt.get(order) ?? new Map<string, string>();
    this.toldAt.set(order, places);
    for (const [field, value] of Object.entries(facts)) {
      const known = order[field as keyof OrderFacts];
      if (value === null || known === value) continue;
      if (known === null) {
        Object.assign(order, { [field]: value });
        if (isSingle(field)) places.set(field, where);
      } else if (isSingle(field))
        this.differs(order, field, [
          { value: known as number | string, by: places.get(field) ?? 'before' },
          { value: value as number | string, by: where },
        ]);
    }
  }

  private differs(order: ReadOrder, field: string, values: Differing['values']): void {
    const fields = this.differing.get(order) ?? new Map<string, Differing['values']>();
    this.differing.set(order, fields);
    const told = fields.get(field);
    if (told) told.push(...values);
    else fields.set(field, values);
  }

  skip(where: string, reason: string): void {
    if (this.skipped.length < MOST_SKIPPED) this.skipped.push({ where, reason });
  }

  /** Once for each code. */
  ask(code: string, text: string): void {
    if (!this.questions.has(code)) this.questions.set(code, { code, text });
  }

  /** In which order a column has day and month; told where one of its days decides it for others. */
  dayOrderOf(values: readonly unknown[]): DayOrder {
    const { order, note } = daysReadOf(values);
    if (note !== null) this.ask('days_read', note);
    return order;
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
      differing: [...this.differing].flatMap(([{ retailer, numberKey, orderedOn }, fields]) =>
        [...fields].map(([field, values]) => ({ retailer, numberKey, orderedOn, field, values })),
      ),
    };
  }
}
