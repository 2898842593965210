import type { Meters } from '../../platform/telemetry/metrics.js';

export const notificationsMetrics = (meters: Meters) => ({
  attempts: meters.counter('loopgpt_webhook_attempts_total', 'webhook attempts by outcome', ['outcome']),
  firstAttempt: meters.histogram('loopgpt_webhook_first_attempt_seconds', 'event to first attempt', []),
});
