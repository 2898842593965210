import { z } from 'zod';
import { flag, limit, optionalFlag, secret, url, whole, type Variables } from '../../common/variables.js';
import { MAIN_CALLS } from './card.js';
import {
  CARDS,
  PROVIDER_CARDS,
  boostVariable,
  cardOf,
  previousOf,
  type Prefix,
  type SourceCard,
  type SourceId,
} from './cards.js';

/** Of every provider, by the prefix of its card; what opens each is read by the names of its card alone. */
type RowsOfCards = {
  [P in Prefix as `LOOPGPT_ENABLE_${P}`]: ReturnType<typeof flag>;
} & {
  [P in Prefix as `LOOPGPT_${P}_TIMEOUT`]: ReturnType<typeof whole>;
} & {
  [P in Prefix as `LOOPGPT_${P}_MOCK`]: ReturnType<typeof optionalFlag>;
} & {
  [P in Prefix as `LOOPGPT_${P}_CALLS_PER_DAY` | `LOOPGPT_${P}_CALLS_PER_SECOND`]: ReturnType<typeof limit>;
} & {
  [P in Prefix as `LOOPGPT_${P}_USD_PER_CALL`]: z.ZodDefault<z.ZodCoercedNumber>;
} & {
  [P in Prefix as `LOOPGPT_${P}_CREDENTIALS_EXPIRE`]: z.ZodOptional<z.ZodISODate>;
} & {
  [P in Prefix as `LOOPGPT_PREFER_DIRECT_${P}`]: z.ZodOptional<ReturnType<typeof flag>>;
} & {
  [P in Prefix as `${P}_BASE_URL`]: z.ZodOptional<ReturnType<typeof url>>;
};

function rowsOf(card: SourceCard): Record<string, z.ZodType> {
  const { prefix, name, timeoutMs, callsPerDay, credentials, hosts, hostsAbout } = card;
  const perDay = callsPerDay[MAIN_CALLS];
  return {
    [`LOOPGPT_ENABLE_${prefix}`]: flag(true).describe(`ask ${name}`),
    [`LOOPGPT_${prefix}_TIMEOUT`]: whole(timeoutMs, 100, 60_000).describe('ms'),
    [`LOOPGPT_${prefix}_MOCK`]: optionalFlag().describe(
      'ask the simulator instead; in development true while credentials are missing',
    ),
    ...Object.fromEntries(credentials.map(({ variable, schema }) => [variable, schema])),
    ...Object.fromEntries(credentials.map(({ variable }) => [previousOf(variable), previousRow(variable)])),
    ...(hostsAbout && { [`${prefix}_ENV`]: z.enum(Object.keys(hosts)).default('production').describe(hostsAbout) }),
    [`${prefix}_BASE_URL`]: url('http:', 'https:')
      .optional()
      .describe('asked instead of its own host, e.g. an egress gateway'),
    [`LOOPGPT_${prefix}_CALLS_PER_DAY`]: limit().describe(
      `main calls that all workers together may make in a UTC day; ${perDay === undefined ? 'unlimited unless set' : `${perDay} on the real host, unlimited on the simulator`}`,
    ),
    [`LOOPGPT_${prefix}_CALLS_PER_SECOND`]: limit().describe(
      'main calls that all workers together may begin in one second',
    ),
    [`LOOPGPT_${prefix}_USD_PER_CALL`]: z.coerce
      .number()
      .min(0)
      .max(100)
      .default(0)
      .describe('what one outside call costs by your contract; counted in the metrics alone'),
    [`LOOPGPT_${prefix}_CREDENTIALS_EXPIRE`]: z.iso
      .date()
      .optional()
      .describe('the day on which they end, as the provider told you; an alert warns two weeks before'),
    ...(card.kind === 'direct' && { [boostVariable(card)]: flag(false).describe(`adds a boost to ${name}`) }),
  };
}

const previousRow = (variable: string) =>
  secret().optional().describe(`what ${variable} was before: asked with where the present one is refused`);

const ofCards = Object.assign({}, ...CARDS.map(rowsOf)) as RowsOfCards;
const rotations = CARDS.map(({ credentials }) =>
  credentials.map(({ variable: name }) => ({ name, previous: previousOf(name) })),
);
const switchable = CARDS.flatMap(({ prefix }) => [
  `LOOPGPT_ENABLE_${prefix}`,
  `LOOPGPT_${prefix}_TIMEOUT`,
  `LOOPGPT_${prefix}_MOCK`,
  `LOOPGPT_PREFER_DIRECT_${prefix}`,
  `LOOPGPT_${prefix}_CREDENTIALS_EXPIRE`,
]);

export const providersEnvironment = {
  rows: {
    ...ofCards,
    LOOPGPT_ALLOW_MOCK_IN_PRODUCTION: flag(false).describe(
      'production refuses mock flags without this; answers then say simulated',
    ),
    LOOPGPT_SIMULATOR_URL: url('http:', 'https:').optional().describe('the provider simulator; npm start starts one'),
    LOOPGPT_PROBE_SECONDS: whole(300, 0, 86_400).describe(
      'a provider that was not heard of for so long is tried with its credentials, so that health tells the truth; 0 is off',
    ),
    LOOPGPT_BUDGET_SHARE_PERCENT: whole(50, 1, 100).describe(
      'the part of a provider’s day that one tenant may use up while others call it too',
    ),
    LOOPGPT_QUOTE_CACHE_SECONDS: whole(300, 0, 300).describe('how long a cart gets the same quote; 0 is off'),
    LOOPGPT_CACHE_WARMING: flag(true).describe(
      'ask again for carts that are asked for often, before their quotes are forgotten; a fifth of what is left of a provider’s day at most',
    ),
    LOOPGPT_CACHE_WARMING_SECONDS: whole(30, 10, 120).describe('how often that is looked at'),
    LOOPGPT_QUOTE_CACHE_EPOCH: whole(0, 0, 1_000_000_000).describe(
      'raised by operators to use no quote that was kept before',
    ),
    LOOPGPT_PRODUCT_CACHE_SECONDS: whole(3600, 0, 86_400).describe('how long products are found by id; 0 is off'),
  },
  prefixes: CARDS.map(({ prefix }) => `${prefix}_`),
  together: CARDS.map(({ credentials }) =>
    credentials.filter(({ schema }) => schema.safeParse(undefined).data === undefined).map(({ variable }) => variable),
  ),
  switches: [
    ...switchable.filter((name) => name in ofCards),
    'LOOPGPT_ALLOW_MOCK_IN_PRODUCTION',
    'LOOPGPT_SIMULATOR_URL',
    'LOOPGPT_CACHE_WARMING_SECONDS',
    'LOOPGPT_QUOTE_CACHE_EPOCH',
  ],
  secrets: rotations.flat().flatMap(({ name, previous }) => [name, previous]),
  rotations,
} satisfies Variables;

/** The names of all variables of one provider. */
export const variablesOf = (id: SourceId): readonly string[] => Object.keys(rowsOf(cardOf(id)));

/** As the variables of each name it. */
export const SOURCES: readonly Prefix[] = CARDS.map(({ prefix }) => prefix);

/** Those that are asked within a route's deadline. */
export const QUOTING_SOURCES: readonly Prefix[] = PROVIDER_CARDS.map(({ prefix }) => prefix);
