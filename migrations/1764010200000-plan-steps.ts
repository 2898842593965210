import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a model drafted stays with its plan, so that a worker that takes over asks nobody again; a swapped plan knows its origin. */
export class PlanSteps1764010200000 implements MigrationInterface {
  name = 'PlanSteps1764010200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE meal_plans ADD COLUMN drafted jsonb');
    await runner.query('ALTER TABLE meal_plans ADD COLUMN swapped_from text REFERENCES meal_plans(id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE meal_plans DROP COLUMN swapped_from');
    await runner.query('ALTER TABLE meal_plans DROP COLUMN drafted');
  }
}
