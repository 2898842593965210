import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The latest routes of an experiment are read in their order, so that a long one costs no more than a short one. */
export class ExperimentOrder1764132000000 implements MigrationInterface {
  name = 'ExperimentOrder1764132000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX routes_experiment');
    await runner.query(
      `CREATE INDEX routes_experiment ON routes ((policy->'experiment'->>'id'), id DESC) WHERE policy ? 'experiment'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX routes_experiment');
    await runner.query(
      `CREATE INDEX routes_experiment ON routes ((policy->'experiment'->>'id')) WHERE policy ? 'experiment'`,
    );
  }
}
