import type { Config } from '../../../config.js';
import type { ProviderSettings, SourceId } from '../provider.js';
import { SIMULATED_CREDENTIALS } from '../simulated-credentials.js';
import type { CallLimits } from './call-budgets.js';

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
  /** What their terms allow a day on the real host, by what a call counts against; the main calls are `main`. Others have no limit. */
  statedPerDay: Readonly<Record<string, number>>;
  /** Below the simulator's URL. */
  simulatedPath: string;
}

/** The configuration as it is in force: the environment with the operators' switches over it. */
type InForce = Pick<Config, 'values' | 'production'>;

/** Real host with credentials; the simulator when mocked, or outside production while credentials are missing. Pure. */
export function connectionOf(id: SourceId, config: InForce): Connection {
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
  return realConnectionOf(id, config);
}

/** Its own host with its credentials, switched on or not. Pure. */
export function realConnectionOf(id: SourceId, config: InForce): Connection {
  const row = rowOf(id, config.values);
  if (!Object.values(row.credentials).every((value) => value !== undefined)) return { state: 'not_configured' };
  const credentials = row.credentials as Record<string, string>;
  return {
    state: 'connected',
    settings: { baseUrl: row.realUrl, simulated: false, credentials, timeoutMs: row.timeoutMs },
  };
}

export const MAIN_CALLS = 'main';

/**
 * The calls that a provider's connection may make, by what they count against; kinds without a limit are left out. What operators set
 * holds for the main calls. Real and simulated hosts never share a budget. Pure.
 */
export function callLimitsOf(id: SourceId, connection: Connection, config: InForce): ReadonlyMap<string, CallLimits> {
  if (connection.state !== 'connected') return new Map();
  const { baseUrl, simulated } = connection.settings;
  const { perDay, perSecond, statedPerDay } = rowOf(id, config.values);
  const stated = new Map<string, number | null>(simulated ? [] : Object.entries(statedPerDay));
  if (perDay !== undefined) stated.set(MAIN_CALLS, perDay);
  if (perSecond !== undefined && !stated.has(MAIN_CALLS)) stated.set(MAIN_CALLS, null);
  const share = config.values.LOOPGPT_BUDGET_SHARE_PERCENT / 100;
  return new Map(
    [...stated].map(([kind, ofDay]) => {
      const isMain = kind === MAIN_CALLS;
      const limits: CallLimits = {
        // Kroger counts production and certification apart, and so do their hosts here.
        budget: `${id}${isMain ? '' : `.${kind}`}@${new URL(baseUrl).host}`,
        perDay: ofDay,
        perSecond: isMain ? (perSecond ?? null) : null,
        perTenant: ofDay === null ? null : Math.max(1, Math.floor(ofDay * share)),
      };
      return [kind, limits] as const;
    }),
  );
}

const WALMART_PATH = '/api-proxy/service/affil/product/v2';

function rowOf(id: SourceId, values: Config['values']): Row {
  switch (id) {
    case 'KROGER_API':
      return {
        enabled: values.LOOPGPT_ENABLE_KROGER,
        perDay: values.LOOPGPT_KROGER_CALLS_PER_DAY,
        perSecond: values.LOOPGPT_KROGER_CALLS_PER_SECOND,
        statedPerDay: { [MAIN_CALLS]: 10_000, locations: 1600, chains: 1600 },
        mock: values.LOOPGPT_KROGER_MOCK,
        timeoutMs: values.LOOPGPT_KROGER_TIMEOUT,
        credentials: { clientId: values.KROGER_CLIENT_ID, clientSecret: values.KROGER_CLIENT_SECRET },
        // Keys of one environment fail on the other's host.
        realUrl:
          values.KROGER_BASE_URL ??
          (values.KROGER_ENV === 'production' ? 'https://api.kroger.com' : 'https://api-ce.kroger.com'),
        simulatedPath: '/kroger',
      };
    case 'WALMART_API':
      return {
        enabled: values.LOOPGPT_ENABLE_WALMART,
        perDay: values.LOOPGPT_WALMART_CALLS_PER_DAY,
        perSecond: values.LOOPGPT_WALMART_CALLS_PER_SECOND,
        statedPerDay: { [MAIN_CALLS]: 5000 },
        mock: values.LOOPGPT_WALMART_MOCK,
        timeoutMs: values.LOOPGPT_WALMART_TIMEOUT,
        credentials: {
          consumerId: values.WALMART_PARTNER_ID,
          privateKey: values.WALMART_API_KEY,
          keyVersion: values.WALMART_KEY_VERSION,
        },
        realUrl: `${values.WALMART_BASE_URL ?? 'https://developer.api.walmart.com'}${WALMART_PATH}`,
        simulatedPath: `/walmart${WALMART_PATH}`,
      };
    case 'MEALME':
      return {
        enabled: values.LOOPGPT_ENABLE_MEALME,
        perDay: values.LOOPGPT_MEALME_CALLS_PER_DAY,
        perSecond: values.LOOPGPT_MEALME_CALLS_PER_SECOND,
        statedPerDay: {},
        mock: values.LOOPGPT_MEALME_MOCK,
        timeoutMs: values.LOOPGPT_MEALME_TIMEOUT,
        credentials: { apiKey: values.MEALME_API_KEY },
        realUrl: values.MEALME_BASE_URL ?? 'https://api.mealme.ai',
        simulatedPath: '/mealme',
      };
    case 'INSTACART':
      return {
        enabled: values.LOOPGPT_ENABLE_INSTACART,
        perDay: values.LOOPGPT_INSTACART_CALLS_PER_DAY,
        perSecond: values.LOOPGPT_INSTACART_CALLS_PER_SECOND,
        statedPerDay: {},
        mock: values.LOOPGPT_INSTACART_MOCK,
        timeoutMs: values.LOOPGPT_INSTACART_TIMEOUT,
        credentials: { apiKey: values.INSTACART_API_KEY },
        realUrl: values.INSTACART_BASE_URL ?? 'https://connect.instacart.com',
        simulatedPath: '/instacart',
      };
    case 'SALLING':
      return {
        enabled: values.LOOPGPT_ENABLE_SALLING,
        perDay: values.LOOPGPT_SALLING_CALLS_PER_DAY,
        perSecond: values.LOOPGPT_SALLING_CALLS_PER_SECOND,
        statedPerDay: { [MAIN_CALLS]: 10_000 },
        mock: values.LOOPGPT_SALLING_MOCK,
        timeoutMs: values.LOOPGPT_SALLING_TIMEOUT,
        credentials: { token: values.SALLING_GROUP_API_KEY },
        realUrl: values.SALLING_BASE_URL ?? 'https://api.sallinggroup.com',
        simulatedPath: '/salling',
      };
  }
}
