import { z } from 'zod';
import { ROLES } from './common/roles.js';
import { list, type Variables } from './common/variables.js';
import { eventsEnvironment } from './events/events.environment.js';
import { discountsEnvironment } from './modules/discounts/discounts.environment.js';
import { liveEnvironment } from './modules/live/live.environment.js';
import { notificationsEnvironment } from './modules/notifications/notifications.environment.js';
import { nutritionEnvironment } from './modules/nutrition/nutrition.environment.js';
import { opsEnvironment } from './modules/ops/ops.environment.js';
import { ordersEnvironment } from './modules/orders/orders.environment.js';
import { planningEnvironment } from './modules/planning/planning.environment.js';
import { playlistEnvironment } from './modules/planning/playlist/playlist.environment.js';
import { pricesEnvironment } from './modules/prices/prices.environment.js';
import { providersEnvironment } from './modules/providers/providers.environment.js';
import { routingEnvironment } from './modules/routing/routing.environment.js';
import { tenantsEnvironment } from './modules/tenants/tenants.environment.js';
import { wordsEnvironment } from './modules/words/words.environment.js';
import { platformEnvironment } from './platform/platform.environment.js';

export { QUOTING_SOURCES, SOURCES, variablesOf } from './modules/providers/providers.environment.js';
export { LONGEST_DEADLINE_MS, TELLING_MS, WEIGHTS } from './modules/routing/routing.environment.js';

const coreEnvironment = {
  rows: {
    LOOPGPT_ENV: z
      .enum(['development', 'test', 'production'])
      .default('development')
      .describe('production requires API keys and a secret key'),
    ROLES: list()
      .default([...ROLES])
      .describe(`which parts run in this process: ${ROLES.join(', ')} or all`),
  },
  prefixes: ['LOOPGPT_'],
} satisfies Variables;

/**
 * What may be in the environment: what each module puts there, its name a heading in the generated documents. src/read-config.ts reads it;
 * .env.example and docs/configuration.md are generated from it.
 */
export const ENVIRONMENT = {
  core: coreEnvironment,
  platform: platformEnvironment,
  events: eventsEnvironment,
  tenants: tenantsEnvironment,
  providers: providersEnvironment,
  offers: discountsEnvironment,
  nutrition: nutritionEnvironment,
  routing: routingEnvironment,
  planning: planningEnvironment,
  playlists: playlistEnvironment,
  prices: pricesEnvironment,
  history: ordersEnvironment,
  words: wordsEnvironment,
  notifications: notificationsEnvironment,
  live: liveEnvironment,
  operators: opsEnvironment,
};

type AllOf<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
type Rows = AllOf<(typeof ENVIRONMENT)[keyof typeof ENVIRONMENT]['rows']>;

const modules: readonly Variables[] = Object.values(ENVIRONMENT);
const names: readonly string[] = modules.flatMap(({ rows }) => Object.keys(rows));
const twice = names.find((name, at) => names.indexOf(name) < at);
if (twice !== undefined) throw new Error(`two modules have a variable ${twice}`);

/** Each variable with its default and its meaning. */
export const VARIABLES = Object.assign({}, ...modules.map(({ rows }) => rows)) as Rows;

/** The values of them. */
export type Environment = z.infer<z.ZodObject<Rows>>;

/** Parts of one credential, of which some alone open nothing. */
const CREDENTIALS = modules.flatMap(({ together = [] }) => together);

/** Of credentials in several parts those parts that are missing, each with one that is there. */
export function halfCredentials(values: Partial<Record<string, unknown>>): { has: string; lacks: string }[] {
  return CREDENTIALS.flatMap((parts) => {
    const has = parts.find((name) => values[name] !== undefined);
    if (has === undefined) return [];
    return parts.filter((name) => values[name] === undefined).map((lacks) => ({ has, lacks }));
  });
}

/** A variable that begins like this and is none of ours is a misspelt one. */
export const OWN_PREFIXES = modules.flatMap(({ prefixes = [] }) => prefixes);

/** Hosts that are sent credentials. */
export const BASE_URLS = names.filter((name) => name.endsWith('_BASE_URL'));

/** What operators may change while the product runs; `SECRET_SWITCHES` are stored sealed and never shown. */
export const SWITCHES = modules.flatMap(({ switches = [] }) => switches);
export const SECRET_SWITCHES = modules.flatMap(({ secrets = [] }) => secrets);

/** What is kept of a credential when operators rotate it. */
export const ROTATIONS = modules.flatMap(({ rotations = [] }) => rotations);
