/** What operators ask of `edge_logs`, as they always wrote it. */
export const OPERATOR_QUERIES = {
  successRate: `
    SELECT COUNT(*) FILTER (WHERE event = 'provider_quote_success') * 100.0 / COUNT(*) AS success_rate
    FROM edge_logs
    WHERE function_name = 'loopgpt_route_order'
      AND event IN ('provider_quote_success', 'provider_quote_error')
      AND timestamp > NOW() - INTERVAL '24 hours'`,
  errorRateByProvider: `
    SELECT provider_id,
      ROUND(100.0 * SUM(CASE WHEN event = 'provider_quote_error' THEN 1 ELSE 0 END) / COUNT(*), 1)::float AS error_rate
    FROM edge_logs
    WHERE function_name = 'loopgpt_route_order' AND event LIKE 'provider_quote_%'
    GROUP BY provider_id ORDER BY error_rate DESC`,
  selectionShare: `
    SELECT selected_provider_id, COUNT(*)::int AS selections,
      (COUNT(*) * 100.0 / SUM(COUNT(*)) OVER ())::float AS percentage
    FROM edge_logs
    WHERE function_name = 'loopgpt_route_order' AND event = 'router_decision'
    GROUP BY selected_provider_id ORDER BY selections DESC, selected_provider_id`,
  latency: `
    SELECT AVG(total_latency_ms) AS average, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY total_latency_ms) AS p95
    FROM edge_logs WHERE function_name = 'loopgpt_route_order' AND event = 'router_decision'`,
  latencyByProvider: `
    SELECT provider_id, AVG(latency_ms) AS average, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY latency_ms) AS p95
    FROM edge_logs WHERE function_name = 'loopgpt_route_order' AND event = 'provider_quote_success'
    GROUP BY provider_id ORDER BY provider_id`,
  hourlyVolume: `
    SELECT DATE_TRUNC('hour', timestamp) AS hour, COUNT(*)::int AS orders
    FROM edge_logs
    WHERE function_name = 'loopgpt_route_order' AND event = 'router_decision' AND timestamp > NOW() - INTERVAL '24 hours'
    GROUP BY hour ORDER BY hour`,
  costPerThousandCalls: `
    SELECT provider_id, COUNT(*)::int AS calls, ROUND(SUM(total_cents) * 1000.0 / COUNT(*))::int AS cents_per_1000_calls
    FROM edge_logs
    WHERE function_name = 'loopgpt_route_order' AND event = 'provider_quote_success' AND provider_id <> 'INSTACART'
    GROUP BY provider_id ORDER BY provider_id`,
} as const;
