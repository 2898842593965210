import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How fast routes are decided is told to those who wait: the decisions of late are counted in the background. */
export class Pace1764060000000 implements MigrationInterface {
  name = 'Pace1764060000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT SELECT ON edge_log_entries TO loopgpt_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE SELECT ON edge_log_entries FROM loopgpt_worker');
  }
}
