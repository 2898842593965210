import type { Meters } from '../../platform/telemetry/metrics.js';

export const routingMetrics = (meters: Meters) => ({
  requests: meters.counter('loopgpt_router_requests_total', 'routes accepted', []),
  outcomes: meters.counter('loopgpt_router_outcomes_total', 'routes closed, by status and rule', ['status', 'rule']),
  latency: meters.histogram('loopgpt_router_latency_seconds', 'acceptance to outcome', []),
  overshoot: meters.histogram(
    'loopgpt_router_deadline_overshoot_seconds',
    'deadline to outcome, for routes closed by the deadline',
    [],
  ),
  openRoutes: meters.gauge('loopgpt_router_open_routes', 'routes without an outcome', []),
  oldestOpenSeconds: meters.gauge('loopgpt_router_oldest_open_seconds', 'age of the oldest open route', []),
  selections: meters.counter('loopgpt_provider_selections_total', 'routes won', ['provider']),
  lateQuotes: meters.counter('loopgpt_provider_late_total', 'answers after the decision', ['provider']),
});
