import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

/** Decisions as they were signed: the exact text, so that the signature holds for ever. */
export class DecisionRecords1764030000000 implements MigrationInterface {
  name = 'DecisionRecords1764030000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE decision_records (
        route_id text PRIMARY KEY REFERENCES routes(id),
        tenant_id text NOT NULL REFERENCES tenants(id),
        record text NOT NULL,
        signature text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await tenantTable(runner, 'decision_records');
    // What was signed is not changed.
    await runner.query('REVOKE UPDATE ON decision_records FROM loopgpt_app, loopgpt_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE decision_records');
  }
}
