import { MIGRATIONS } from '../../migrations/migrations.js';
import { dump } from '../../scripts/backup/dump.js';
import { load } from '../../scripts/backup/load.js';
import { tryOut } from '../../scripts/backup/try-out.js';
import { newId } from '../../src/common/ids.js';
import { readConfig } from '../../src/read-config.js';
import { Sealer } from '../../src/platform/crypto/sealed.js';
import { prepareDatabase } from '../../src/platform/database/database.js';
import { createStores, migrated, rowsOf, withClient, type Stores } from '../support/stores.js';

const HARD = `it's "quoted" \\ back\\slash $json$ {"a": 1}\n\ttab\u2028line\u2029 🥑 é`;

/** What is kept is kept whole, whatever a caller wrote, and only a fresh database of the same version takes it. */
describe('a backup', () => {
  let lines: string[];
  let from: Stores;
  const others: Stores[] = [];

  const written = () =>
    withClient(from.adminUrl, async (client) => {
      const all: string[] = [];
      for await (const line of dump(client)) all.push(line);
      return all;
    });
  const restored = (into: Stores, kept: readonly string[] = lines) =>
    withClient(into.adminUrl, (client) => load(client, asLines(kept)));
  const fresh = async () => {
    const stores = await createStores();
    others.push(stores);
    await prepareDatabase(readConfig({ LOOPGPT_ENV: 'test', ...stores.env }), MIGRATIONS);
    return stores;
  };

  beforeAll(async () => {
    from = await createStores();
    await (await migrated(from)).close();
    const insert = (sql: string, params: unknown[]) => rowsOf(from.adminUrl, sql, params);
    await insert(
      `INSERT INTO api_keys (id, tenant_id, name, secret_hash, scopes) VALUES ('k', 'ten_a', $1, '\\xdeadbeef00ff', '{routes:read}')`,
      [HARD],
    );
    const routes = Array.from({ length: 450 }, () => newId('req'));
    await insert(
      `INSERT INTO routes (id, tenant_id, request, policy, reference, metadata, traceparent, deadline_at)
       SELECT id, 'ten_b', jsonb_build_object('note', $2::text, 'big', 12345678901234567890.123), '{}', $2,
         jsonb_build_object('k', $2::text), 't', clock_timestamp() FROM unnest($1::text[]) id`,
      [routes, HARD],
    );
    await insert(
      `INSERT INTO events (id, tenant_id, subject, sequence, name, data, traceparent)
       SELECT 'evt_' || n, 'ten_b', $1, n, 'route.decided', $2, 't' FROM generate_series(1, 7) n`,
      [routes[0], HARD],
    );
    await insert(
      `INSERT INTO edge_log_entries (at, latency_ms, total_cents, kind, provider_id)
       VALUES (clock_timestamp(), 0.1 + 0.2, 1299, 's', 'KROGER_API'), (clock_timestamp(), NULL, NULL, 'c', 'MEALME')`,
      [],
    );
    const [first, second] = [newId('plan'), newId('plan')];
    await insert(
      `INSERT INTO meal_plans (id, tenant_id, request, traceparent, deadline_at, swapped_from)
       VALUES ($1, 'ten_a', '{}', 't', now(), NULL), ($2, 'ten_a', '{}', 't', now(), $1)`,
      [first, second],
    );
    await insert(
      `INSERT INTO routes (id, tenant_id, request, policy, outcome, metadata, traceparent, deadline_at)
       SELECT id, 'ten_b', jsonb_build_object('none', null), '{}', outcome, 'null', 't', clock_timestamp()
       FROM unnest($1::text[], ARRAY['null', NULL]::jsonb[]) AS x(id, outcome)`,
      [[newId('req'), newId('req')]],
    );
    lines = await written();
  }, 60_000);
  afterAll(async () => {
    for (const stores of [from, ...others]) await stores?.drop();
  });

  it('puts every row of every table into a fresh database, byte by byte, and the counters go on from there', async () => {
    const into = await fresh();
    expect(await restored(into)).toBeGreaterThan(460);
    expect(await everything(into)).toEqual(await everything(from));
    await rowsOf(
      into.adminUrl,
      `INSERT INTO events (id, tenant_id, subject, sequence, name, data, traceparent)
       SELECT 'evt_8', tenant_id, subject, 8, name, data, traceparent FROM events LIMIT 1`,
    );
    const [top] = await rowsOf<{ id: string }>(into.adminUrl, 'SELECT id FROM events ORDER BY position DESC LIMIT 1');
    expect(top!.id).toBe('evt_8');
    await expect(restored(into)).rejects.toThrow('the database has been used');
  });

  it('keeps JSON’s null apart from no value', async () => {
    const into = await fresh();
    await restored(into);
    const kinds = await rowsOf(
      into.adminUrl,
      `SELECT outcome IS NULL AS none, jsonb_typeof(outcome) AS type, jsonb_typeof(request->'none') AS within FROM routes
       WHERE metadata = 'null' ORDER BY outcome IS NULL`,
    );
    expect(kinds).toEqual([
      { none: false, type: 'null', within: 'null' },
      { none: true, type: null, within: 'null' },
    ]);
  });

  it('runs in psql as it stands: one statement a line, and no line holds a break', () => {
    expect(lines.every((line) => /(^--)|;$/.test(line) && !/[\n\r\u2028\u2029]/.test(line))).toBe(true);
  });

  it('is rehearsed beside a database that is in use, with the secrets that open and that do not, and nothing stays', async () => {
    const before = await everything(from);
    const databases = () =>
      rowsOf(from.adminUrl, `SELECT datname FROM pg_database WHERE datname LIKE 'loopgpt_trial_%'`);
    const key = readConfig({ LOOPGPT_ENV: 'test', ...from.env }).secretKey;
    await rowsOf(from.adminUrl, `UPDATE tenants SET webhook_secret_sealed = $1 WHERE id = 'ten_a'`, [
      new Sealer(key).seal('whsec_x', 'ten_a'),
    ]);
    await rowsOf(from.adminUrl, `UPDATE tenants SET webhook_secret_sealed = $1 WHERE id = 'ten_b'`, [
      new Sealer(Buffer.alloc(32, 7)).seal('whsec_y', 'ten_b'),
    ]);
    const kept = await written();
    const env = { LOOPGPT_ENV: 'test', ...from.env };
    expect(await tryOut(from.adminUrl, asLines(kept), env)).toMatchObject({
      routes: 452,
      secrets: { opened: 1, closed: 1 },
    });
    await expect(tryOut(from.adminUrl, asLines(kept.slice(0, -2)), env)).rejects.toThrow('ends before its end');
    await expect(tryOut(from.adminUrl, asLines(['SELECT 1;']), env)).rejects.toThrow('this is no backup');
    expect(await databases()).toEqual([]);
    await rowsOf(from.adminUrl, 'UPDATE tenants SET webhook_secret_sealed = NULL');
    expect(await everything(from)).toEqual(before);
  }, 60_000);

  it('leaves a database of another version as it was, and one whose backup breaks off', async () => {
    const into = await fresh();
    await rowsOf(into.adminUrl, `INSERT INTO migrations (timestamp, name) VALUES (1, 'Later')`);
    await expect(restored(into)).rejects.toThrow('of another version');
    await rowsOf(into.adminUrl, `DELETE FROM migrations WHERE name = 'Later'`);
    await expect(restored(into, lines.slice(0, -2))).rejects.toThrow('ends before its end');
    expect(await rowsOf(into.adminUrl, 'SELECT * FROM routes')).toEqual([]);
    expect(await restored(into)).toBeGreaterThan(460);
  });
});

async function* asLines(kept: readonly string[]): AsyncGenerator<string> {
  yield* kept;
}

/** Every row of every table that is kept, as text. */
async function everything({ adminUrl }: Stores): Promise<Record<string, string[]>> {
  const tables = await rowsOf<{ name: string }>(
    adminUrl,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND NOT relispartition AND relpersistence = 'p' AND relname <> 'migrations'`,
  );
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await rowsOf<{ text: string }>(adminUrl, `SELECT t::text AS text FROM ${name} t ORDER BY 1`);
    all[name] = rows.map(({ text }) => text);
  }
  return all;
}
