import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a caller wants an open route cancelled without coming back for it. */
export class CancelAfter1764030300000 implements MigrationInterface {
  name = 'CancelAfter1764030300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE routes ADD COLUMN cancel_at timestamptz');
    await runner.query(
      `CREATE INDEX routes_open_cancel ON routes (cancel_at) WHERE status = 'open' AND cancel_at IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX routes_open_cancel');
    await runner.query('ALTER TABLE routes DROP COLUMN cancel_at');
  }
}
