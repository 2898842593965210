import { createReadStream, createWriteStream, existsSync, renameSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGunzip, createGzip } from 'node:zlib';
import { Client } from 'pg';
import { MIGRATIONS } from '../migrations/migrations.js';
import { readConfig } from '../src/read-config.js';
import { prepareDatabase } from '../src/platform/database/database.js';
import { dump } from './backup/dump.js';
import { load } from './backup/load.js';
import { tryOut } from './backup/try-out.js';
import { helpOn, sentenceOf } from './support/terminal.js';

const USAGE = `npm run backup -- FILE.sql[.gz]             writes every row as of this moment
npm run restore -- FILE.sql[.gz]            puts them into a fresh database, which it migrates first
npm run restore -- --check FILE.sql[.gz]    rehearses that in a database of its own, which it drops; in the image:
                                            node dist/scripts/backup.js write|restore …`;

async function main(): Promise<number> {
  helpOn(USAGE);
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } });
  const [command, file, ...rest] = positionals;
  const isKnown = command === 'restore' || (command === 'write' && !values.check);
  if (!isKnown || !file || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const config = readConfig();
  const url = config.values.DATABASE_URL;
  if (!url) {
    console.error('DATABASE_URL is missing: the owner’s connection reads and writes what is kept');
    return 2;
  }
  if (values.check) return rehearse(url, file);
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
  const stored = await load(client, linesOf(file));
  console.log(`restored ${stored} rows from ${file}`);
  return 0;
}

async function rehearse(url: string, file: string): Promise<number> {
  const { rows, routes, newestEventAt, secrets } = await tryOut(url, linesOf(file));
  console.log(
    `${file} restores: ${rows} rows, ${routes} routes, the newest event of ${newestEventAt ?? 'none'}, ${secrets.opened} sealed secrets open`,
  );
  if (secrets.closed === 0) return 0;
  console.error(`${secrets.closed} sealed secrets do not open with this LOOPGPT_SECRET_KEY: it is not the backup's`);
  return 1;
}

/** Opened when they are first asked for: lines that come before are lost. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = createReadStream(file);
  const input = file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream;
  // A pipe leaves an error of the file, such as that there is none, to nobody.
  stream.on('error', (error) => input.destroy(error));
  yield* createInterface({ input, crlfDelay: Infinity });
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(sentenceOf(error));
    process.exit(1);
  },
);
