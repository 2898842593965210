import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

/**
 * Calls to language models, each a row with what it may and did cost in millionths of a US dollar, and what each tenant has spent or
 * reserved in a UTC day. One row a tenant and day, updated under its own lock, so that all workers together never pass a cap.
 */
export class AiCalls1764010000000 implements MigrationInterface {
  name = 'AiCalls1764010000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ai_calls (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        subject text NOT NULL,
        model text NOT NULL,
        prompt_version text NOT NULL,
        cache_key bytea NOT NULL,
        status text NOT NULL CHECK (status IN ('reserved', 'completed', 'failed')),
        reason text,
        cache_hit boolean NOT NULL DEFAULT false,
        day date NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'UTC')::date,
        reserved_micro_usd bigint NOT NULL,
        cost_micro_usd bigint,
        tokens integer NOT NULL DEFAULT 0,
        tries integer NOT NULL DEFAULT 0,
        duration_ms integer,
        answer jsonb,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        settled_at timestamptz,
        CHECK ((status = 'reserved') = (cost_micro_usd IS NULL))
      )`);
    await runner.query('CREATE INDEX ai_calls_subject ON ai_calls (subject)');
    await runner.query(
      'CREATE INDEX ai_calls_answers ON ai_calls (tenant_id, cache_key, created_at DESC) WHERE answer IS NOT NULL',
    );
    await tenantTable(runner, 'ai_calls');
    await runner.query(`
      CREATE TABLE ai_days (
        tenant_id text NOT NULL REFERENCES tenants(id),
        day date NOT NULL,
        micro_usd bigint NOT NULL,
        PRIMARY KEY (tenant_id, day)
      ) WITH (fillfactor = 50)`);
    await tenantTable(runner, 'ai_days');
    for (const table of ['ai_calls', 'ai_days']) {
      await runner.query(`REVOKE INSERT, UPDATE, DELETE ON ${table} FROM loopgpt_app`); // nobody gives itself more
    }
    // Answers null when the call may be made. A subject with a call that nobody saw the end of is not asked for again.
    await runner.query(`
      CREATE FUNCTION reserve_ai_call(call text, tenant text, about text, wanted text, version text, hashed text, most bigint,
        per_subject bigint, per_day bigint)
      RETURNS text LANGUAGE plpgsql AS $$
      DECLARE
        today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
        spent bigint;
      BEGIN
        INSERT INTO ai_days VALUES (tenant, today, 0) ON CONFLICT DO NOTHING;
        SELECT micro_usd INTO spent FROM ai_days WHERE tenant_id = tenant AND day = today FOR UPDATE;
        IF EXISTS (SELECT 1 FROM ai_calls WHERE subject = about AND status = 'reserved') THEN RETURN 'interrupted'; END IF;
        IF spent + most > per_day THEN RETURN 'day'; END IF;
        IF most + (SELECT COALESCE(sum(COALESCE(cost_micro_usd, reserved_micro_usd)), 0) FROM ai_calls WHERE subject = about)
          > per_subject THEN RETURN 'subject'; END IF;
        UPDATE ai_days SET micro_usd = spent + most WHERE tenant_id = tenant AND day = today;
        INSERT INTO ai_calls (id, tenant_id, subject, model, prompt_version, cache_key, status, day, reserved_micro_usd)
          VALUES (call, tenant, about, wanted, version, decode(hashed, 'hex'), 'reserved', today, most);
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE FUNCTION settle_ai_call(call text, facts jsonb, said jsonb) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE c ai_calls;
      BEGIN
        UPDATE ai_calls SET status = facts->>'status', reason = facts->>'reason', cost_micro_usd = (facts->>'microUsd')::bigint,
          tokens = (facts->>'tokens')::int, tries = (facts->>'tries')::int, duration_ms = (facts->>'durationMs')::int,
          answer = said, settled_at = clock_timestamp()
        WHERE id = call AND status = 'reserved' RETURNING * INTO c;
        UPDATE ai_days SET micro_usd = micro_usd - c.reserved_micro_usd + c.cost_micro_usd
          WHERE tenant_id = c.tenant_id AND day = c.day;
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION settle_ai_call');
    await runner.query('DROP FUNCTION reserve_ai_call');
    await runner.query('DROP TABLE ai_days');
    await runner.query('DROP TABLE ai_calls');
  }
}
