import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

/** Who is asking: tenants and their API keys. The database roles exist before the first migration runs (database.ts, `prepare`). */
export class Tenants1764000000000 implements MigrationInterface {
  name = 'Tenants1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tenants (
        id text PRIMARY KEY,
        name text NOT NULL,
        webhook_secret_sealed bytea,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('ALTER TABLE tenants ENABLE ROW LEVEL SECURITY');
    await runner.query('ALTER TABLE tenants FORCE ROW LEVEL SECURITY');
    await runner.query(
      `CREATE POLICY tenants_self ON tenants TO loopgpt_app USING (id = current_setting('loopgpt.tenant_id', true))`,
    );
    await runner.query('CREATE POLICY tenants_worker ON tenants TO loopgpt_worker USING (true) WITH CHECK (true)');
    await runner.query('GRANT SELECT, UPDATE ON tenants TO loopgpt_app');
    await runner.query('GRANT SELECT, INSERT, UPDATE ON tenants TO loopgpt_worker');

    await runner.query(`
      CREATE TABLE api_keys (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        name text NOT NULL,
        secret_hash bytea NOT NULL,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz
      )`);
    await tenantTable(runner, 'api_keys');
    await runner.query(`INSERT INTO tenants (id, name) VALUES ('ten_development', 'Development')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_keys');
    await runner.query('DROP TABLE tenants');
  }
}
