import { Client } from 'pg';
import { MIGRATIONS } from '../../migrations/migrations.js';
import { SECRET_SWITCHES } from '../../src/environment.js';
import { Sealer } from '../../src/platform/crypto/sealed.js';
import { migrate } from '../../src/platform/database/database.js';
import { readConfig } from '../../src/read-config.js';
import { load } from './load.js';

export interface Trial {
  rows: number;
  routes: number;
  /** When the last event in it was told. */
  newestEventAt: string | null;
  secrets: { opened: number; closed: number };
}

/**
 * Restores a backup into a database that is made for it beside the one of `url` and dropped again, and counts what came to be there. Secrets that do
 * not open with the secret key at hand are `closed`: a backup without its key is half of one. What `url` itself holds is not looked at.
 */
export async function tryOut(url: string, lines: AsyncIterable<string>, env = process.env): Promise<Trial> {
  const name = `loopgpt_trial_${process.pid}_${Date.now()}`;
  const trialUrl = new URL(url);
  trialUrl.pathname = `/${name}`;
  return within(url, async (beside) => {
    await beside.query(`CREATE DATABASE ${name}`);
    try {
      const config = readConfig({ ...env, DATABASE_URL: trialUrl.href });
      await migrate(config, trialUrl.href, MIGRATIONS);
      const sealer = new Sealer(config.secretKey, config.previousSecretKeys);
      return await within(trialUrl.href, async (client) => ({
        rows: await load(client, lines),
        ...(await counts(client)),
        secrets: await secretsIn(client, sealer),
      }));
    } finally {
      await beside.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  });
}

async function within<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'loopgpt backup' });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function counts(client: Client): Promise<Pick<Trial, 'routes' | 'newestEventAt'>> {
  const { rows } = await client.query<{ routes: number; newest: Date | null }>(
    'SELECT (SELECT count(*)::int FROM routes) AS routes, (SELECT max(created_at) FROM events) AS newest',
  );
  return { routes: rows[0]!.routes, newestEventAt: rows[0]!.newest?.toISOString() ?? null };
}

/** Of tenants and endpoints for webhooks, and what operators set of credentials. */
async function secretsIn(client: Client, sealer: Sealer): Promise<Trial['secrets']> {
  const { rows } = await client.query<{ sealed: Buffer }>(
    `SELECT webhook_secret_sealed AS sealed FROM tenants WHERE webhook_secret_sealed IS NOT NULL
     UNION ALL SELECT secret_sealed FROM webhook_endpoints WHERE secret_sealed IS NOT NULL
     UNION ALL SELECT decode(value, 'base64') FROM switches, jsonb_each_text(set_values) WHERE key = ANY($1)`,
    [SECRET_SWITCHES],
  );
  const opened = rows.filter(({ sealed }) => sealer.knows(sealed)).length;
  return { opened, closed: rows.length - opened };
}
