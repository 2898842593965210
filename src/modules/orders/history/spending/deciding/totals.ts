/** What was spent, summed up without ever adding two currencies. Pure. */
export interface Spent {
  /** A month ("2025-03"), a store ("walmart/5260"), or a group of foods; null where the order or product does not tell. */
  key: string | null;
  name: string | null;
  currency: string;
  /** Of the lines that were charged; null where of no line it is known. */
  goodsCents: number | null;
  /** Of the orders, with all that comes to the goods; null where a row is no whole order, or none tells its total. */
  totalCents: number | null;
  /** Given back later, in none of the others; null where none is told. */
  refundCents: number | null;
  orders: number;
  /** Orders of which no total is known. */
  ordersWithoutTotal: number;
  /** Lines of which nobody knows what was charged. */
  linesWithoutPrice: number;
}

export type Total = Omit<Spent, 'key' | 'name'>;

/** By month, what orders without a date cost is a row of its own that says so. */
export const named = (by: 'month' | 'store' | 'group', rows: readonly Spent[]): Spent[] =>
  rows.map((row) => (by === 'month' && row.key === null ? { ...row, name: 'orders without a date' } : row));

/** One for each currency, in alphabetical order. Null and null are null; null and a sum are the sum. */
export function totalsOf(rows: readonly Spent[]): Total[] {
  const totals = new Map<string, Total>();
  for (const { key: _, name: __, ...row } of rows) {
    const known = totals.get(row.currency);
    if (!known) totals.set(row.currency, { ...row });
    else {
      known.goodsCents = sum(known.goodsCents, row.goodsCents);
      known.totalCents = sum(known.totalCents, row.totalCents);
      known.refundCents = sum(known.refundCents, row.refundCents);
      known.orders += row.orders;
      known.ordersWithoutTotal += row.ordersWithoutTotal;
      known.linesWithoutPrice += row.linesWithoutPrice;
    }
  }
  return [...totals.values()].sort((a, b) => a.currency.localeCompare(b.currency));
}

const sum = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : one + other;
