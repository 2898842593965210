import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The cache where there is no Redis. Unlogged: it may be lost at any time, and it is not worth a write to the log. */
export class Cache1764004000000 implements MigrationInterface {
  name = 'Cache1764004000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE cache_entries (
        key text PRIMARY KEY,
        value json NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX cache_entries_expiry ON cache_entries (expires_at)');
    await runner.query('GRANT SELECT, INSERT, UPDATE, DELETE ON cache_entries TO loopgpt_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE cache_entries');
  }
}
