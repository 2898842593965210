import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which processes run, so that a start after a crash is told from another; and how often a record was in hand when one ended. */
export class CrashSuspects1764093000000 implements MigrationInterface {
  name = 'CrashSuspects1764093000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE running_processes (
        id text PRIMARY KEY,
        seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await runner.query(`
      CREATE TABLE crash_suspects (
        listener text NOT NULL,
        event_id text NOT NULL,
        times integer NOT NULL DEFAULT 1,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (listener, event_id)
      )`);
    await runner.query('GRANT SELECT, INSERT, UPDATE, DELETE ON running_processes, crash_suspects TO loopgpt_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE crash_suspects, running_processes');
  }
}
