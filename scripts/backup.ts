import { createReadStream, createWriteStream, existsSync, renameSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Client } from 'pg';
import { MIGRATIONS } from '../migrations/migrations.js';
import { readConfig } from '../src/read-config.js';
import { prepareDatabase } from '../src/platform/database/database.js';
import { dump } from './backup/dump.js';
import { load } from './backup/load.js';

const USAGE = `npm run backup -- FILE.sql[.gz]    writes every row as of this moment
npm run restore -- FILE.sql[.gz]   puts them into a fresh database, which it migrates first`;

async function main(): Promise<number> {
  const [command, file, ...rest] = process.argv.slice(2);
  if ((command !== 'write' && command !== 'restore') || !file || file.startsWith('-') || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const config = readConfig();
  const url = config.values.DATABASE_URL;
  if (!url) {
    console.error('DATABASE_URL is missing: the owner’s connection reads and writes what is kept');
    return 2;
  }
  if (command === 'restore') await prepareDatabase(config, MIGRATIONS);
  const client = new Client({ connectionString: url, application_name: 'loopgpt backup' });
  await client.connect();
  try {
    await refuseBlind(client);
    return command === 'write' ? await write(client, file) : await restore(client, file);
  } finally {
    await client.end();
  }
}

/** Row-level security holds for owners too: who is held to it would keep, or restore, nothing. */
async function refuseBlind(client: Client): Promise<void> {
  const { rows } = await client.query<{ sees: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS sees FROM pg_roles WHERE rolname = current_user',
  );
  if (!rows[0]?.sees) throw new Error('DATABASE_URL must name a superuser or a role with BYPASSRLS for a backup');
}

async function write(client: Client, file: string): Promise<number> {
  if (existsSync(file)) throw new Error(`${file} is there already; name another file`);
  // Under its name only once it is whole. It holds hashes and sealed secrets: for its owner alone.
  const unfinished = `${file}.unfinished`;
  const lines = Readable.from(ended(dump(client)));
  const out = createWriteStream(unfinished, { mode: 0o600 });
  await (file.endsWith('.gz') ? pipeline(lines, createGzip(), out) : pipeline(lines, out));
  renameSync(unfinished, file);
  console.log(`${file} holds every row; keep LOOPGPT_SECRET_KEY with it, or no sealed secret in it opens again`);
  return 0;
}

async function restore(client: Client, file: string): Promise<number> {
  const stream = createReadStream(file);
  const input = file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream;
  const stored = await load(client, createInterface({ input, crlfDelay: Infinity }));
  console.log(`restored ${stored} rows from ${file}`);
  return 0;
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
