import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

/** Meal plans, the people they are for, one log row for each generation, and what went wrong, without a personal word. */
export class Planning1764010100000 implements MigrationInterface {
  name = 'Planning1764010100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE users (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        reference text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        UNIQUE (tenant_id, reference)
      )`);
    await tenantTable(runner, 'users');
    await runner.query(`
      CREATE TABLE user_intake (
        user_id text PRIMARY KEY REFERENCES users(id),
        tenant_id text NOT NULL REFERENCES tenants(id),
        intake jsonb NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await tenantTable(runner, 'user_intake');

    // sequence counts the plan's events; steps are the names of those told while it was made, each once.
    await runner.query(`
      CREATE TABLE meal_plans (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        user_id text REFERENCES users(id),
        status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'completed', 'failed', 'cancelled')),
        request jsonb NOT NULL,
        plan jsonb,
        proof jsonb,
        outcome jsonb,
        reference text,
        metadata jsonb NOT NULL DEFAULT '{}',
        webhook jsonb,
        traceparent text NOT NULL,
        sequence integer NOT NULL DEFAULT 0,
        steps text[] NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        deadline_at timestamptz NOT NULL,
        started_at timestamptz,
        closed_at timestamptz,
        CHECK ((status = 'open') = (closed_at IS NULL)),
        CHECK ((status = 'completed') <= (plan IS NOT NULL AND proof IS NOT NULL))
      )`);
    await runner.query(`CREATE INDEX meal_plans_open ON meal_plans (deadline_at) WHERE status = 'open'`);
    await runner.query('CREATE INDEX meal_plans_tenant ON meal_plans (tenant_id, id DESC)');
    await runner.query(
      'CREATE INDEX meal_plans_user ON meal_plans (user_id, created_at DESC) WHERE user_id IS NOT NULL',
    );
    await tenantTable(runner, 'meal_plans');

    await runner.query(`
      CREATE TABLE plan_generation_logs (
        plan_id text PRIMARY KEY REFERENCES meal_plans(id),
        tenant_id text NOT NULL REFERENCES tenants(id),
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        duration_ms integer NOT NULL,
        status text NOT NULL CHECK (status IN ('completed', 'failed')),
        reason text,
        origin text NOT NULL,
        claude_cost_cents numeric(14, 4) NOT NULL,
        claude_tokens_used integer NOT NULL,
        model text,
        prompt_version text NOT NULL,
        cache_hit boolean NOT NULL
      )`);
    await runner.query('CREATE INDEX plan_generation_logs_created ON plan_generation_logs (created_at)');
    await tenantTable(runner, 'plan_generation_logs');

    await runner.query(`
      CREATE TABLE error_logs (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        subject text NOT NULL,
        error text NOT NULL,
        code text,
        place text,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await tenantTable(runner, 'error_logs');
    await this.views(runner);
  }

  /** For operators: sums over all tenants, with no row of anybody's to be seen. */
  private async views(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW performance_metrics AS
      SELECT date_trunc('hour', created_at) AS hour, count(*)::int AS total_generations,
        round(avg(duration_ms))::int AS avg_duration_ms, (count(*) FILTER (WHERE status = 'completed'))::int AS completed,
        (count(*) FILTER (WHERE status = 'failed'))::int AS failed
      FROM plan_generation_logs GROUP BY 1 ORDER BY 1 DESC`);
    await runner.query(`
      CREATE VIEW ai_cost_summary AS
      SELECT (created_at AT TIME ZONE 'UTC')::date AS day, sum(claude_cost_cents) AS total_cost_cents,
        round(avg(claude_cost_cents), 4) AS avg_cost_cents, sum(claude_tokens_used)::bigint AS total_tokens
      FROM plan_generation_logs GROUP BY 1 ORDER BY 1 DESC`);
    await runner.query(
      'CREATE POLICY plan_generation_logs_reporter ON plan_generation_logs FOR SELECT TO loopgpt_reporter USING (true)',
    );
    await runner.query('GRANT SELECT ON plan_generation_logs TO loopgpt_reporter');
    await runner.query('GRANT CREATE ON SCHEMA public TO loopgpt_reporter');
    for (const view of ['performance_metrics', 'ai_cost_summary']) {
      await runner.query(`ALTER VIEW ${view} OWNER TO loopgpt_reporter`);
      await runner.query(`GRANT SELECT ON ${view} TO loopgpt_operator`);
    }
    await runner.query('REVOKE CREATE ON SCHEMA public FROM loopgpt_reporter');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const view of ['ai_cost_summary', 'performance_metrics']) await runner.query(`DROP VIEW ${view}`);
    for (const table of ['error_logs', 'plan_generation_logs', 'meal_plans', 'user_intake', 'users']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
