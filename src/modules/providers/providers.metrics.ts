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
  quoteCache: meters.counter('loopgpt_quote_cache_total', 'looks for a quote that was given before, hit or miss', [
    'result',
  ]),
  warmed: meters.counter('loopgpt_quote_cache_warmed_total', 'quotes asked for ahead of need, by provider and result', [
    'provider',
    'result',
  ]),
  warmedUsed: meters.counter(
    'loopgpt_quote_cache_warmed_used_total',
    'of these, quotes that somebody then asked for',
    [],
  ),
  unauthorized: meters.counter('loopgpt_provider_unauthorized_total', 'credentials refused', ['provider']),
});
