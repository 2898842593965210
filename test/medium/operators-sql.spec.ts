import { idPattern } from '../../src/common/ids.js';
import { createStores, migrated, rowsOf, withClient, type Stores } from '../support/stores.js';

/** The statements of the former plan engine's guide, as operators have them in their notes. */
const PERFORMANCE = `AS
SELECT 
  DATE_TRUNC('hour', created_at) as hour,
  COUNT(*) as total_requests,
  AVG(duration_ms) as avg_duration,
  COUNT(*) FILTER (WHERE status = 'completed') as successful_requests,
  COUNT(*) FILTER (WHERE status = 'failed') as failed_requests
FROM plan_generation_logs
GROUP BY DATE_TRUNC('hour', created_at)
ORDER BY hour DESC;`;
const COSTS = `AS
SELECT 
  DATE_TRUNC('day', created_at) as date,
  SUM(claude_cost_cents) as total_cost_cents,
  AVG(claude_cost_cents) as avg_cost_per_request,
  SUM(claude_tokens_used) as total_tokens
FROM plan_generation_logs
WHERE claude_cost_cents IS NOT NULL
GROUP BY DATE_TRUNC('day', created_at)
ORDER BY date DESC;`;

describe('what operators of the former plan engine type', () => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await createStores();
    const database = await migrated(stores);
    await database.close();
    await rowsOf(
      stores.adminUrl,
      `INSERT INTO meal_plans (id, tenant_id, request, traceparent, deadline_at) SELECT 'plan_' || n, 'ten_a', '{}', 't', now()
       FROM generate_series(1, 3) n`,
    );
    await rowsOf(
      stores.adminUrl,
      `INSERT INTO plan_generation_logs (plan_id, tenant_id, duration_ms, status, origin, claude_cost_cents, claude_tokens_used,
         prompt_version, cache_hit)
       SELECT 'plan_' || n, 'ten_a', n * 1000, CASE WHEN n = 3 THEN 'failed' ELSE 'completed' END, 'model', n * 0.5, n * 100, 'v', false
       FROM generate_series(1, 3) n`,
    );
  }, 60_000);
  afterAll(() => stores?.drop());

  const asOperator = (sql: string) =>
    withClient(stores.adminUrl, async (client) => {
      await client.query('SET ROLE loopgpt_operator');
      return (await client.query(sql)).rows as Record<string, unknown>[];
    });

  it('answers from views of the known names and columns, to who may see nothing else', async () => {
    const [performance] = await asOperator('SELECT * FROM performance_metrics ORDER BY hour DESC');
    expect(performance).toEqual({
      hour: expect.any(Date),
      total_requests: '3',
      avg_duration: '2000.0000000000000000',
      successful_requests: '2',
      failed_requests: '1',
    });
    const [costs] = await asOperator('SELECT * FROM ai_cost_summary ORDER BY date DESC');
    expect({ ...costs, total_cost_cents: Number(costs!.total_cost_cents) }).toMatchObject({
      date: expect.any(Date),
      total_cost_cents: 3,
      total_tokens: '600',
    });
    await expect(asOperator('SELECT * FROM plan_generation_logs')).rejects.toThrow('permission denied');
  });

  it('keeps an error that names only the columns its writers know', async () => {
    const [kept] = await rowsOf<{ id: string; error_message: string; severity: string }>(
      stores.adminUrl,
      `INSERT INTO error_logs (error_message, error_stack, context, timestamp, severity)
       VALUES ('it broke', 'at line 1', '{"user": 1}', '2026-06-01T12:00:00.000Z', 'error') RETURNING id, error_message, severity`,
    );
    expect(kept).toEqual({ id: expect.stringMatching(idPattern('err')), error_message: 'it broke', severity: 'error' });
  });

  it.each(['CREATE VIEW', 'CREATE OR REPLACE VIEW'])(
    'runs its guide by %s, and both views answer as before',
    async (create) => {
      const before = await rowsOf(stores.adminUrl, 'SELECT * FROM performance_metrics');
      await rowsOf(stores.adminUrl, `-- Create monitoring views\n${create} performance_metrics ${PERFORMANCE}`);
      await rowsOf(stores.adminUrl, `-- Monitor AI usage costs\n${create} ai_cost_summary ${COSTS}`);
      expect(await rowsOf(stores.adminUrl, 'SELECT * FROM performance_metrics')).toEqual(before);
      expect(await rowsOf(stores.adminUrl, 'SELECT total_tokens FROM ai_cost_summary')).toEqual([
        { total_tokens: '600' },
      ]);
    },
  );
});
