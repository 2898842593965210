import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What experiments with weights came to: kept when their routes are forgotten. It names no tenant. */
export class Experiments1764131000000 implements MigrationInterface {
  name = 'Experiments1764131000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE experiments (
        id text PRIMARY KEY,
        definition jsonb NOT NULL,
        arms jsonb NOT NULL,
        begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        read_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await runner.query('GRANT SELECT, INSERT, UPDATE ON experiments TO loopgpt_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE experiments');
  }
}
