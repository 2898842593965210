/** When a route was accepted, and its trace; `$1` is its id. */
export const ROUTE_BEGAN = 'SELECT created_at AS "createdAt", traceparent FROM routes WHERE id = $1';

/** What is stored of the route `$1`: at, step, detail, cents, currency. */
export const ROUTE_FACTS = `
  SELECT created_at AS at, 'accepted' AS step, 'committed; answered 202' AS detail, NULL::int AS cents, NULL AS currency
    FROM routes WHERE id = $1
  UNION ALL
  SELECT started_at, 'picked_up', 'a quote worker took the job', NULL, NULL FROM routes WHERE id = $1 AND started_at IS NOT NULL
  UNION ALL
  SELECT received_at, CASE WHEN late THEN 'answered_late' ELSE 'answered' END,
    provider_id || ' in ' || round(latency_ms)::text || ' ms: '
      || COALESCE(result->'failure'->>'reason', result->'offer'->>'status', result->'offer'->>'kind'),
    (result->'offer'->>'totalCents')::int, result->'offer'->>'currency'
    FROM quotes WHERE route_id = $1
  UNION ALL
  SELECT closed_at, status, COALESCE('rule ' || (outcome->>'rule') || ', winner ' || COALESCE(outcome->'winner'->>'providerId', 'none'),
    'closed by the caller'), (outcome->'winner'->>'totalCents')::int, outcome->'winner'->>'currency'
    FROM routes WHERE id = $1 AND closed_at IS NOT NULL`;
