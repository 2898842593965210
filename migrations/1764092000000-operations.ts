import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What all that is accepted now and done later has in common: how much work it is, the count of its events, and a caller's own limit. */
export class Operations1764092000000 implements MigrationInterface {
  name = 'Operations1764092000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE routes ADD COLUMN work integer NOT NULL DEFAULT 1, ADD COLUMN sequence integer NOT NULL DEFAULT 0',
    );
    await runner.query('ALTER TABLE quotes ALTER COLUMN late SET DEFAULT false');
    await runner.query(
      'ALTER TABLE meal_plans ADD COLUMN work integer NOT NULL DEFAULT 1, ADD COLUMN cancel_at timestamptz',
    );
    await runner.query(
      `CREATE INDEX meal_plans_open_cancel ON meal_plans (cancel_at) WHERE status = 'open' AND cancel_at IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE meal_plans DROP COLUMN cancel_at, DROP COLUMN work');
    await runner.query('ALTER TABLE quotes ALTER COLUMN late DROP DEFAULT');
    await runner.query('ALTER TABLE routes DROP COLUMN sequence, DROP COLUMN work');
  }
}
