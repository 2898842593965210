import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What operators query as `edge_logs`: one narrow row for each answer and each decision, written in the statement that stores the
 * fact. Reading it out of the facts themselves would unpack their JSON, ten million times in a large installation.
 *
 * It names no tenant and holds nothing a tenant sent: a time, a provider, a latency, a sum. `loopgpt_app` cannot read it.
 */
export class EdgeLogs1764001000000 implements MigrationInterface {
  name = 'EdgeLogs1764001000000';

  async up(runner: QueryRunner): Promise<void> {
    // One partition for each event, so that a query for one event never reads the others. `kind`: success, error, decision.
    await runner.query(`
      CREATE TABLE edge_log_entries (
        at timestamptz NOT NULL,
        latency_ms double precision NOT NULL,
        total_cents integer,
        kind "char" NOT NULL,
        provider_id text
      ) PARTITION BY LIST (kind)`);
    for (const [name, kind] of Object.entries({ successes: 's', errors: 'e', decisions: 'd' })) {
      await runner.query(`CREATE TABLE edge_log_${name} PARTITION OF edge_log_entries FOR VALUES IN ('${kind}')`);
    }
    // Rows are appended as time goes by: block ranges find a window of time and cost an insert next to nothing.
    await runner.query(
      'CREATE INDEX edge_log_entries_at ON edge_log_entries USING brin (at) WITH (pages_per_range = 16, autosummarize = on)',
    );
    await runner.query('GRANT INSERT ON edge_log_entries TO loopgpt_app, loopgpt_worker');
    await this.fill(runner);
    await this.view(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW edge_logs');
    await runner.query('DROP TABLE edge_log_entries');
  }

  /** What was stored before this migration. The owner of the tables is held to row-level security too, unless it lets itself off. */
  private async fill(runner: QueryRunner): Promise<void> {
    for (const table of ['quotes', 'routes']) await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      INSERT INTO edge_log_entries (at, latency_ms, total_cents, kind, provider_id)
      SELECT received_at, latency_ms, (result->'offer'->>'totalCents')::int,
        CASE WHEN (result->>'ok')::boolean THEN 's' ELSE 'e' END, provider_id
      FROM quotes
      UNION ALL
      SELECT closed_at, (outcome->>'decidedAfterMs')::float8, (outcome->'winner'->>'totalCents')::int, 'd', outcome->'winner'->>'providerId'
      FROM routes WHERE outcome IS NOT NULL
      ORDER BY 1`);
    for (const table of ['quotes', 'routes']) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  }

  /**
   * The view reads as `loopgpt_reporter`, which may read the entries and nothing else; `loopgpt_operator` may read the view and nothing
   * else. Neither can log in: grant `loopgpt_operator` to the login of each operator.
   */
  private async view(runner: QueryRunner): Promise<void> {
    for (const role of ['loopgpt_reporter', 'loopgpt_operator']) {
      // Roles belong to the whole server: another database may have made them, or be making them right now.
      await runner.query(`
        DO $$ BEGIN
          IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${role}') THEN
            CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
          END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$`);
    }
    const quote = (event: string, kind: string) => `
      SELECT 'loopgpt_route_order'::text AS function_name, at AS "timestamp", '${event}'::text AS event, provider_id,
        latency_ms, NULL::double precision AS total_latency_ms, NULL::text AS selected_provider_id, total_cents
      FROM edge_log_entries WHERE kind = '${kind}'`;
    await runner.query(`
      CREATE VIEW edge_logs AS ${quote('provider_quote_success', 's')} UNION ALL ${quote('provider_quote_error', 'e')} UNION ALL
      SELECT 'loopgpt_route_order', at, 'router_decision', NULL, NULL, latency_ms, provider_id, total_cents
      FROM edge_log_entries WHERE kind = 'd'`);
    // Who is not a superuser has to belong to the new owner, and the new owner to the schema, while the view is handed over.
    await runner.query(`
      DO $$ BEGIN
        IF NOT pg_has_role(current_user, 'loopgpt_reporter', 'MEMBER') THEN
          EXECUTE format('GRANT loopgpt_reporter TO %I', current_user);
        END IF;
      END $$`);
    await runner.query('GRANT USAGE, CREATE ON SCHEMA public TO loopgpt_reporter');
    await runner.query('ALTER VIEW edge_logs OWNER TO loopgpt_reporter');
    await runner.query('REVOKE CREATE ON SCHEMA public FROM loopgpt_reporter');
    await runner.query('GRANT SELECT ON edge_log_entries TO loopgpt_reporter');
    await runner.query('GRANT USAGE ON SCHEMA public TO loopgpt_operator');
    await runner.query('GRANT SELECT ON edge_logs TO loopgpt_operator');
  }
}
