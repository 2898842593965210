import { csvRows } from '../../common/csv.js';
import { dataFile } from '../../platform/data-file.js';
import { soldGrams } from '../../vocabulary/measures.js';
import { wordsOf } from '../../vocabulary/words.js';
import { gramsToBuy, type Food } from './foods.js';
import { gramsOf } from './portions.js';

/** One pack that shops sell of a food. */
export interface Pack {
  product: string;
  /** As bought, peel and bone included. */
  grams: number;
  /** The median of the shops that have it, without offers that end. */
  cents: number;
  /** No shop of the catalogue sells it: a usual price, as data/catalogue/forms.csv says. */
  isEstimate?: true;
}

/** Packs by food, smallest price per gram first. A food without packs is one that no shop of the catalogue names. */
export type PriceList = ReadonlyMap<string, readonly Pack[]>;

const GRAMS_PER_LB = 453.59237;

/** What data/catalogue ships. Prices are estimates from public averages; a shop's own come with a route. */
export function shippedPrices(foods: ReadonlyMap<string, Food>): PriceList {
  return readPrices(
    {
      products: dataFile('catalogue', 'products.csv'),
      offers: dataFile('catalogue', 'offers.csv'),
      forms: dataFile('catalogue', 'forms.csv'),
    },
    foods,
  );
}

/** Usual shelf prices in Denmark, in øre: composed estimates of data/danish, one pack of each food. */
export const danishPrices = (foods: ReadonlyMap<string, Food>): PriceList =>
  new Map(
    csvRows(dataFile('danish', 'prices_dk.csv')).flatMap(({ food, pack_grams: grams, typical_ore: cents }) =>
      foods.has(food!) && Number(grams) > 0 && Number(cents) > 0
        ? [[food!, [{ product: food!, grams: Number(grams), cents: Number(cents), isEstimate: true as const }]]]
        : [],
    ),
  );

/**
 * `forms`: which products are not the food whose figures we count (`not`: salted almonds for almonds), which are though the catalogue does
 * not say so (`also`), what a piece weighs as it is bought (`piece`), and what none of its shops sells (`estimate`).
 */
export function readPrices(
  files: { products: string; offers: string; forms: string },
  foods: ReadonlyMap<string, Food>,
): PriceList {
  const forms = csvRows(files.forms);
  const formsOf = (kind: string) => forms.filter((row) => row.kind === kind);
  const others = new Set(formsOf('not').map(({ food, match }) => `${food} ${match}`));
  const also = new Map(formsOf('also').map(({ food, match }) => [match!, food!]));
  const prices = new Map<string, number[]>();
  for (const { product_id: id, price, in_stock } of csvRows(files.offers)) {
    const cents = Math.round(Number(price) * 100);
    if (in_stock === '1' && cents > 0) prices.set(id!, [...(prices.get(id!) ?? []), cents]);
  }
  const packs = new Map<string, (Pack & { isHot: boolean })[]>();
  const pressed = pressedFrom(foods);
  for (const row of csvRows(files.products)) {
    const form = row.variant ? `${row.type} {${row.variant}}` : row.type!;
    const core = row.core_ingredient || also.get(form) || '';
    // "Low sodium" soy sauce is another food than soy sauce.
    const food = foods.get(`${row.variant} ${core}`) ?? foods.get(core);
    const median = medianOf(prices.get(row.product_id!) ?? []);
    if (!food || median === null || others.has(`${food.name} ${form}`)) continue;
    for (const sold of [food, ...(pressed.get(core) ?? [])]) {
      const grams = sold === food ? gramsIn(row, food) : piecesIn(row, sold, core);
      if (!grams) continue;
      // What is weighed at the counter is priced by the pound; a pack of it is a piece of usual weight.
      const cents = row.sold_by === 'weight' ? Math.ceil((median * grams) / GRAMS_PER_LB) : median;
      packs.set(sold.name, [
        ...(packs.get(sold.name) ?? []),
        { product: row.name!, grams, cents, isHot: isHot(row, sold) },
      ]);
    }
  }
  for (const { food, match, grams, cents } of formsOf('estimate')) {
    const estimate = { product: match!, grams: Number(grams), cents: Number(cents), isEstimate: true as const };
    packs.set(food!, [...(packs.get(food!) ?? []), { ...estimate, isHot: false }]);
  }
  return new Map([...packs].map(([food, list]) => [food, mildOf(list)]));
}

/** "Hot" of a food that is not called so. */
const isHot = ({ variant }: Record<string, string>, { name }: Food): boolean => HOT.test(variant!) && !HOT.test(name);
const HOT = /\b(hot|spicy)\b/i;

/** Smallest price per gram first. Nobody asked for the hot kind of a food that is sold mild, too. */
function mildOf(list: readonly (Pack & { isHot: boolean })[]): readonly Pack[] {
  const mild = list.filter((pack) => !pack.isHot);
  return (mild.length > 0 ? mild : list)
    .map(({ isHot: _isHot, ...pack }) => pack)
    .sort((one, other) => one.cents / one.grams - other.cents / other.grams);
}

/**
 * What a piece, a bunch or a pint of it weighs as it is bought, as a shop's offers are weighed too; else the catalogue's net weight (a
 * millilitre of a liquid counts as a gram), or pieces by USDA's weights; null when nobody knows.
 */
function gramsIn(row: Record<string, string>, food: Food): number | null {
  const unit = row.size_unit!;
  const sold = soldGrams(wordsOf(food.name), Number(row.size_value), unit);
  if (sold !== null) return Math.floor(sold);
  if (unit === 'pint') return gramsOf(food, Number(row.size_value), unit)?.grams ?? null;
  const net = row.net_g_or_ml;
  if (net) return Number(net) > 0 ? Number(net) : null;
  const grams = piecesIn(row, food, null);
  return grams === null ? null : Math.floor(gramsToBuy(food, grams));
}

/** By USDA's weights of what is eaten of a piece. */
function piecesIn({ size_unit: unit, size_value: size }: Record<string, string>, food: Food, piece: string | null) {
  return unit === 'ct' && Number(size) > 0 ? (gramsOf(food, Number(size), piece)?.grams ?? null) : null;
}

/** Foods that USDA measures by the fruit: "1 lemon yields 48 g" of lemon juice. By the fruit. */
function pressedFrom(foods: ReadonlyMap<string, Food>): ReadonlyMap<string, readonly Food[]> {
  const pressed = new Map<string, Food[]>();
  for (const food of foods.values())
    for (const { measure } of food.portions) {
      const fruit = /^([a-z ]+) yields$/.exec(measure)?.[1];
      if (fruit !== undefined && foods.has(fruit)) pressed.set(fruit, [...(pressed.get(fruit) ?? []), food]);
    }
  return pressed;
}

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
