import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A plan whose packs were given back by hand never holds any again, not even when a swap that took them over fails. */
export class HoldsGivenBack1764133000000 implements MigrationInterface {
  name = 'HoldsGivenBack1764133000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE meal_plans ADD COLUMN hold_released_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE meal_plans DROP COLUMN hold_released_at');
  }
}
