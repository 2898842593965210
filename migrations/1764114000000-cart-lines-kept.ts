import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many lines a cart was read to have, and how many of them stood unchanged a day later; null before they are counted. */
export class CartLinesKept1764114000000 implements MigrationInterface {
  name = 'CartLinesKept1764114000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE carts ADD COLUMN routed_at timestamptz, ADD COLUMN lines_read integer, ADD COLUMN lines_kept integer`,
    );
    await runner.query(
      `CREATE INDEX carts_uncounted ON carts (closed_at) WHERE lines_read IS NULL AND status IN ('ready', 'needs_input')`,
    );
    await runner.query('CREATE INDEX carts_counted ON carts (closed_at) WHERE lines_read > 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE carts DROP COLUMN routed_at, DROP COLUMN lines_read, DROP COLUMN lines_kept');
  }
}
