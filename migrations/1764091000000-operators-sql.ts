import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What operators of the former plan engine type runs as they type it. Their guide makes `performance_metrics` and `ai_cost_summary`
 * itself, so ours stand in a schema behind `public` on the search path: the same columns for who reads them, and no clash for who
 * makes them. Their rows of `error_logs` name columns of their own and nothing else.
 */
export class OperatorsSql1764091000000 implements MigrationInterface {
  name = 'OperatorsSql1764091000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA reports');
    await runner.query('GRANT USAGE ON SCHEMA reports TO loopgpt_operator, loopgpt_reporter');
    await this.views(runner);
    // For logins to come; who may not set it names the schema: reports.performance_metrics.
    await runner.query(`
      DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET search_path = "$user", public, reports', current_database());
      EXCEPTION WHEN insufficient_privilege THEN
        RAISE WARNING 'reports is not on the search path: only the owner of the database may set it';
      END $$`);
    await this.errorLogs(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I RESET search_path', current_database());
      EXCEPTION WHEN insufficient_privilege THEN NULL;
      END $$`);
    await runner.query('DROP SCHEMA reports CASCADE');
    await runner.query('DELETE FROM error_logs WHERE tenant_id IS NULL OR subject IS NULL OR error IS NULL');
    for (const column of ['tenant_id', 'subject', 'error']) {
      await runner.query(`ALTER TABLE error_logs ALTER COLUMN ${column} SET NOT NULL`);
    }
    for (const column of ['error_message', 'error_stack', 'context', '"timestamp"', 'severity']) {
      await runner.query(`ALTER TABLE error_logs DROP COLUMN ${column}`);
    }
    await runner.query('ALTER TABLE error_logs ALTER COLUMN id DROP DEFAULT');
    await runner.query('DROP FUNCTION time_ordered_id');
  }

  /** Sums over all tenants, with no row of anybody's to be seen. */
  private async views(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW reports.performance_metrics AS
      SELECT date_trunc('hour', created_at) AS hour, count(*) AS total_requests, avg(duration_ms) AS avg_duration,
        count(*) FILTER (WHERE status = 'completed') AS successful_requests,
        count(*) FILTER (WHERE status = 'failed') AS failed_requests
      FROM public.plan_generation_logs GROUP BY 1 ORDER BY 1 DESC`);
    await runner.query(`
      CREATE VIEW reports.ai_cost_summary AS
      SELECT date_trunc('day', created_at) AS date, sum(claude_cost_cents) AS total_cost_cents,
        avg(claude_cost_cents) AS avg_cost_per_request, sum(claude_tokens_used) AS total_tokens
      FROM public.plan_generation_logs WHERE claude_cost_cents IS NOT NULL GROUP BY 1 ORDER BY 1 DESC`);
    await runner.query('GRANT CREATE ON SCHEMA reports TO loopgpt_reporter');
    for (const view of ['performance_metrics', 'ai_cost_summary']) {
      await runner.query(`DROP VIEW public.${view}`);
      await runner.query(`ALTER VIEW reports.${view} OWNER TO loopgpt_reporter`);
      await runner.query(`GRANT SELECT ON reports.${view} TO loopgpt_operator`);
    }
    await runner.query('REVOKE CREATE ON SCHEMA reports FROM loopgpt_reporter');
  }

  private async errorLogs(runner: QueryRunner): Promise<void> {
    // An id like those the application makes: ten characters of time, then sixteen of chance.
    await runner.query(`
      CREATE FUNCTION time_ordered_id(prefix text) RETURNS text LANGUAGE sql VOLATILE AS $$
        SELECT prefix || '_' || string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + CASE WHEN n < 10
          THEN ((now.ms >> (5 * (9 - n))) & 31)::int ELSE floor(random() * 32)::int END, 1), '' ORDER BY n)
        FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms) now, generate_series(0, 25) n
      $$`);
    await runner.query(`ALTER TABLE error_logs ALTER COLUMN id SET DEFAULT time_ordered_id('err')`);
    for (const column of ['tenant_id', 'subject', 'error']) {
      await runner.query(`ALTER TABLE error_logs ALTER COLUMN ${column} DROP NOT NULL`);
    }
    await runner.query(`
      ALTER TABLE error_logs ADD COLUMN error_message text, ADD COLUMN error_stack text, ADD COLUMN context text,
        ADD COLUMN "timestamp" timestamptz NOT NULL DEFAULT clock_timestamp(), ADD COLUMN severity text NOT NULL DEFAULT 'error'`);
    await runner.query('ALTER TABLE error_logs NO FORCE ROW LEVEL SECURITY');
    await runner.query('UPDATE error_logs SET error_message = error, "timestamp" = created_at');
    await runner.query('ALTER TABLE error_logs FORCE ROW LEVEL SECURITY');
  }
}
