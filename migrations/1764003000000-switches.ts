import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators set over the environment while the product runs: one row that counts its versions, and every act that made one. */
export class Switches1764003000000 implements MigrationInterface {
  name = 'Switches1764003000000';

  async up(runner: QueryRunner): Promise<void> {
    // Values by the names of the environment; secrets are sealed texts.
    await runner.query(`
      CREATE TABLE switches (
        id boolean PRIMARY KEY DEFAULT true CHECK (id),
        version integer NOT NULL,
        set_values jsonb NOT NULL
      )`);
    await runner.query(`INSERT INTO switches (version, set_values) VALUES (0, '{}')`);
    await runner.query(`
      CREATE TABLE operator_acts (
        id text PRIMARY KEY,
        version integer NOT NULL UNIQUE,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        actor text NOT NULL,
        why text NOT NULL,
        before jsonb NOT NULL,
        after jsonb NOT NULL,
        undoes text REFERENCES operator_acts(id)
      )`);
    await runner.query('GRANT SELECT, UPDATE ON switches TO loopgpt_worker');
    // Acts are history: nobody changes or removes them.
    await runner.query('GRANT SELECT, INSERT ON operator_acts TO loopgpt_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE operator_acts');
    await runner.query('DROP TABLE switches');
  }
}
