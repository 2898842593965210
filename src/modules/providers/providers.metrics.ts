import type { Meters } from '../../platform/telemetry/metrics.js';

export const providersMetrics = (meters: Meters) => ({
  answers: meters.counter(
    'loopgpt_provider_answers_total',
    'answers by provider and result (ok, cached or the reason)',
    ['provider', 'result'],
  ),
  latency: meters.histogram('loopgpt_provider_latency_seconds', 'asking to complete answer, of calls that were made', [
    'provider',
  ]),
  calls: meters.counter('loopgpt_provider_calls_total', 'outside HTTP calls', ['provider']),
  unauthorized: meters.counter('loopgpt_provider_unauthorized_total', 'credentials refused', ['provider']),
});
