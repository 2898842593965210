import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFoods, type Food } from './foods.js';
import { readIntakes, type Intake } from './intakes.js';
import { readRecipes, type Recipe } from './recipes.js';

/** All that plans are made from. */
export interface Library {
  foods: ReadonlyMap<string, Food>;
  recipes: ReadonlyMap<string, Recipe>;
  intakes: readonly Intake[];
}

let shipped: Library | undefined;

/** What data/nutrition ships, read once and checked. Throws when a file is missing or does not parse: plans cannot be made without. */
export function shippedLibrary(): Library {
  return (shipped ??= read());
}

function read(): Library {
  const foods = readFoods({
    foods: text('core_foods.csv'),
    descriptions: text('core_ingredients.csv'),
    facts: text('food_facts.csv'),
  });
  const recipes = readRecipes(JSON.parse(text('recipes_composed.json')), foods);
  return { foods, recipes, intakes: readIntakes(JSON.parse(text('dri.json'))) };
}

/** Beside the sources, or one level further up from the built file. */
function text(name: string): string {
  const folders = [
    join(process.cwd(), 'data', 'nutrition'),
    join(__dirname, '..', '..', '..', 'data', 'nutrition'),
    join(__dirname, '..', '..', '..', '..', 'data', 'nutrition'),
  ];
  const folder = folders.find((candidate) => existsSync(join(candidate, name)));
  if (!folder) throw new Error(`data/nutrition/${name} is missing`);
  return readFileSync(join(folder, name), 'utf8');
}
