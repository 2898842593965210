import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How providers did over the last hour, day and week is told from the log of answers and decisions, which knows no tenant. */
export class Scorecards1764121000000 implements MigrationInterface {
  name = 'Scorecards1764121000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT SELECT ON edge_log_entries TO loopgpt_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE SELECT ON edge_log_entries FROM loopgpt_worker');
  }
}
