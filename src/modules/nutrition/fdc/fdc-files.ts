import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { csvRows } from '../../../common/csv.js';
import { cleanText } from '../../../common/text.js';
import { readFood } from '../foods.js';
import { NUTRIENTS } from '../nutrients.js';
import { foodOf, storedDataset, type FdcDataset } from './fdc-dataset.js';

/** Branded foods are left out: they are packs, by what their makers print. */
const KINDS = new Set(['sr_legacy_food', 'foundation_food', 'survey_fndds_food']);

/**
 * Reads what FoodData Central offers as bulk CSV: a folder with its food.csv and food_nutrient.csv as they are unpacked, or one table
 * of foods and the 39 figures (.csv or .csv.gz). Throws a sentence for anything else, a ZodError for a row that is no food.
 */
export async function readDataset(path: string): Promise<FdcDataset> {
  if (!existsSync(path)) throw new Error(`${path} is not there`);
  return statSync(path).isDirectory() ? readFolder(path) : readTable(path);
}

function readTable(path: string): FdcDataset {
  const bytes = readFileSync(path);
  const text = cleanText((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  const rows = csvRows(text);
  const wanted = ['description', 'category', ...NUTRIENTS].filter((column) => !(column in (rows[0] ?? {})));
  if (wanted.length > 0) throw new Error(`${path} is no table of foods; it lacks ${wanted.slice(0, 5).join(', ')}`);
  const foods = rows.map((row) => readFood(row, { name: row.description!, description: row.description! }));
  return storedDataset(createHash('sha256').update(bytes).digest('hex'), basename(path), foods);
}

async function readFolder(path: string): Promise<FdcDataset> {
  const digest = createHash('sha256');
  const kept = new Map<string, Record<string, string>>();
  for await (const row of rowsOf(join(path, 'food.csv'), digest)) {
    if (KINDS.has(row.data_type!)) kept.set(row.fdc_id!, row);
  }
  const amounts = new Map<string, Map<number, number>>();
  for await (const { fdc_id, nutrient_id, amount } of rowsOf(join(path, 'food_nutrient.csv'), digest)) {
    // An empty amount is unknown, which is no 0.
    if (!kept.has(fdc_id!) || amount === '') continue;
    const of = amounts.get(fdc_id!) ?? new Map<number, number>();
    amounts.set(fdc_id!, of.set(Number(nutrient_id), Number(amount)));
  }
  const foods = [...kept].map(([fdcId, { description, food_category_id: category }]) =>
    foodOf({ fdcId, description: description!, category }, amounts.get(fdcId) ?? new Map<number, number>()),
  );
  return storedDataset(digest.digest('hex'), basename(path), foods);
}

/** Line by line, for the figures of a release are a million rows. */
async function* rowsOf(
  file: string,
  digest: { update(text: string): unknown },
): AsyncGenerator<Record<string, string>> {
  if (!existsSync(file)) throw new Error(`${file} is missing: unpack the bulk CSV of FoodData Central there`);
  let header: string | null = null;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    digest.update(`${line}\n`);
    if (header === null) header = line;
    else if (line !== '') yield csvRows(cleanText(`${header}\n${line}`))[0]!;
  }
}
