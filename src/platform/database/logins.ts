import { createHmac } from 'node:crypto';
import { Client, type ClientConfig } from 'pg';
import type { Config } from '../../config.js';

export type AppRole = 'loopgpt_app' | 'loopgpt_worker';
export const APP_ROLES: readonly AppRole[] = ['loopgpt_app', 'loopgpt_worker'];

const GIVEN = { loopgpt_app: 'DATABASE_APP_URL', loopgpt_worker: 'DATABASE_WORKER_URL' } as const;
const CONNECT_MS = 5000;
/** invalid_password, invalid_authorization_specification */
const REFUSED = new Set(['28P01', '28000']);

/** PostgreSQL refused a login; its message says which key or variable is wrong, for the person at the terminal. */
export class LoginRefused extends Error {}

/** How a role connects: by its URL, or as DATABASE_URL does with a password made from the secret key. */
export function loginOf(config: Config, role: AppRole): ClientConfig {
  const given = config.values[GIVEN[role]];
  if (given) return { connectionString: given };
  const base = config.values.DATABASE_URL!;
  const [current, ...previous] = passwordsOf(config, role);
  if (previous.length === 0) {
    const url = new URL(base);
    url.username = role;
    url.password = current;
    return { connectionString: url.toString() };
  }
  // While the secret key is being rotated a role has the password of one key or of another, and gets the new one in between.
  const { host, port, database, ssl } = new Client({ connectionString: base });
  const place = { host, port, database, ssl, user: role };
  return { ...place, password: () => accepted(place, [current, ...previous]) };
}

/** What a role's password is to be; null when its URL says none. */
export function passwordFor(config: Config, role: AppRole): string | null {
  const given = config.values[GIVEN[role]];
  if (given === undefined) return passwordsOf(config, role)[0];
  return decodeURIComponent(new URL(given).password) || null;
}

/** Logs in as each role once. Throws LoginRefused. */
export async function proveLogins(config: Config): Promise<void> {
  for (const role of APP_ROLES) {
    const login = loginOf(config, role);
    await toldPlainly(() => loggedIn(login), refusalOf(config, role));
  }
}

/** Throws LoginRefused with `sentence` where `work` fails because of a login. */
export async function toldPlainly<T>(work: () => Promise<T>, sentence: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isRefusal(error)) throw new LoginRefused(sentence, { cause: error });
    throw error;
  }
}

function refusalOf(config: Config, role: AppRole): string {
  if (config.values[GIVEN[role]] !== undefined) return `PostgreSQL refuses the user or the password in ${GIVEN[role]}.`;
  return (
    `PostgreSQL refuses ${role} the password made from LOOPGPT_SECRET_KEY: the database was prepared with another secret key. ` +
    'Use that one, or name it in LOOPGPT_PREVIOUS_SECRET_KEYS while it is being rotated; ' +
    '"npm run migrate" (in the image: node dist/scripts/migrate.js) gives the roles the password of the new one. See docs/runbook.md.'
  );
}

async function accepted(place: ClientConfig, passwords: readonly string[]): Promise<string> {
  for (const password of passwords) {
    try {
      await loggedIn({ ...place, password });
      return password;
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
  return passwords[0]!; // the login that follows says that it is refused
}

async function loggedIn(login: ClientConfig): Promise<void> {
  const client = new Client({ ...login, connectionTimeoutMillis: CONNECT_MS });
  client.on('error', () => undefined); // a connection that is only tried; whether it was is told by connect()
  try {
    await client.connect();
  } finally {
    await client.end();
  }
}

function isRefusal(error: unknown): boolean {
  return REFUSED.has((error as { code?: string } | null)?.code ?? '');
}

function passwordsOf(config: Config, role: AppRole): [current: string, ...previous: string[]] {
  const made = (key: Buffer) => createHmac('sha256', key).update(`database role ${role}`).digest('hex');
  return [made(config.secretKey), ...config.previousSecretKeys.map(made)];
}
