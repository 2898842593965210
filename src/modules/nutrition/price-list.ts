import { csvRows } from '../../common/csv.js';
import { dataFile } from '../../platform/data-file.js';
import type { Food } from './foods.js';
import { gramsOf } from './portions.js';

/** One pack that shops sell of a food. */
export interface Pack {
  product: string;
  grams: number;
  /** The median of the shops that have it, without offers that end. */
  cents: number;
}

/** Packs by food, smallest price per gram first. A food without packs is one that no shop of the catalogue names. */
export type PriceList = ReadonlyMap<string, readonly Pack[]>;

const GRAMS_PER_LB = 453.59237;

/** What data/catalogue ships. Prices are estimates from public averages; a shop's own come with a route. */
export function shippedPrices(foods: ReadonlyMap<string, Food>): PriceList {
  return readPrices(
    { products: dataFile('catalogue', 'products.csv'), offers: dataFile('catalogue', 'offers.csv') },
    foods,
  );
}

export function readPrices(files: { products: string; offers: string }, foods: ReadonlyMap<string, Food>): PriceList {
  const prices = new Map<string, number[]>();
  for (const { product_id: id, price, in_stock } of csvRows(files.offers)) {
    const cents = Math.round(Number(price) * 100);
    if (in_stock === '1' && cents > 0) prices.set(id!, [...(prices.get(id!) ?? []), cents]);
  }
  const packs = new Map<string, Pack[]>();
  for (const row of csvRows(files.products)) {
    const food = foods.get(row.core_ingredient!);
    const grams = food && gramsIn(row, food);
    const median = medianOf(prices.get(row.product_id!) ?? []);
    if (!food || !grams || median === null) continue;
    // What is weighed at the counter is priced by the pound; a pack of it is a piece of usual weight.
    const cents = row.sold_by === 'weight' ? Math.ceil((median * grams) / GRAMS_PER_LB) : median;
    packs.set(food.name, [...(packs.get(food.name) ?? []), { product: row.name!, grams, cents }]);
  }
  for (const list of packs.values()) list.sort((one, other) => one.cents / one.grams - other.cents / other.grams);
  return packs;
}

/** The catalogue's net weight (a millilitre counts as a gram), or pieces by what one weighs; null when nobody knows. */
function gramsIn(
  { net_g_or_ml: net, size_unit: unit, size_value: size }: Record<string, string>,
  food: Food,
): number | null {
  if (net) return Number(net) > 0 ? Number(net) : null;
  return unit === 'ct' && Number(size) > 0 ? (gramsOf(food, Number(size), null)?.grams ?? null) : null;
}

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
