import type { Client } from 'pg';

const ROWS = 200;
/** How every backup begins. */
export const MARK = '-- LoopGPT Commerce';

interface Table {
  name: string;
  columns: string[];
  /** Their types, in the same order. */
  types: string[];
  key: string[];
}

/**
 * Everything that is kept, as of one moment, as plain SQL: a statement a line, for `npm run restore` and for psql alike. The schema
 * is the migrations' to make, so the first line refuses a database of another version and one that is in use. Queues, caches,
 * readiness's probes and who runs are not kept: what is owed is in the rows, and the relays add the jobs again.
 */
export async function* dump(client: Client): AsyncGenerator<string> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    // Rather an error than a backup without what row-level security hides.
    await client.query('SET LOCAL row_security = off');
    const tables = await tablesOf(client);
    yield `${MARK}: rows of every table, for a database that was migrated and never used.`;
    yield 'BEGIN;';
    yield 'SET LOCAL row_security = off;';
    yield await guard(client, tables);
    for (const { name } of tables.toReversed().filter(({ name }) => MADE_BY_MIGRATIONS.has(name))) {
      yield `DELETE FROM ${name};`;
    }
    for (const table of tables) yield* rowsOf(client, table);
    yield* sequencesOf(client);
    yield 'COMMIT;';
  } finally {
    await client.query('ROLLBACK');
  }
}

/** These have rows before anybody used the database. */
const MADE_BY_MIGRATIONS: ReadonlySet<string> = new Set(['public.tenants', 'public.switches']);

/** Every table of ours, those that others refer to first. */
async function tablesOf(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table & { needs: string[] }>(`
    SELECT format('public.%I', c.relname) AS name,
      ARRAY(SELECT quote_ident(a.attname) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns,
      ARRAY(SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS types,
      ARRAY(SELECT quote_ident(a.attname) FROM pg_index i CROSS JOIN unnest(i.indkey::int[]) WITH ORDINALITY k(attnum, place)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
        WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.place) AS key,
      ARRAY(SELECT format('public.%I', other.relname) FROM pg_constraint f JOIN pg_class other ON other.oid = f.confrelid
        WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS needs
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relpersistence = 'p' AND c.relname NOT IN ('migrations', 'write_probes', 'running_processes', 'crash_suspects') ORDER BY c.relname`);
  const ordered: Table[] = [];
  const waiting = new Map(rows.map((row) => [row.name, row]));
  while (waiting.size > 0) {
    const next = [...waiting.values()].filter(({ needs }) => !needs.some((name) => waiting.has(name)));
    if (next.length === 0) throw new Error(`tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`);
    for (const table of next) waiting.delete(table.name);
    ordered.push(...next);
  }
  return ordered;
}

async function guard(client: Client, tables: readonly Table[]): Promise<string> {
  const { rows } = await client.query<{ names: string }>(
    `SELECT string_agg(name, ',' ORDER BY name) AS names FROM migrations`,
  );
  const names = rows[0]?.names ?? '';
  const used = tables
    .filter(({ name }) => !MADE_BY_MIGRATIONS.has(name))
    .map(({ name }) => `EXISTS (SELECT FROM ${name})`);
  return [
    'DO $guard$ BEGIN',
    `IF (SELECT string_agg(name, ',' ORDER BY name) FROM migrations) IS DISTINCT FROM ${quoted(names)} THEN`,
    `RAISE EXCEPTION 'the backup is of another version: migrate a fresh database with the version that made it'; END IF;`,
    `IF ${used.join(' OR ')} THEN RAISE EXCEPTION 'the database has been used: restore into a fresh one'; END IF;`,
    'END $guard$;',
  ].join(' ');
}

async function* rowsOf(client: Client, { name, columns, types, key }: Table): AsyncGenerator<string> {
  const list = columns.join(', ');
  // JSON travels as its text, for within JSON its null would be no other than that of SQL.
  const isJson = (index: number) => types[index]!.startsWith('json');
  const written = columns.map((column, index) => (isJson(index) ? `${column}::text AS ${column}` : column)).join(', ');
  const read = columns.map((column, index) => (isJson(index) ? `${column}::${types[index]}` : column)).join(', ');
  const typed = columns.map((column, index) => `${column} ${isJson(index) ? 'text' : types[index]}`).join(', ');
  // In the order of the key, so that a row that refers to an older one of its table comes after it.
  const order = key.length > 0 ? ` ORDER BY ${key.join(', ')}` : '';
  await client.query(
    `DECLARE backup NO SCROLL CURSOR FOR SELECT to_json(t)::text AS row FROM (SELECT ${written} FROM ${name}${order}) t`,
  );
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`FETCH ${ROWS} FROM backup`);
    if (rows.length === 0) break;
    const values = oneLine(`[${rows.map(({ row }) => row).join(',')}]`);
    yield `INSERT INTO ${name} (${list}) OVERRIDING SYSTEM VALUE SELECT ${read} FROM json_to_recordset(${quoted(values)}) AS t(${typed});`;
  }
  await client.query('CLOSE backup');
}

async function* sequencesOf(client: Client): AsyncGenerator<string> {
  const { rows } = await client.query<{ name: string; last: string | null }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = 'public'`,
  );
  for (const { name, last } of rows) if (last !== null) yield `SELECT setval(${quoted(name)}, ${last});`;
}

const quoted = (text: string): string => `'${text.replaceAll(`'`, `''`)}'`;

/** Whoever reads line by line takes these two for ends of lines; between the values of JSON a line break is only space. */
const oneLine = (json: string): string =>
  json
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replace(/[\r\n]/g, ' ');
