import type { Meters } from '../../platform/telemetry/metrics.js';

export const opsMetrics = (meters: Meters) => ({
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
});
