import type { Config } from '../../../config.js';
import { MAIN_CALLS } from '../card.js';
import { cardOf, folderOf, previousOf, type SourceCard, type SourceId } from '../cards.js';
import type { ProviderSettings } from '../provider.js';
import type { CallLimits } from './call-budgets.js';

/** Whether and how a provider is reached now. */
export type Connection =
  { state: 'connected'; settings: ProviderSettings } | { state: 'disabled' } | { state: 'not_configured' };

/** The configuration as it is in force: the environment with the operators' switches over it. */
type InForce = Pick<Config, 'values' | 'production'>;

/** Real host with credentials; the simulator when mocked, or outside production while credentials are missing. Pure. */
export function connectionOf(id: SourceId, config: InForce): Connection {
  const { values, production } = config;
  const card = cardOf(id);
  if (!values[`LOOPGPT_ENABLE_${card.prefix}`]) return { state: 'disabled' };
  const isSimulated = values[`LOOPGPT_${card.prefix}_MOCK`] ?? (!production && credentialsOf(card, values) === null);
  if (!isSimulated) return realConnectionOf(id, config);
  const { LOOPGPT_SIMULATOR_URL: simulatorUrl } = values;
  if (!simulatorUrl) return { state: 'not_configured' };
  return {
    state: 'connected',
    settings: {
      baseUrl: `${simulatorUrl}/${folderOf(card)}${card.basePath}`,
      simulated: true,
      credentials: card.simulatedCredentials,
      timeoutMs: values[`LOOPGPT_${card.prefix}_TIMEOUT`],
    },
  };
}

/** Its own host with its credentials, switched on or not. Pure. */
export function realConnectionOf(id: SourceId, { values }: InForce): Connection {
  const card = cardOf(id);
  const credentials = credentialsOf(card, values);
  if (credentials === null) return { state: 'not_configured' };
  const baseUrl = `${values[`${card.prefix}_BASE_URL`] ?? hostOf(card, values)}${card.basePath}`;
  const timeoutMs = values[`LOOPGPT_${card.prefix}_TIMEOUT`];
  return { state: 'connected', settings: { baseUrl, simulated: false, credentials, timeoutMs } };
}

/** As it is reached, with the credentials before the present ones while those are kept; null where there are none, or none are used. Pure. */
export function previousConnectionOf(id: SourceId, now: Connection, { values }: InForce): Connection | null {
  if (now.state !== 'connected' || now.settings.simulated) return null;
  const card = cardOf(id);
  const set = new Map(Object.entries(values));
  const isKept = card.credentials.some(({ variable }) => set.get(previousOf(variable)) !== undefined);
  const before = card.credentials.map(
    ({ variable }) => [variable, set.get(previousOf(variable)) ?? set.get(variable)] as const,
  );
  const credentials = isKept ? credentialsOf(card, Object.fromEntries(before)) : null;
  return credentials && { state: 'connected', settings: { ...now.settings, credentials } };
}

/**
 * The calls that a provider's connection may make, by what they count against; kinds without a limit are left out. What operators set
 * holds for the main calls. Real and simulated hosts never share a budget. Pure.
 */
export function callLimitsOf(
  id: SourceId,
  connection: Connection,
  { values }: InForce,
): ReadonlyMap<string, CallLimits> {
  if (connection.state !== 'connected') return new Map();
  const { baseUrl, simulated } = connection.settings;
  const { prefix, callsPerDay } = cardOf(id);
  const perDay = values[`LOOPGPT_${prefix}_CALLS_PER_DAY`];
  const perSecond = values[`LOOPGPT_${prefix}_CALLS_PER_SECOND`];
  const stated = new Map<string, number | null>(simulated ? [] : Object.entries(callsPerDay));
  if (perDay !== undefined) stated.set(MAIN_CALLS, perDay);
  if (perSecond !== undefined && !stated.has(MAIN_CALLS)) stated.set(MAIN_CALLS, null);
  const share = values.LOOPGPT_BUDGET_SHARE_PERCENT / 100;
  return new Map(
    [...stated].map(([kind, ofDay]) => {
      const isMain = kind === MAIN_CALLS;
      const limits: CallLimits = {
        budget: `${id}${isMain ? '' : `.${kind}`}@${new URL(baseUrl).host}`,
        perDay: ofDay,
        perSecond: isMain ? (perSecond ?? null) : null,
        perTenant: ofDay === null ? null : Math.max(1, Math.floor(ofDay * share)),
      };
      return [kind, limits] as const;
    }),
  );
}

/** By part; null while one is missing. */
function credentialsOf({ credentials }: SourceCard, values: object): Readonly<Record<string, string>> | null {
  const set = values as Readonly<Record<string, string | undefined>>;
  const given = credentials.map(({ part, variable }) => [part, set[variable]] as const);
  return given.some(([, value]) => value === undefined) ? null : (Object.fromEntries(given) as Record<string, string>);
}

function hostOf({ prefix, hosts }: SourceCard, values: object): string {
  const environment = (values as Readonly<Record<string, string | undefined>>)[`${prefix}_ENV`];
  return hosts[environment ?? 'production'] ?? hosts.production;
}
