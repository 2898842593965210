import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

/** What callers confirmed, at most once for each route; without a confirmation, one is being made. */
export class Confirmations1764030100000 implements MigrationInterface {
  name = 'Confirmations1764030100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE confirmations (
        route_id text PRIMARY KEY REFERENCES routes(id),
        tenant_id text NOT NULL REFERENCES tenants(id),
        claim text NOT NULL,
        claimed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        idempotency_key text NOT NULL,
        fingerprint text NOT NULL,
        confirmation jsonb
      )`);
    await tenantTable(runner, 'confirmations');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE confirmations');
  }
}
