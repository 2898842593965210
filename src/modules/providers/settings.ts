import type { Config } from '../../config.js';
import type { ProviderId, ProviderSettings } from './provider.js';
import { SIMULATED_CREDENTIALS } from './simulated-credentials.js';

/** Whether and how a provider is reached now. */
export type Connection =
  { state: 'connected'; settings: ProviderSettings } | { state: 'disabled' } | { state: 'not_configured' };

interface Row {
  enabled: boolean;
  mock: boolean | undefined;
  timeoutMs: number;
  credentials: Record<string, string | undefined>;
  realUrl: string;
  /** Below the simulator's URL. */
  simulatedPath: string;
}

/** Real host with credentials; the simulator when mocked, or outside production while credentials are missing. Pure. */
export function connectionOf(id: ProviderId, config: Config): Connection {
  const row = rowOf(id, config.values);
  if (!row.enabled) return { state: 'disabled' };
  const { LOOPGPT_SIMULATOR_URL: simulatorUrl } = config.values;
  const complete = Object.values(row.credentials).every((value) => value !== undefined);
  const simulated = row.mock ?? (!complete && !config.production);
  if (simulated) {
    if (!simulatorUrl) return { state: 'not_configured' };
    const baseUrl = `${simulatorUrl}${row.simulatedPath}`;
    return {
      state: 'connected',
      settings: { baseUrl, simulated: true, credentials: SIMULATED_CREDENTIALS[id], timeoutMs: row.timeoutMs },
    };
  }
  if (!complete) return { state: 'not_configured' };
  const credentials = row.credentials as Record<string, string>;
  return {
    state: 'connected',
    settings: { baseUrl: row.realUrl, simulated: false, credentials, timeoutMs: row.timeoutMs },
  };
}

const WALMART_PATH = '/api-proxy/service/affil/product/v2';

function rowOf(id: ProviderId, values: Config['values']): Row {
  switch (id) {
    case 'KROGER_API':
      return {
        enabled: values.LOOPGPT_ENABLE_KROGER,
        mock: values.LOOPGPT_KROGER_MOCK,
        timeoutMs: values.LOOPGPT_KROGER_TIMEOUT,
        credentials: { clientId: values.KROGER_CLIENT_ID, clientSecret: values.KROGER_CLIENT_SECRET },
        // Keys of one environment fail on the other's host.
        realUrl: values.KROGER_ENV === 'production' ? 'https://api.kroger.com' : 'https://api-ce.kroger.com',
        simulatedPath: '/kroger',
      };
    case 'WALMART_API':
      return {
        enabled: values.LOOPGPT_ENABLE_WALMART,
        mock: values.LOOPGPT_WALMART_MOCK,
        timeoutMs: values.LOOPGPT_WALMART_TIMEOUT,
        credentials: {
          consumerId: values.WALMART_PARTNER_ID,
          privateKey: values.WALMART_API_KEY,
          keyVersion: values.WALMART_KEY_VERSION,
        },
        realUrl: `https://developer.api.walmart.com${WALMART_PATH}`,
        simulatedPath: `/walmart${WALMART_PATH}`,
      };
    case 'MEALME':
      return {
        enabled: values.LOOPGPT_ENABLE_MEALME,
        mock: values.LOOPGPT_MEALME_MOCK,
        timeoutMs: values.LOOPGPT_MEALME_TIMEOUT,
        credentials: { apiKey: values.MEALME_API_KEY },
        realUrl: 'https://api.mealme.ai',
        simulatedPath: '/mealme',
      };
    case 'INSTACART':
      return {
        enabled: values.LOOPGPT_ENABLE_INSTACART,
        mock: values.LOOPGPT_INSTACART_MOCK,
        timeoutMs: values.LOOPGPT_INSTACART_TIMEOUT,
        credentials: { apiKey: values.INSTACART_API_KEY },
        realUrl: 'https://connect.instacart.com',
        simulatedPath: '/instacart',
      };
  }
}
