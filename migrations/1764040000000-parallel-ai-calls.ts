import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Several questions for one subject may be under way at once: one that nobody saw the end of bars the same question alone. All of them
 * together stay within the subject's cap, for each is reserved under the lock of the tenant's day.
 */
export class ParallelAiCalls1764040000000 implements MigrationInterface {
  name = 'ParallelAiCalls1764040000000';

  async up(runner: QueryRunner): Promise<void> {
    await this.bar(runner, `subject = about AND cache_key = decode(hashed, 'hex') AND status = 'reserved'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.bar(runner, `subject = about AND status = 'reserved'`);
  }

  private async bar(runner: QueryRunner, interrupted: string): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION reserve_ai_call(call text, tenant text, about text, wanted text, version text, hashed text, most bigint,
        per_subject bigint, per_day bigint)
      RETURNS text LANGUAGE plpgsql AS $$
      DECLARE
        today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
        spent bigint;
      BEGIN
        INSERT INTO ai_days VALUES (tenant, today, 0) ON CONFLICT DO NOTHING;
        SELECT micro_usd INTO spent FROM ai_days WHERE tenant_id = tenant AND day = today FOR UPDATE;
        IF EXISTS (SELECT 1 FROM ai_calls WHERE ${interrupted}) THEN RETURN 'interrupted'; END IF;
        IF spent + most > per_day THEN RETURN 'day'; END IF;
        IF most + (SELECT COALESCE(sum(COALESCE(cost_micro_usd, reserved_micro_usd)), 0) FROM ai_calls WHERE subject = about)
          > per_subject THEN RETURN 'subject'; END IF;
        UPDATE ai_days SET micro_usd = spent + most WHERE tenant_id = tenant AND day = today;
        INSERT INTO ai_calls (id, tenant_id, subject, model, prompt_version, cache_key, status, day, reserved_micro_usd)
          VALUES (call, tenant, about, wanted, version, decode(hashed, 'hex'), 'reserved', today, most);
        RETURN NULL;
      END $$`);
  }
}
