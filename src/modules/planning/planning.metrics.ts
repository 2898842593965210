import type { Meters } from '../../platform/telemetry/metrics.js';

export const planningMetrics = (meters: Meters) => ({
  plans: meters.counter('loopgpt_plans_total', 'plans closed, by status, who chose the meals, and why there is none', [
    'status',
    'origin',
    'failure',
  ]),
  planLatency: meters.histogram('loopgpt_plan_latency_seconds', 'acceptance to outcome', []),
  playlists: meters.counter('loopgpt_playlists_total', 'playlists looked for, by result', ['result']),
});
