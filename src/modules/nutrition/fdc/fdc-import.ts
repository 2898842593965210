import type { Database } from '../../../platform/database/database.js';
import type { Food } from '../foods.js';
import { isEnergyPlausible, type Amounts } from '../nutrients.js';
import type { FdcDataset } from './fdc-dataset.js';

export interface Imported {
  id: string;
  /** Of the dataset, those included that were written before. */
  foods: number;
  /** Of this run; 0 when the dataset was there already. */
  written: number;
  /** Share of foods with known energy that fits 4-4-9 within 20 %. */
  plausibleShare: number | null;
}

type Store = Pick<Database, 'system' | 'query'>;

/**
 * Writes a dataset, a batch with its count at a time: cut off anywhere it goes on from there, done again it changes nothing, and two at
 * once write each batch once. Another version of the same foods is another dataset beside it.
 */
export async function importDataset(
  database: Store,
  dataset: FdcDataset,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Imported> {
  const { id, name, total, batch } = dataset;
  await database.query('INSERT INTO fdc_datasets (id, name, total) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    id,
    name,
    total,
  ]);
  let written = 0;
  for (;;) {
    const [row] = await database.query<{ done: number; finished: boolean }>(
      'SELECT done, finished_at IS NOT NULL AS finished FROM fdc_datasets WHERE id = $1',
      [id],
    );
    const { done, finished } = row!; // written above
    onProgress(done, total);
    if (finished) break;
    const foods = done < total ? await dataset.read(done) : [];
    if (await writeBatch(database, id, { from: done, to: Math.min(total, done + batch), foods }))
      written += foods.length;
  }
  const stored = await database.query<{ per100g: Amounts }>(
    'SELECT per_100g AS "per100g" FROM fdc_foods WHERE dataset_id = $1',
    [id],
  );
  const judged = stored.map(({ per100g }) => isEnergyPlausible(per100g)).filter((one) => one !== null);
  const plausibleShare = judged.length === 0 ? null : judged.filter(Boolean).length / judged.length;
  return { id, foods: stored.length, written, plausibleShare };
}

/** False when another run wrote it meanwhile. */
function writeBatch(
  database: Store,
  id: string,
  { from, to, foods }: { from: number; to: number; foods: readonly Food[] },
): Promise<boolean> {
  return database.system(async (tx) => {
    const [row] = await tx.query<{ done: number }>('SELECT done FROM fdc_datasets WHERE id = $1 FOR UPDATE', [id]);
    if (row!.done !== from) return false;
    const rows = foods.map(({ fdcId, ndbNo, description, category, state, per100g }, index) => ({
      position: from + index,
      fdcId,
      ndbNo,
      description,
      category,
      state,
      per100g,
    }));
    await tx.query(
      `INSERT INTO fdc_foods (dataset_id, position, fdc_id, ndb_no, description, category, state, per_100g)
       SELECT $1, position, "fdcId", "ndbNo", description, category, state, "per100g"
       FROM jsonb_to_recordset($2) AS x(position int, "fdcId" int, "ndbNo" text, description text, category text, state text,
         "per100g" jsonb)`,
      [id, JSON.stringify(rows)],
    );
    await tx.query(
      `UPDATE fdc_datasets SET done = $2, finished_at = CASE WHEN $2 >= total THEN COALESCE(finished_at, clock_timestamp()) END
       WHERE id = $1`,
      [id, to],
    );
    return true;
  });
}
