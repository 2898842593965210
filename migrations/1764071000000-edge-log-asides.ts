import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is no call that counted is told apart in `edge_logs`: links and answers after the decision under events of their own, and what
 * the cache gave under a function of its own, so that no query over `loopgpt_route_order` takes it for a call. A latency is that of a
 * call: null where none was made.
 */
export class EdgeLogAsides1764071000000 implements MigrationInterface {
  name = 'EdgeLogAsides1764071000000';

  async up(runner: QueryRunner): Promise<void> {
    // `kind`: link, late (too late), cached.
    await runner.query(`CREATE TABLE edge_log_asides PARTITION OF edge_log_entries FOR VALUES IN ('l', 't', 'c')`);
    await runner.query('ALTER TABLE edge_log_entries ALTER COLUMN latency_ms DROP NOT NULL');
    await this.sort(runner);
    await runner.query(`CREATE OR REPLACE VIEW edge_logs AS ${view()}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE edge_log_entries SET kind = 's' WHERE kind IN ('l', 't', 'c')`);
    await runner.query('UPDATE edge_log_entries SET latency_ms = 0 WHERE latency_ms IS NULL');
    await runner.query('ALTER TABLE edge_log_entries ALTER COLUMN latency_ms SET NOT NULL');
    await runner.query(`CREATE OR REPLACE VIEW edge_logs AS ${[...COUNTED, DECISIONS].join(' UNION ALL ')}`);
    await runner.query('DROP TABLE edge_log_asides');
  }

  /** What is stored already, as far as the answers are still kept to tell. */
  private async sort(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE quotes NO FORCE ROW LEVEL SECURITY');
    await runner.query(`
      UPDATE edge_log_entries e SET kind = q.kind, latency_ms = CASE WHEN q.calls > 0 THEN e.latency_ms END
      FROM (
        SELECT received_at, provider_id, latency_ms, calls, (CASE WHEN NOT (result->>'ok')::boolean THEN 'e'
          WHEN (result->'offer'->>'cached')::boolean THEN 'c' WHEN late THEN 't'
          WHEN result->'offer'->>'kind' = 'link' THEN 'l' ELSE 's' END)::"char" AS kind
        FROM quotes
      ) q
      WHERE e.kind IN ('s', 'e') AND e.at = q.received_at AND e.provider_id = q.provider_id AND e.latency_ms = q.latency_ms
        AND (q.kind <> e.kind OR q.calls = 0)`);
    await runner.query('ALTER TABLE quotes FORCE ROW LEVEL SECURITY');
    // There is no quote without a sum.
    await runner.query(`UPDATE edge_log_entries SET kind = 'l' WHERE kind = 's' AND total_cents IS NULL`);
  }
}

const answers = (event: string, kind: string, functionName = 'loopgpt_route_order'): string => `
  SELECT '${functionName}'::text AS function_name, at AS "timestamp", '${event}'::text AS event, provider_id,
    latency_ms, NULL::double precision AS total_latency_ms, NULL::text AS selected_provider_id, total_cents
  FROM edge_log_entries WHERE kind = '${kind}'`;

const COUNTED = [answers('provider_quote_success', 's'), answers('provider_quote_error', 'e')];
const DECISIONS = `
  SELECT 'loopgpt_route_order'::text, at, 'router_decision'::text, NULL::text, NULL::double precision, latency_ms, provider_id, total_cents
  FROM edge_log_entries WHERE kind = 'd'`;

function view(): string {
  const asides = [
    answers('provider_quote_link', 'l'),
    answers('provider_quote_late', 't'),
    answers('provider_quote_cached', 'c', 'loopgpt_quote_cache'),
  ];
  return [...COUNTED, ...asides, DECISIONS].join(' UNION ALL ');
}
