import { z } from 'zod';
import { csvRows } from '../../common/csv.js';
import { substance } from '../../vocabulary/substances.js';
import type { FoodFacts } from './allergens.js';
import { readAmounts, type Amounts } from './nutrients.js';
import { readPortions, type HouseholdPortion } from './portions.js';

/** A food as we count with it. All figures are of 100 g of its edible part, in the state named. */
export interface Food {
  /** Our own name, unique. */
  name: string;
  aliases: readonly string[];
  /** The row of USDA FoodData Central that the figures come from: two names may share one. Null: an older release without these ids. */
  fdcId: number | null;
  /** The food's number in USDA's SR releases; null for Foundation foods and where a file leaves it out. */
  ndbNo: string | null;
  description: string;
  category: string;
  /** Whether the figures are of the raw or the cooked food; null where the description does not say. */
  state: 'raw' | 'cooked' | null;
  /** Share of the weight as bought that is not eaten (peel, bone, the liquid of a can), 0..1; null where USDA gives none. */
  refuseShare: number | null;
  portions: readonly HouseholdPortion[];
  per100g: Amounts;
  /** Null: nobody has looked. Such a food is never given to someone who avoids anything. */
  facts: FoodFacts | null;
}

/** A cell that may be empty, which is unknown: plain coercion would read 0 into it. */
function blankOr<T extends z.ZodType>(schema: T) {
  return z.union([z.literal('').transform(() => null), schema]);
}

const FoodRow = z.object({
  fdc_id: blankOr(z.coerce.number().int().positive()),
  ndb_no: z.string().default(''),
  category: z.string().min(1),
  refuse_pct: blankOr(z.coerce.number().min(0).max(100)),
});

/** One food from a row of figures. `description` is USDA's; `name` what we call it. Throws a ZodError for a row that is none. */
export function readFood(
  row: Readonly<Record<string, string>>,
  { name, description, facts = null }: { name: string; description: string; facts?: FoodFacts | null },
): Food {
  const { fdc_id, ndb_no, category, refuse_pct } = FoodRow.parse(row);
  const portions = readPortions(row.portions_grams ?? '');
  return {
    name,
    aliases: (row.aliases ?? '').split(';').filter((alias) => alias !== ''),
    fdcId: fdc_id,
    ndbNo: ndb_no === '' ? null : ndb_no,
    description,
    category,
    state: stateOf(description),
    refuseShare: liquidShare(description, portions) ?? (refuse_pct === null ? null : refuse_pct / 100),
    portions,
    per100g: readAmounts(row),
    facts,
  };
}

/** Net weight of the cans that USDA drained to weigh legumes: 15 oz. */
const LEGUMES_CAN_GRAMS = 425;
/** What a 5 oz can of fish holds drained, 4 oz, as its labels say. */
const FISH_LIQUID_SHARE = 0.2;

/**
 * Of a can whose figures are of its drained solids, the share that is poured off: labels and prices are of the net weight, liquid
 * included. Null for what is not drained.
 */
function liquidShare(description: string, portions: readonly HouseholdPortion[]): number | null {
  if (!/\bcanned\b.*\bdrained solids\b/i.test(description)) return null;
  const can = portions.find(({ measure }) => /^can drained\b/.test(measure));
  return can === undefined ? FISH_LIQUID_SHARE : 1 - can.grams / LEGUMES_CAN_GRAMS;
}

export interface FoodFiles {
  /** core_foods.csv: figures, aliases, household portions. */
  foods: string;
  /** core_ingredients.csv: USDA's description of each. */
  descriptions: string;
  /** food_facts.csv: what each food holds and may hold, read from what it is made of, and its parts. */
  facts: string;
}

/** Our foods by name. Throws a sentence or a ZodError when the files do not fit together. */
export function readFoods(files: FoodFiles): ReadonlyMap<string, Food> {
  const descriptions = new Map(csvRows(files.descriptions).map((row) => [row.name!, row.usda_description!]));
  const facts = new Map(csvRows(files.facts).map((row) => [row.name!, factsOf(row)]));
  const foods = csvRows(files.foods).map((row) => {
    const name = row.name!;
    const description = descriptions.get(name);
    if (description === undefined) throw new Error(`the food "${name}" has no description`);
    return readFood(row, { name, description, facts: facts.get(name) ?? null });
  });
  const byName = new Map(foods.map((food) => [food.name, food]));
  if (byName.size !== foods.length) throw new Error('two foods have the same name');
  return byName;
}

const factsOf = ({ holds, may, parts }: Record<string, string>): FoodFacts => ({
  holds: new Set(words(holds!).map((word) => substance(word).id)),
  may: new Set(words(may!).map((word) => substance(word).id)),
  parts: parts!.split('|').filter((part) => part !== ''),
});

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

/** "Broilers or fryers" are chickens and stay raw. */
const RAW = /\b(raw|uncooked|unprepared)\b/i;
const COOKED =
  /\b(cooked|boiled|roasted|baked|braised|grilled|fried|steamed|stewed|broiled|microwaved|simmered|poached|toasted)\b/i;

function stateOf(description: string): Food['state'] {
  if (RAW.test(description)) return 'raw';
  return COOKED.test(description) ? 'cooked' : null;
}

/** Words of a description, or of what shops sell, that say that what is not eaten has been taken off. */
const TRIMMED_FOOD = /\b(boneless|meat only|peeled)\b/i;
const TRIMMED_PRODUCT = /\b(boneless|peeled|baby|florets?|crowns?|fillets?)\b/i;

/**
 * A food as shops sell it: whole chicken thighs lose skin and bone, "boneless skinless" ones nothing. Where its own description or every
 * product of it says that it is trimmed, nothing of it is lost.
 */
export function asSold(food: Food, products: readonly string[]): Food {
  const isTrimmed =
    TRIMMED_FOOD.test(food.description) ||
    (products.length > 0 && products.every((product) => TRIMMED_PRODUCT.test(product)));
  return isTrimmed && food.refuseShare !== null ? { ...food, refuseShare: 0 } : food;
}

const SOLD_WITHOUT_REFUSE = new Set(['Nut and Seed Products']);
const MAX_REFUSE_SHARE = 0.9;

/**
 * Grams to buy for so many grams on the plate. The refuse of nuts and seeds is their shell, and shops sell them shelled, so it does
 * not count; peel, core and bone do. Where USDA gives no share, the food is taken to be eaten whole.
 */
export function gramsToBuy({ category, refuseShare }: Food, edibleGrams: number): number {
  const share = SOLD_WITHOUT_REFUSE.has(category) ? 0 : Math.min(refuseShare ?? 0, MAX_REFUSE_SHARE);
  return edibleGrams / (1 - share);
}
