import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What readiness writes to, one row for each process: a full disk fails writes while every reading goes well. The filler is kept out of
 * line and not compressed, so that a write takes new room as real ones do.
 */
export class WriteProbes1764081000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE write_probes (
        process text PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        filler text NOT NULL
      )`);
    await runner.query('ALTER TABLE write_probes ALTER COLUMN filler SET STORAGE EXTERNAL');
    await runner.query('GRANT SELECT, INSERT, UPDATE, DELETE ON write_probes TO loopgpt_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE write_probes');
  }
}
