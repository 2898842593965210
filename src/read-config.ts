import { z } from 'zod';
import { crashAtOf } from './common/crash-points.js';
import { ROLES } from './common/roles.js';
import { Config, DEVELOPMENT_SECRET_KEY } from './config.js';
import {
  BASE_URLS,
  LONGEST_DEADLINE_MS,
  OWN_PREFIXES,
  QUOTING_SOURCES,
  SECRET_SWITCHES,
  SOURCES,
  TELLING_MS,
  VARIABLES,
  halfCredentials,
  type Environment,
} from './environment.js';
import { readExperiment } from './modules/routing/deciding/experiment.js';

/**
 * The environment, read once and validated whole: every mistake is reported together, naming the variable, its value and what is
 * allowed. This file is the only reader of `process.env`.
 */
const Variables = z.object(VARIABLES);

/** All mistakes in the environment at once; its message is meant for the person at the terminal. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Of 32 random bytes, or letters and digits, more are different. */
const LEAST_DIFFERENT = 16;

/** Whether others can guess a secret key: the one above, one byte again and again, or a few words. */
function isGuessable(text: string): boolean {
  const key = Buffer.from(text, 'base64');
  return key.equals(DEVELOPMENT_SECRET_KEY) || new Set(key).size < LEAST_DIFFERENT;
}

const LEAST_PASSWORD = 12;

/** Short, few different characters, or a word that stands in everybody's documents. */
const isWeak = (password: string): boolean =>
  password.length < LEAST_PASSWORD ||
  new Set(password).size < 6 ||
  /^(development|production|password|administrator|changeme|loopgpt|admin|reader|secret)[-_]?(\1|password|admin|reader|secret)?\d*$/i.test(
    password,
  );

/** Whether only this machine reaches the address. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Values of these are never repeated in an error. */
const SECRET_NAME = /SECRET|SIGNING_KEY|PASSWORD|API_KEY|_URL$|CLIENT_ID|PARTNER_ID/;
const isSecret = (name: string): boolean => SECRET_NAME.test(name) || SECRET_SWITCHES.includes(name);

/** Reads and validates the environment. Throws ConfigError listing every problem. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const problems: string[] = [];
  for (const name of Object.keys(env)) {
    if (OWN_PREFIXES.some((prefix) => name.startsWith(prefix)) && !(name in Variables.shape))
      problems.push(`${name} is not a known variable; see .env.example`);
  }
  const present = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in Variables.shape && value !== ''),
  );
  const parsed = Variables.safeParse(present);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      const shown = isSecret(name) ? 'its value (hidden)' : JSON.stringify(present[name]);
      problems.push(`${name} is ${shown}; allowed: ${allowed(issue)}`);
    }
    throw new ConfigError(problems);
  }
  const values = withFormerNames(withLiftedDeadline(parsed.data, present), present);
  problems.push(...crossChecks(values), ...timeoutProblems(values, present));
  // Of the suites alone, so it is in no list of variables.
  const { CRASH_AT } = env;
  const crashAt = CRASH_AT ? crashAtOf(CRASH_AT) : null;
  if (CRASH_AT && values.LOOPGPT_ENV !== 'test') problems.push('CRASH_AT is not a known variable; see .env.example');
  else if (CRASH_AT && !crashAt)
    problems.push(`CRASH_AT is ${JSON.stringify(CRASH_AT)}; allowed: a crash point and a number`);
  if (problems.length > 0) throw new ConfigError(problems);
  return new Config(values, crashAt);
}

function allowed(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return issue.values.join(', ');
  return issue.message;
}

/** A provider is waited for as long as its timeout says, so one that was set lifts a deadline that was not. */
function withLiftedDeadline(values: Environment, present: Record<string, unknown>): Environment {
  if ('LOOPGPT_DEADLINE_MS' in present) return values;
  const timeouts = QUOTING_SOURCES.map((name) => values[`LOOPGPT_${name}_TIMEOUT`] + TELLING_MS);
  return {
    ...values,
    LOOPGPT_DEADLINE_MS: Math.min(LONGEST_DEADLINE_MS, Math.max(values.LOOPGPT_DEADLINE_MS, ...timeouts)),
  };
}

/** What variables of the former optimizer mean in today's names, which go over them. */
function withFormerNames(values: Environment, present: Record<string, unknown>): Environment {
  const { API_TIMEOUT_SECONDS: seconds, ENABLE_CACHING, ENABLE_AI_MEAL_SUGGESTIONS } = values;
  const isNamed = 'LOOPGPT_SALLING_TIMEOUT' in present;
  return {
    ...values,
    ...(seconds !== undefined && !isNamed ? { LOOPGPT_SALLING_TIMEOUT: seconds * 1000 } : {}),
    ...(ENABLE_CACHING ? {} : { CACHE_TTL_SECONDS: 0 }),
    ...(ENABLE_AI_MEAL_SUGGESTIONS ? {} : { LOOPGPT_AI_MODEL: 'none', LOOPGPT_AI_FALLBACK_MODEL: 'none' }),
  };
}

function timeoutProblems(values: Environment, present: Record<string, unknown>): string[] {
  return QUOTING_SOURCES.map((name) => `LOOPGPT_${name}_TIMEOUT` as const)
    .filter((name) => name in present && values[name] > values.LOOPGPT_DEADLINE_MS)
    .map(
      (name) =>
        `${name} is ${values[name]}, above LOOPGPT_DEADLINE_MS (${values.LOOPGPT_DEADLINE_MS}), at which nobody waits for it any more; raise that too, to ${LONGEST_DEADLINE_MS} at most`,
    );
}

function crossChecks(values: Environment): string[] {
  const problems: string[] = [];
  const production = values.LOOPGPT_ENV === 'production';
  const unknown = values.ROLES.filter((role) => role !== 'all' && !(ROLES as readonly string[]).includes(role));
  if (unknown.length > 0 || values.ROLES.length === 0) {
    problems.push(`ROLES is "${values.ROLES.join(',')}"; allowed: all, or a comma list of ${ROLES.join(', ')}`);
  }
  const experiment = values.LOOPGPT_EXPERIMENT === undefined ? null : readExperiment(values.LOOPGPT_EXPERIMENT);
  if (experiment && 'faults' in experiment)
    problems.push(`LOOPGPT_EXPERIMENT is not sound: ${experiment.faults}; docs/experiments.md has one that is`);
  const all = values.ROLES.includes('all') || ROLES.every((role) => values.ROLES.includes(role));
  if (!all) {
    if (!values.KAFKA_BROKERS)
      problems.push(
        'KAFKA_BROKERS is missing: ROLES names only some roles, so the others run elsewhere and need Kafka between them',
      );
    if (!values.REDIS_URL)
      problems.push('REDIS_URL is missing: ROLES names only some roles, so the queues must be in Redis');
  }
  if (!values.DATABASE_URL && !(values.DATABASE_APP_URL && values.DATABASE_WORKER_URL)) {
    problems.push(
      'DATABASE_URL is missing (npm start brings an embedded PostgreSQL; or set DATABASE_APP_URL and DATABASE_WORKER_URL)',
    );
  }
  for (const { has, lacks } of halfCredentials(values))
    problems.push(`${lacks} is missing: ${has} alone is half a credential; set both or none`);
  for (const name of ['LOOPGPT_AI_MODEL', 'LOOPGPT_AI_FALLBACK_MODEL'] as const) {
    if (values[name] !== 'none' && !`,${values.LOOPGPT_AI_PRICES}`.includes(`,${values[name]}=`))
      problems.push(`${name} is "${values[name]}"; LOOPGPT_AI_PRICES must name its price`);
  }
  if (!production && !values.LOOPGPT_ALLOW_OPEN && !isLoopback(values.HOST)) {
    problems.push(
      `HOST is "${values.HOST}": ${values.LOOPGPT_ENV} asks for no key, so anybody who reaches that address may do anything; use 127.0.0.1 or LOOPGPT_ENV=production, or allow it with LOOPGPT_ALLOW_OPEN=true`,
    );
  }
  if (production) {
    for (const name of ['LOOPGPT_SECRET_KEY', 'LOOPGPT_PREVIOUS_SECRET_KEYS'] as const) {
      if ([values[name] ?? []].flat().some(isGuessable))
        problems.push(`${name} holds a key that others can guess; make one with: openssl rand -base64 32`);
    }
    for (const name of BASE_URLS) {
      if (String(values[name as keyof Environment] ?? '').startsWith('http:'))
        problems.push(`${name} begins with http://; production sends credentials over https:// only`);
    }
    if (!values.LOOPGPT_SECRET_KEY)
      problems.push('LOOPGPT_SECRET_KEY is missing; production needs 32 bytes in base64 (openssl rand -base64 32)');
    if (values.LOOPGPT_WEBHOOK_ALLOW_PRIVATE)
      problems.push('LOOPGPT_WEBHOOK_ALLOW_PRIVATE is true; allowed in production: false');
    const mocked = SOURCES.filter((name) => values[`LOOPGPT_${name}_MOCK`]);
    if (values.LOOPGPT_ALLOW_MOCK_IN_PRODUCTION && mocked.length > 0 && !values.LOOPGPT_SIMULATOR_URL)
      problems.push(
        `LOOPGPT_SIMULATOR_URL is missing: LOOPGPT_${mocked[0]}_MOCK is true, and there is nothing to ask instead`,
      );
    if (!values.LOOPGPT_ALLOW_MOCK_IN_PRODUCTION) {
      for (const name of SOURCES) {
        if (values[`LOOPGPT_${name}_MOCK`])
          problems.push(
            `LOOPGPT_${name}_MOCK is true; production allows it only with LOOPGPT_ALLOW_MOCK_IN_PRODUCTION=true`,
          );
      }
    }
    for (const name of ['LOOPGPT_ADMIN_PASSWORD', 'LOOPGPT_READER_PASSWORD'] as const) {
      if (values[name] !== undefined && isWeak(values[name]))
        problems.push(
          `${name} is one that others can guess; production needs ${LEAST_PASSWORD} characters and more than a word (openssl rand -base64 18)`,
        );
    }
    if (values.LOOPGPT_BULL_BOARD && !values.LOOPGPT_ADMIN_PASSWORD)
      problems.push('LOOPGPT_ADMIN_PASSWORD is missing; Bull Board in production needs one');
  }
  return problems;
}
