import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A record that could not be handled is of a subject, too, and goes when that is erased. */
export class LettersForgotten1764122000000 implements MigrationInterface {
  name = 'LettersForgotten1764122000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT DELETE ON dead_letters TO loopgpt_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE DELETE ON dead_letters FROM loopgpt_worker');
  }
}
