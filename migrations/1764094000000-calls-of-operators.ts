import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calls that try whether a provider answers are no tenant's: they count in its day and second, and in nobody's part of the day. */
export class CallsOfOperators1764094000000 implements MigrationInterface {
  name = 'CallsOfOperators1764094000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(takeCall(`IF tenant IS NULL THEN RETURN 'taken'; END IF;`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(takeCall(''));
  }
}

/** Answers 'taken', or what is used up: 'day', 'share' (the tenant's part of the day) or 'second'. Days are UTC; null is no limit. */
const takeCall = (beforeShares: string) => `
  CREATE OR REPLACE FUNCTION take_call(wanted text, tenant text, per_day integer, per_share integer, per_second integer)
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
    IF COALESCE(share, 0) >= per_share AND EXISTS (SELECT FROM call_budget_shares
        WHERE budget = wanted AND tenant_id <> tenant AND day >= today - 1) THEN RETURN 'share'; END IF;
    IF b.used_in_second >= per_second THEN RETURN 'second'; END IF;
    UPDATE call_budgets SET day = today, used = b.used + 1, second = this_second, used_in_second = b.used_in_second + 1
      WHERE budget = wanted;
    ${beforeShares}
    INSERT INTO call_budget_shares (budget, tenant_id, day, used) VALUES (wanted, tenant, today, 1)
      ON CONFLICT (budget, tenant_id) DO UPDATE SET day = today, used = COALESCE(share, 0) + 1;
    RETURN 'taken';
  END $$`;
