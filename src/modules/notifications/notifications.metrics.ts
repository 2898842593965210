import { fromZero, type Meters } from '../../platform/telemetry/metrics.js';

export const notificationsMetrics = (meters: Meters) => ({
  attempts: fromZero(
    meters.counter('loopgpt_webhook_attempts_total', 'webhook attempts by outcome', ['outcome']),
    ['delivered', 'retry', 'exhausted', 'gone', 'failing'].map((outcome) => ({ outcome })),
  ),
  pending: meters.gauge('loopgpt_webhook_pending_deliveries', 'deliveries that are not over', []),
  disabled: meters.gauge('loopgpt_webhook_disabled_endpoints', 'endpoints that are switched off, by why', ['reason']),
  firstAttempt: meters.histogram('loopgpt_webhook_first_attempt_seconds', 'event to first attempt', []),
});
