import type { Meters } from '../platform/telemetry/metrics.js';

export const operationsMetrics = (meters: Meters) => ({
  redispatched: meters.counter(
    'loopgpt_router_redispatched_total',
    'what was accepted whose job was added again by the relay',
    [],
  ),
});
