import type { Config } from '../../config.js';
import type { ProviderId, ProviderSettings } from './provider.js';
import type { CallLimits } from './call-budgets.js';
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
  perDay: number | undefined;
  perSecond: number | undefined;
  /** What their terms allow a day, on the real host; null when they state none. */
  statedPerDay: number | null;
  /** Below the simulator's URL. */
  simulatedPath: string;
}

/** The configuration as it is in force: the environment with the operators' switches over it. */
type InForce = Pick<Config, 'values' | 'production'>;

/** Real host with credentials; the simulator when mocked, or outside production while credentials are missing. Pure. */
export function connectionOf(id: ProviderId, config: InForce): Connection {
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

/** The calls that a provider's connection may make; null when nothing limits them. Real and simulated hosts never share one. Pure. */
export function callLimitsOf(id: ProviderId, connection: Connection, config: InForce): CallLimits | null {
  if (connection.state !== 'connected') return null;
  const { baseUrl, simulated } = connection.settings;
  const { perDay, perSecond, statedPerDay } = rowOf(id, config.values);
  const limits = { perDay: perDay ?? (simulated ? null : statedPerDay), perSecond: perSecond ?? null };
  if (limits.perDay === null && limits.perSecond === null) return null;
  const share = config.values.LOOPGPT_BUDGET_SHARE_PERCENT / 100;
  return {
    // Kroger counts production and certification apart, and so do their hosts here.
    budget: `${id}@${new URL(baseUrl).host}`,
    ...limits,
    perTenant: limits.perDay === null ? null : Math.max(1, Math.floor(limits.perDay * share)),
  };
}

const WALMART_PATH = '/api-proxy/service/affil/product/v2';

function rowOf(id: ProviderId, values: Config['values']): Row {
  switch (id) {
    case 'KROGER_API':
      return {
        enabled: values.LOOPGPT_ENABLE_KROGER,
        perDay: values.LOOPGPT_KROGER_CALLS_PER_DAY,
        perSecond: values.LOOPGPT_KROGER_CALLS_PER_SECOND,
        statedPerDay: 10_000,
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
        perDay: values.LOOPGPT_WALMART_CALLS_PER_DAY,
        perSecond: values.LOOPGPT_WALMART_CALLS_PER_SECOND,
        statedPerDay: 5000,
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
        perDay: values.LOOPGPT_MEALME_CALLS_PER_DAY,
        perSecond: values.LOOPGPT_MEALME_CALLS_PER_SECOND,
        statedPerDay: null,
        mock: values.LOOPGPT_MEALME_MOCK,
        timeoutMs: values.LOOPGPT_MEALME_TIMEOUT,
        credentials: { apiKey: values.MEALME_API_KEY },
        realUrl: 'https://api.mealme.ai',
        simulatedPath: '/mealme',
      };
    case 'INSTACART':
      return {
        enabled: values.LOOPGPT_ENABLE_INSTACART,
        perDay: values.LOOPGPT_INSTACART_CALLS_PER_DAY,
        perSecond: values.LOOPGPT_INSTACART_CALLS_PER_SECOND,
        statedPerDay: null,
        mock: values.LOOPGPT_INSTACART_MOCK,
        timeoutMs: values.LOOPGPT_INSTACART_TIMEOUT,
        credentials: { apiKey: values.INSTACART_API_KEY },
        realUrl: 'https://connect.instacart.com',
        simulatedPath: '/instacart',
      };
  }
}
