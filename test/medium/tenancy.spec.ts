import type { Database } from '../../src/platform/database/database.js';
import { createStores, migrated, rowsOf, withClient, type Stores } from '../support/stores.js';

describe('tenants are isolated by the database', () => {
  let stores: Stores;
  let database: Database;

  beforeAll(async () => {
    stores = await createStores();
    database = await migrated(stores);
    for (const tenant of ['a', 'b']) {
      await database.query(
        `INSERT INTO routes (id, tenant_id, request, policy, traceparent, deadline_at)
         VALUES ($1, $2, '{}', '{}', 't', now() + interval '1 hour')`,
        [`req_${tenant}`, `ten_${tenant}`],
      );
    }
  }, 60_000);
  afterAll(async () => {
    await database?.close();
    await stores?.drop();
  });

  it('forces row-level security with a tenant policy on every table that has a tenant_id', async () => {
    const tables = await rowsOf<{ name: string; forced: boolean; policies: number }>(
      stores.adminUrl,
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
         (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
       WHERE c.relkind = 'r' AND c.relname <> 'dead_letters'
         AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')`,
    );
    expect(tables.length).toBeGreaterThanOrEqual(8);
    expect(tables.filter((table) => !table.forced || table.policies < 2)).toEqual([]);
  });

  it('shows a tenant its own rows only, even to a statement without WHERE', async () => {
    const seen = await database.tenant('ten_a', (tx) => tx.query<{ id: string }>('SELECT id FROM routes'));
    expect(seen.map((row) => row.id)).toEqual(['req_a']);
  });

  it('changes nothing of another tenant and refuses rows in its name', async () => {
    const changed = await database.tenant('ten_a', (tx) =>
      tx.query(`UPDATE routes SET reference = 'mine' WHERE id = 'req_b' RETURNING id`),
    );
    expect(changed).toEqual([]);
    const forged = database.tenant('ten_a', (tx) =>
      tx.query(
        `INSERT INTO routes (id, tenant_id, request, policy, traceparent, deadline_at)
         VALUES ('req_forged', 'ten_b', '{}', '{}', 't', now())`,
      ),
    );
    await expect(forged).rejects.toThrow(/row-level security/);
  });

  it('shows nothing without a tenant, and leaks no tenant through pooled connections', async () => {
    const url = new URL(stores.adminUrl);
    const role = await rowsOf<{ rolbypassrls: boolean }>(
      stores.adminUrl,
      `SELECT rolbypassrls FROM pg_roles WHERE rolname = 'loopgpt_app' AND NOT rolsuper`,
    );
    expect(role).toEqual([{ rolbypassrls: false }]);
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const tenant = index % 2 ? 'ten_a' : 'ten_b';
        const seen = await database.tenant(tenant, (tx) => tx.query<{ id: string }>('SELECT id FROM routes'));
        expect(seen.map((row) => row.id)).toEqual([`req_${tenant.at(-1)}`]);
      }),
    );
    const rows = await withClient(url.toString(), async (client) => {
      await client.query('SET ROLE loopgpt_app');
      return (await client.query('SELECT id FROM routes')).rows;
    });
    expect(rows).toEqual([]);
  });

  it('and its statements are parsed once for each connection', async () => {
    const runs = await database.tenant('ten_a', async (tx) => {
      for (const id of ['req_a', 'req_b']) await tx.query('SELECT id FROM routes WHERE id = $1', [id]);
      return tx.query(
        'SELECT (generic_plans + custom_plans)::int AS count FROM pg_prepared_statements WHERE statement = $1',
        ['SELECT id FROM routes WHERE id = $1'],
      );
    });
    expect(runs).toEqual([{ count: 2 }]);
  });
});
