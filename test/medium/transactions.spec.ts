import type { QueryResult } from 'pg';
import type { Database } from '../../src/platform/database/database.js';
import { StoreClient } from '../../src/platform/database/store.client.js';
import { createStores, migrated, withClient, type Stores } from '../support/stores.js';

type Write = (...args: unknown[]) => void;

describe('transactions', () => {
  let stores: Stores;
  let database: Database;
  let writes: number;

  beforeAll(async () => {
    stores = await createStores();
    database = await migrated(stores);
    for (const id of ['req_1', 'req_2']) {
      await database.query(
        `INSERT INTO routes (id, tenant_id, request, policy, traceparent, deadline_at)
         VALUES ($1, 'ten_a', '{}', '{}', 't', now() + interval '1 hour')`,
        [id],
      );
    }
    const { query } = StoreClient.prototype;
    jest.spyOn(StoreClient.prototype, 'query').mockImplementation(function (this: StoreClient, ...args) {
      counted(this);
      return query.apply(this, args);
    });
  }, 60_000);
  afterAll(async () => {
    jest.restoreAllMocks();
    await database?.close();
    await stores?.drop();
  });

  /** Counts what the socket is given to write: what is corked together is one write. */
  const seen = new WeakSet<object>();
  function counted(client: StoreClient): void {
    const { stream } = (client as unknown as { connection: { stream: Record<'_write' | '_writev', Write> } })
      .connection;
    if (seen.has(stream)) return;
    seen.add(stream);
    for (const name of ['_write', '_writev'] as const) {
      const write = stream[name];
      stream[name] = (...args) => {
        writes += 1;
        return write.apply(stream, args);
      };
    }
  }
  const writesOf = async (work: () => Promise<unknown>): Promise<number> => {
    await work(); // the server knows the statements
    writes = 0;
    await work();
    return writes;
  };
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();
  const READ = 'SELECT id FROM routes WHERE id LIKE $1';

  it('a tenant’s single statement goes out in one write, and sees that tenant only', async () => {
    const read = (tenant: string) => database.tenantOne(tenant, (tx) => tx.query<{ id: string }>(READ, ['req%']));
    expect(ids(await read('ten_a'))).toEqual(['req_1', 'req_2']);
    expect(await read('ten_b')).toEqual([]);
    expect(await writesOf(() => read('ten_a'))).toBe(1);
  });

  it('two statements go out in three writes: BEGIN travels with the first', async () => {
    const twice = () =>
      database.tenant('ten_a', async (tx) => {
        await tx.query(READ, ['a']);
        await tx.query(READ, ['b']);
      });
    expect(await writesOf(twice)).toBe(3);
  });

  it('a statement that fails is told by its own error, undoes what came before and leaves a sound connection', async () => {
    const failing = database.tenant('ten_a', async (tx) => {
      await tx.query(`UPDATE routes SET reference = 'gone' WHERE id = $1`, ['req_1']);
      await tx.query('SELECT 1 / $1::int', [0]);
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    await expect(database.tenantOne('ten_a', (tx) => tx.query('SELECT 1 / $1::int', [0]))).rejects.toMatchObject({
      code: '22012',
    });
    const rows = await database.tenantOne('ten_a', (tx) =>
      tx.query<{ reference: string | null }>('SELECT reference FROM routes WHERE id = $1', ['req_1']),
    );
    expect(rows).toEqual([{ reference: null }]);
  });

  it('a second statement is refused where the transaction was made for one', async () => {
    const two = database.tenantOne('ten_a', async (tx) => {
      await tx.query(READ, ['a']);
      await tx.query(READ, ['b']);
    });
    await expect(two).rejects.toThrow('a second statement');
  });

  it('work that asks nothing costs nothing, and a tenant’s setting never outlives its transaction', async () => {
    expect(await writesOf(() => database.tenant('ten_a', async () => undefined))).toBe(0);
    const left = await Promise.all(
      Array.from({ length: 20 }, () =>
        database.system((tx) =>
          tx.query<{ left: string }>(`SELECT current_setting('loopgpt.tenant_id', true) AS left`),
        ),
      ),
    );
    expect(left.flat().filter(({ left: tenant }) => tenant)).toEqual([]);
  });

  it('an error that comes to a connection between two statements ends neither the process nor the work that follows', async () => {
    const cut = database.system(async (tx) => {
      const [{ pid }] = (await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')) as [{ pid: number }];
      await withClient(stores.adminUrl, (client) => client.query('SELECT pg_terminate_backend($1)', [pid]));
      await new Promise((resolve) => setTimeout(resolve, 200));
      await tx.query('SELECT 1');
    });
    await expect(cut).rejects.toThrow();
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('who begins to listen to a connection that has broken already hears of it', async () => {
    const client = new StoreClient({ connectionString: stores.adminUrl });
    await client.connect();
    // oxlint-disable-next-line typescript/await-thenable -- its types tell of the callback alone
    const [{ pid }] = ((await client.query('SELECT pg_backend_pid() AS pid')) as QueryResult<{ pid: number }>).rows as [
      { pid: number },
    ];
    await withClient(stores.adminUrl, (other) => other.query('SELECT pg_terminate_backend($1)', [pid]));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const error = await new Promise<Error>((resolve) => client.on('error', resolve));
    expect(error).toMatchObject({ code: '57P01' });
  });
});
