import type { QueryRunner } from 'typeorm';

/**
 * Makes a table belong to tenants: row-level security enabled and forced, so that even its owner sees nothing without a policy.
 * `loopgpt_app` reads and writes rows of the tenant named by the transaction-local setting `loopgpt.tenant_id` (no setting, no
 * rows); `loopgpt_worker` serves all tenants. Neither role may bypass row-level security.
 */
export async function tenantTable(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(`
    CREATE POLICY ${table}_tenant ON ${table} TO loopgpt_app
    USING (tenant_id = current_setting('loopgpt.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('loopgpt.tenant_id', true))`);
  await runner.query(`CREATE POLICY ${table}_worker ON ${table} TO loopgpt_worker USING (true) WITH CHECK (true)`);
  await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO loopgpt_app, loopgpt_worker`);
}
