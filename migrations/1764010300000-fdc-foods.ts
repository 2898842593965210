import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Foods of USDA FoodData Central as imported: each file a dataset of its own by its digest, so that what was counted from it stays. */
export class FdcFoods1764010300000 implements MigrationInterface {
  name = 'FdcFoods1764010300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fdc_datasets (
        id text PRIMARY KEY,
        name text NOT NULL,
        total integer NOT NULL,
        done integer NOT NULL DEFAULT 0,
        started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        finished_at timestamptz
      )`);
    await runner.query(`
      CREATE TABLE fdc_foods (
        dataset_id text NOT NULL REFERENCES fdc_datasets(id),
        position integer NOT NULL,
        fdc_id integer,
        ndb_no text,
        description text NOT NULL,
        category text NOT NULL,
        state text,
        per_100g jsonb NOT NULL,
        PRIMARY KEY (dataset_id, position)
      )`);
    await runner.query('CREATE INDEX fdc_foods_fdc_id ON fdc_foods (fdc_id)');
    await runner.query('GRANT SELECT ON fdc_datasets, fdc_foods TO loopgpt_app');
    await runner.query('GRANT SELECT, INSERT, UPDATE ON fdc_datasets, fdc_foods TO loopgpt_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE fdc_foods');
    await runner.query('DROP TABLE fdc_datasets');
  }
}
