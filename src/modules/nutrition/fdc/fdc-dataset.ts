import { readFood, type Food } from '../foods.js';
import { NUTRIENTS, amountsFromFdc } from '../nutrients.js';

/** Foods of FoodData Central in an order that stays, with what tells this version of them from others. */
export interface FdcDataset {
  /** Digest of what makes the version: the files, or the list of foods with their dates. */
  id: string;
  name: string;
  total: number;
  /** How many are had at once. */
  batch: number;
  /** Those from `from` on, counted from 0: at most `batch`. Fewer where a food is listed and cannot be had. */
  read(from: number): Promise<readonly Food[]>;
}

const BATCH = 500;

/** A dataset that was read whole. */
export function storedDataset(id: string, name: string, foods: readonly Food[]): FdcDataset {
  return { id, name, total: foods.length, batch: BATCH, read: async (from) => foods.slice(from, from + BATCH) };
}

/** A food from what FoodData Central says of it: amounts per 100 g by nutrient id. Throws a ZodError for what is no food. */
export function foodOf(
  { fdcId, ndbNo, description, category }: { fdcId: string; ndbNo?: string; description: string; category?: string },
  byId: ReadonlyMap<number, number>,
): Food {
  const per100g = amountsFromFdc(byId);
  const figures = Object.fromEntries(NUTRIENTS.map((nutrient) => [nutrient, String(per100g[nutrient] ?? '')]));
  const row = { ...figures, fdc_id: fdcId, ndb_no: ndbNo ?? '', category: category || 'unknown', refuse_pct: '' };
  return readFood(row, { name: description, description });
}
