import { each, fromZero, type Meters } from '../../platform/telemetry/metrics.js';
import { CARDS, PROVIDER_IDS } from './cards.js';
import { FAILURE_REASONS } from './provider.js';

const EACH = PROVIDER_IDS.map((provider) => ({ provider }));
const LOOKS = ['hit', 'miss'];
const EVERY_SOURCE = CARDS.map(({ id: provider }) => ({ provider }));

export const providersMetrics = (meters: Meters) => ({
  answers: fromZero(
    meters.counter('loopgpt_provider_answers_total', 'answers by provider and result (ok, cached or the reason)', [
      'provider',
      'result',
    ]),
    EACH.flatMap(({ provider }) => ['ok', 'cached', ...FAILURE_REASONS].map((result) => ({ provider, result }))),
  ),
  latency: fromZero(
    meters.histogram('loopgpt_provider_latency_seconds', 'asking to complete answer, of calls that were made', [
      'provider',
    ]),
    EACH,
  ),
  calls: fromZero(meters.counter('loopgpt_provider_calls_total', 'outside HTTP calls', ['provider']), EVERY_SOURCE),
  costUsd: fromZero(
    meters.counter('loopgpt_provider_cost_usd_total', 'US dollars for outside calls, at the configured price', [
      'provider',
    ]),
    EVERY_SOURCE,
  ),
  healthy: meters.gauge('loopgpt_provider_healthy', '1 where any process finds it well, else 0', ['provider']),
  breaker: meters.gauge('loopgpt_provider_breaker_open', 'of this process: 1 open, 0.5 trying again, 0 closed', [
    'provider',
  ]),
  budgetLeft: meters.gauge('loopgpt_provider_budget_left_calls', 'calls left of today, where they are limited', [
    'provider',
  ]),
  credentialsExpire: meters.gauge(
    'loopgpt_provider_credentials_expire_timestamp_seconds',
    'when its credentials end, where that is configured',
    ['provider'],
  ),
  credentialsSet: meters.gauge(
    'loopgpt_provider_credentials_set_timestamp_seconds',
    'when operators last set a provider’s credentials; of the environment’s nobody tells',
    ['provider'],
  ),
  credentialsUsed: meters.gauge(
    'loopgpt_provider_credentials_used_timestamp_seconds',
    'when any process last called a provider with its present credentials, to the minute',
    ['provider'],
  ),
  quoteCache: fromZero(
    meters.counter('loopgpt_quote_cache_total', 'looks for a quote that was given before, hit or miss', ['result']),
    each('result', LOOKS),
  ),
  cache: fromZero(
    meters.counter(
      'loopgpt_provider_cache_total',
      'looks for what a provider said before, such as its stores, products and token, hit or miss',
      ['provider', 'result'],
    ),
    EACH.flatMap(({ provider }) => LOOKS.map((result) => ({ provider, result }))),
  ),
  warmed: fromZero(
    meters.counter('loopgpt_quote_cache_warmed_total', 'quotes asked for ahead of need, by provider and result', [
      'provider',
      'result',
    ]),
    EACH.flatMap(({ provider }) => ['ok', ...FAILURE_REASONS].map((result) => ({ provider, result }))),
  ),
  warmedUsed: meters.counter(
    'loopgpt_quote_cache_warmed_used_total',
    'of these, quotes that somebody then asked for',
    [],
  ),
  previousCredentials: fromZero(
    meters.counter(
      'loopgpt_provider_previous_credentials_total',
      'asked with the credentials before the present ones, which it refuses',
      ['provider'],
    ),
    EVERY_SOURCE,
  ),
  unauthorized: fromZero(
    meters.counter('loopgpt_provider_unauthorized_total', 'credentials refused', ['provider']),
    EVERY_SOURCE,
  ),
});
