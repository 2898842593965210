import { dataFile } from '../../platform/data-file.js';
import type { Currency } from '../../common/money.js';
import { asSold, readFoods, type Food } from './foods.js';
import { readIntakes, type Intake } from './intakes.js';
import { danishPrices, shippedPrices, type PriceList } from './price-list.js';
import { readRecipes, type Recipe } from './recipes.js';

/** All that plans are made from. */
export interface Library {
  foods: ReadonlyMap<string, Food>;
  recipes: ReadonlyMap<string, Recipe>;
  intakes: readonly Intake[];
  prices: PriceList;
}

let shipped: Library | undefined;

/** What data/nutrition and data/catalogue ship, read once and checked. Throws when a file is missing or does not parse: plans cannot be made without. */
export function shippedLibrary(): Library {
  return (shipped ??= read());
}

/** The same with what things cost where one pays in that currency. */
export function libraryIn(currency: Currency = 'USD', library: Library = shippedLibrary()): Library {
  if (currency === 'USD') return library;
  const known = PRICED.get(library) ?? { ...library, prices: danishPrices(library.foods) };
  PRICED.set(library, known);
  return known;
}
const PRICED = new WeakMap<Library, Library>();

function read(): Library {
  const known = readFoods({
    foods: dataFile('nutrition', 'core_foods.csv'),
    descriptions: dataFile('nutrition', 'core_ingredients.csv'),
    facts: dataFile('nutrition', 'food_facts.csv'),
  });
  const prices = shippedPrices(known);
  const productsOf = (food: Food) => (prices.get(food.name) ?? []).map(({ product }) => product);
  const foods = new Map([...known].map(([name, food]) => [name, asSold(food, productsOf(food))] as const));
  const recipes = readRecipes(JSON.parse(dataFile('nutrition', 'recipes_composed.json')), foods);
  const intakes = readIntakes(JSON.parse(dataFile('nutrition', 'dri.json')));
  return { foods, recipes, intakes, prices };
}
