import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deleting a plan looks for those that were swapped from it. */
export class Retention1764050000000 implements MigrationInterface {
  name = 'Retention1764050000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX meal_plans_swapped ON meal_plans (swapped_from) WHERE swapped_from IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX meal_plans_swapped');
  }
}
