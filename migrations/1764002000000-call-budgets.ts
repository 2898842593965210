import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

/**
 * Calls made to each provider, by day and second, and each tenant's part of the day. One row a budget, updated under its own lock by
 * one function, so that all workers together never pass a limit. PostgreSQL keeps it because a lost count would be overspent.
 */
export class CallBudgets1764002000000 implements MigrationInterface {
  name = 'CallBudgets1764002000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE call_budgets (
        budget text PRIMARY KEY,
        day date NOT NULL DEFAULT '-infinity',
        used integer NOT NULL DEFAULT 0,
        second timestamptz NOT NULL DEFAULT '-infinity',
        used_in_second integer NOT NULL DEFAULT 0
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE call_budget_shares (
        budget text NOT NULL REFERENCES call_budgets(budget),
        tenant_id text NOT NULL REFERENCES tenants(id),
        day date NOT NULL,
        used integer NOT NULL,
        PRIMARY KEY (budget, tenant_id)
      ) WITH (fillfactor = 50)`);
    await tenantTable(runner, 'call_budget_shares');
    await runner.query('REVOKE ALL ON call_budget_shares FROM loopgpt_app'); // nobody gives itself more
    await runner.query('GRANT SELECT, INSERT, UPDATE ON call_budgets TO loopgpt_worker');
    // Answers 'taken', or what is used up: 'day', 'share' (the tenant's part of the day) or 'second'. Days are UTC; null is no limit.
    await runner.query(`
      CREATE FUNCTION take_call(wanted text, tenant text, per_day integer, per_share integer, per_second integer)
      RETURNS text LANGUAGE plpgsql AS $$
      DECLARE
        b call_budgets;
        today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
        this_second timestamptz := date_trunc('second', clock_timestamp());
        share integer;
      BEGIN
        PERFORM set_config('synchronous_commit', 'off', true);
        INSERT INTO call_budgets (budget) VALUES (wanted) ON CONFLICT DO NOTHING;
        SELECT * INTO b FROM call_budgets WHERE budget = wanted FOR UPDATE;
        IF b.day <> today THEN b.used := 0; END IF;
        IF b.second <> this_second THEN b.used_in_second := 0; END IF;
        SELECT used INTO share FROM call_budget_shares WHERE budget = wanted AND tenant_id = tenant AND day = today;
        IF b.used >= per_day THEN RETURN 'day'; END IF;
        IF COALESCE(share, 0) >= per_share THEN RETURN 'share'; END IF;
        IF b.used_in_second >= per_second THEN RETURN 'second'; END IF;
        UPDATE call_budgets SET day = today, used = b.used + 1, second = this_second, used_in_second = b.used_in_second + 1
          WHERE budget = wanted;
        INSERT INTO call_budget_shares (budget, tenant_id, day, used) VALUES (wanted, tenant, today, 1)
          ON CONFLICT (budget, tenant_id) DO UPDATE SET day = today, used = COALESCE(share, 0) + 1;
        RETURN 'taken';
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION take_call');
    await runner.query('DROP TABLE call_budget_shares');
    await runner.query('DROP TABLE call_budgets');
  }
}
