import type { Database } from '../../platform/database/database.js';
import type { FdcDataset } from './fdc-files.js';
import { isEnergyPlausible } from './nutrients.js';

const BATCH = 500;

export interface Imported {
  id: string;
  foods: number;
  /** Of this run; 0 when the dataset was there already. */
  written: number;
  /** Share of foods with known energy that fits 4-4-9 within 20 %. */
  plausibleShare: number | null;
}

/**
 * Writes a dataset, a batch with its count at a time: cut off anywhere it goes on from there, done again it changes nothing. Another
 * version of the same file is another dataset beside it.
 */
export async function importDataset(
  database: Pick<Database, 'system' | 'query'>,
  { id, name, foods }: FdcDataset,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Imported> {
  await database.query('INSERT INTO fdc_datasets (id, name, total) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    id,
    name,
    foods.length,
  ]);
  let written = 0;
  for (;;) {
    const done = await database.system(async (tx) => {
      const [row] = await tx.query<{ done: number }>('SELECT done FROM fdc_datasets WHERE id = $1 FOR UPDATE', [id]);
      const batch = foods.slice(row!.done, row!.done + BATCH);
      const rows = batch.map(({ fdcId, ndbNo, description, category, state, per100g }, index) => ({
        ...{ position: row!.done + index, fdcId, ndbNo, description, category, state, per100g },
      }));
      await tx.query(
        `INSERT INTO fdc_foods (dataset_id, position, fdc_id, ndb_no, description, category, state, per_100g)
         SELECT $1, position, "fdcId", "ndbNo", description, category, state, "per100g"
         FROM jsonb_to_recordset($2) AS x(position int, "fdcId" int, "ndbNo" text, description text, category text, state text,
           "per100g" jsonb)`,
        [id, JSON.stringify(rows)],
      );
      const now = row!.done + batch.length;
      await tx.query(
        `UPDATE fdc_datasets SET done = $2, finished_at = CASE WHEN $2 >= total THEN COALESCE(finished_at, clock_timestamp()) END
         WHERE id = $1`,
        [id, now],
      );
      written += batch.length;
      return now;
    });
    onProgress(done, foods.length);
    if (done >= foods.length) break;
  }
  const judged = foods.map(({ per100g }) => isEnergyPlausible(per100g)).filter((one) => one !== null);
  const plausibleShare = judged.length === 0 ? null : judged.filter(Boolean).length / judged.length;
  return { id, foods: foods.length, written, plausibleShare };
}
