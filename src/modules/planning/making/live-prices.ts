import type { CartLine, QuoteLine } from '../../providers/provider.js';
import { lineIdOf, type ShoppingList } from '../solver/shopping/packs.js';

/** What the shop that was chosen asks for the list, beside catalogue prices. Money is cents of `currency`. */
export interface LivePrices {
  providerId: string;
  currency: string;
  items: readonly LivePrice[];
  /** Of what the shop has, without fees, tax and delivery. */
  cents: number;
  /** The foods with a price in the shop and in the catalogue, whose prices are US dollars; null where the currency is another. */
  compared: { foods: number; cents: number; catalogueCents: number } | null;
  /** Foods that no shop that was asked has. */
  unavailableFoods: readonly string[];
}
export interface LivePrice {
  food: string;
  status: QuoteLine['status'];
  product: string | null;
  packs: number;
  cents: number | null;
  catalogueCents: number | null;
}

/** A closed route as far as prices go: the winner and what each shop said of each line. */
export interface RoutedLines {
  winner: { providerId: string; currency: string } | null;
  lines: Readonly<
    Record<string, readonly Pick<QuoteLine, 'lineId' | 'status' | 'productName' | 'packs' | 'lineTotalCents'>[]>
  >;
}

/** Null when no shop was chosen. */
export function livePricesOf(
  items: readonly Pick<CartLine, 'id' | 'name'>[],
  list: ShoppingList,
  { winner, lines }: RoutedLines,
): LivePrices | null {
  if (winner === null) return null;
  // A line may name what a food is pressed from.
  const foods = new Map(list.items.map(({ food }) => [lineIdOf(food), food]));
  const foodOf = new Map(items.map(({ id, name }) => [id, foods.get(id) ?? name]));
  const catalogue = new Map(list.items.map(({ food, purchase }) => [food, purchase?.cents ?? null]));
  const rows = (lines[winner.providerId] ?? []).flatMap((line): LivePrice[] => {
    const food = foodOf.get(line.lineId);
    if (food === undefined) return [];
    const { status, productName: product, packs, lineTotalCents: cents } = line;
    return [{ food, status, product, packs, cents, catalogueCents: catalogue.get(food) ?? null }];
  });
  const both = rows.filter(({ cents, catalogueCents }) => cents !== null && catalogueCents !== null);
  const sumOf = (prices: readonly (number | null)[]) => prices.reduce<number>((sum, price) => sum + (price ?? 0), 0);
  const compared = {
    foods: both.length,
    cents: sumOf(both.map(({ cents }) => cents)),
    catalogueCents: sumOf(both.map(({ catalogueCents }) => catalogueCents)),
  };
  return {
    providerId: winner.providerId,
    currency: winner.currency,
    items: rows,
    cents: sumOf(rows.map(({ cents }) => cents)),
    compared: winner.currency === CATALOGUE_CURRENCY ? compared : null,
    unavailableFoods: items.filter(({ id }) => isNowhere(id, Object.values(lines))).map(({ id }) => foodOf.get(id)!),
  };
}

const CATALOGUE_CURRENCY = 'USD';

/** A line that is ambiguous somewhere may be had there. */
const isNowhere = (lineId: string, quotes: readonly RoutedLines['lines'][string][]): boolean =>
  quotes.every((lines) => lines.find((line) => line.lineId === lineId)?.status === 'missing');
