import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndex, dropIndex } from './support/indexes.js';

/** The latest routes of an experiment are read in their order, so that a long one costs no more than a short one. */
export class ExperimentOrder1764132000000 implements MigrationInterface {
  name = 'ExperimentOrder1764132000000';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await createIndex(
      runner,
      'routes_experiment',
      `routes ((policy->'experiment'->>'id'), id DESC) WHERE policy ? 'experiment'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropIndex(runner, 'routes_experiment');
  }
}
