import type { ClientConfig, Pool, PoolClient, QueryResult } from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { Config } from '../../config.js';
import type { Metrics } from '../telemetry/metrics.js';
import { PATIENCE, patiently, turnToMigrate, type Patience } from './locks.js';
import { APP_ROLES, loginOf, passwordFor, proveLogins, toldPlainly, type AppRole } from './logins.js';
import { StoreClient } from './store.client.js';

/** What a repository needs of a transaction. Rows come back for SELECT and for … RETURNING. */
export interface Tx {
  query<T = unknown>(sql: string, params?: readonly unknown[]): Promise<T[]>;
}

/** The server ends a statement first; the client gives up where the server is not heard any more. */
export const STATEMENT_LIMITS = { statement_timeout: 5000, query_timeout: 6000 } as const;

/**
 * The only way to PostgreSQL. Two roles, neither of which owns a table nor bypasses row-level security: `loopgpt_app` sees the one
 * tenant its transaction is bound to, `loopgpt_worker` serves all. The migrating connection is closed before the first request.
 */
export class Database {
  private constructor(
    private readonly app: DataSource,
    private readonly worker: DataSource,
    private readonly metrics: Metrics,
  ) {}

  /** Connects both roles and refuses to go on if either could bypass isolation. `prepareDatabase` comes first. */
  static async connect(config: Config, metrics: Metrics): Promise<Database> {
    const [app, worker] = await Promise.all([
      pool(loginOf(config, 'loopgpt_app'), 16),
      pool(loginOf(config, 'loopgpt_worker'), 16),
    ]);
    await Promise.all([refuseBypass(app), refuseBypass(worker)]);
    return new Database(app, worker, metrics);
  }

  /** One transaction that sees and writes rows of `tenantId` only. */
  tenant<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(this.app, 'loopgpt_app', [boundTo(tenantId)], work);
  }

  /** As `tenant`, for work that is one statement: the whole transaction is a single round trip. */
  tenantOne<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    this.metrics.sqlStatements.inc({ role: 'loopgpt_app' });
    return this.connected(this.app, 'loopgpt_app', [boundTo(tenantId)], (transaction) =>
      work({
        query: (sql, params) => {
          this.metrics.sqlStatements.inc({ role: 'loopgpt_app' });
          return transaction.only({ sql, params });
        },
      }),
    );
  }

  /** One transaction of the background roles, which serve every tenant. */
  system<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(this.worker, 'loopgpt_worker', [], work);
  }

  /** One statement of the background roles, committed by itself. */
  async query<T = unknown>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    this.metrics.sqlStatements.inc({ role: 'loopgpt_worker' });
    this.metrics.sqlRoundTrips.inc({ role: 'loopgpt_worker' });
    const connections = poolOf(this.worker);
    return rowsOf<T>(await (params.length > 0 ? connections.query(sql, [...params]) : connections.query(sql)));
  }

  /** Tells how many connections there are, and how many callers wait for one. */
  measure(): void {
    for (const [role, source] of [
      ['loopgpt_app', this.app],
      ['loopgpt_worker', this.worker],
    ] as const) {
      const { totalCount, idleCount, waitingCount } = poolOf(source);
      const states = { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
      for (const [state, count] of Object.entries(states)) this.metrics.sqlConnections.set({ role, state }, count);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.app.destroy(), this.worker.destroy()]);
  }

  private transaction<T>(
    source: DataSource,
    role: AppRole,
    opening: readonly Statement[],
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    this.metrics.sqlStatements.inc({ role }, opening.length);
    return this.connected(source, role, opening, async (transaction) => {
      const result = await work({
        query: (sql, params) => {
          this.metrics.sqlStatements.inc({ role });
          return transaction.query({ sql, params });
        },
      });
      await transaction.commit();
      return result;
    });
  }

  private async connected<T>(
    source: DataSource,
    role: AppRole,
    opening: readonly Statement[],
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    const client = await poolOf(source).connect();
    const transaction = new Transaction(client, opening, () => this.metrics.sqlRoundTrips.inc({ role }));
    let broken = false;
    try {
      return await work(transaction);
    } catch (error) {
      // The first error matters; a connection that cannot even roll back is not given to anybody else.
      await transaction.rollback().catch(() => (broken = true));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

const boundTo = (tenantId: string): Statement => ({
  sql: `SELECT set_config('loopgpt.tenant_id', $1, true)`,
  params: [tenantId],
});

/** TypeORM keeps the connections and runs the migrations; statements go to the pool itself, for its query runner waits after each. */
const poolOf = (source: DataSource): Pool => (source.driver as PostgresDriver).master as Pool;

async function pool(login: ClientConfig, size: number): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    poolSize: size,
    applicationName: 'loopgpt',
    connectTimeoutMS: 5000,
    extra: {
      ...login,
      ...STATEMENT_LIMITS,
      Client: StoreClient,
      lock_timeout: 3000,
      idle_in_transaction_session_timeout: 10_000,
    },
    // An idle connection that breaks (a restart of PostgreSQL) is replaced by the pool; the next query tells.
    poolErrorHandler: () => undefined,
  });
  return source.initialize();
}

async function refuseBypass(source: DataSource): Promise<void> {
  const [role] = await source.query<{ rolname: string; bad: boolean }[]>(`
    SELECT rolname, rolsuper OR rolbypassrls OR EXISTS (
      SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relowner = r.oid AND n.nspname = 'public' AND c.relkind = 'r') AS bad
    FROM pg_roles r WHERE rolname = current_user`);
  if (!role || role.bad) {
    await source.destroy();
    throw new Error(
      `database role ${role?.rolname} could bypass tenant isolation; connect as loopgpt_app / loopgpt_worker`,
    );
  }
}

/**
 * Creates the roles if needed and runs the migrations, where DATABASE_URL gives the right to; safe when several processes start at
 * once (advisory lock). Done before anything else connects: BullMQ's tables need a role that may make them. Roles that are there keep
 * their passwords, for others are logged in with them, unless `passwords` says `set`. A lock is waited for in turns, for everybody waits
 * behind who waits for one. Throws LoginRefused and LockMissing.
 */
export async function prepareDatabase(
  config: Config,
  migrations: readonly (new () => MigrationInterface)[],
  passwords: 'keep' | 'set' = 'keep',
  patience: Patience = PATIENCE,
): Promise<void> {
  if (config.values.DATABASE_URL) await migrate(config, config.values.DATABASE_URL, migrations, passwords, patience);
  await proveLogins(config);
}

/** The same for the database of `url`, which nobody logs in to as one of the roles: whose passwords they have does not matter. */
export async function migrate(
  config: Config,
  url: string,
  migrations: readonly (new () => MigrationInterface)[],
  passwords: 'keep' | 'set' = 'keep',
  patience: Patience = PATIENCE,
): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations],
    poolSize: 2,
    extra: { Client: StoreClient, lock_timeout: patience.lockMs },
    poolErrorHandler: () => undefined,
  });
  await toldPlainly(() => source.initialize(), 'PostgreSQL refuses the user or the password in DATABASE_URL.');
  const runner = source.createQueryRunner();
  try {
    await turnToMigrate(runner);
    for (const role of APP_ROLES) await prepareRole(runner, role, passwordFor(config, role), passwords);
    await grant(runner);
    await patiently(patience, () => source.runMigrations({ transaction: 'each' }));
    await runner.query(`SELECT pg_advisory_unlock(hashtext('loopgpt migrations'))`);
  } finally {
    await runner.release();
    await source.destroy();
  }
}

/** Roles belong to the whole server, so another database may make the same one at this moment; whose password it then has is proven later. */
async function prepareRole(
  runner: QueryRunner,
  role: AppRole,
  password: string | null,
  passwords: 'keep' | 'set',
): Promise<void> {
  const clause = password === null ? '' : `PASSWORD '${password.replaceAll(`'`, `''`)}'`;
  const [known] = (await runner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])) as unknown[];
  if (!known) {
    await runner.query(`
      DO $$ BEGIN
        CREATE ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE ${clause};
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$`);
  }
  if (passwords === 'set' && clause) await setPassword(runner, role, clause);
}

async function grant(runner: QueryRunner): Promise<void> {
  const [{ name }] = (await runner.query('SELECT current_database() AS name')) as [{ name: string }];
  // BullMQ's PostgreSQL backend makes its own schema `bullmq`, hence CREATE on the database for the background role.
  await runner.query(`GRANT CREATE ON DATABASE "${name.replaceAll('"', '""')}" TO loopgpt_worker`);
  await runner.query(`GRANT CONNECT ON DATABASE "${name.replaceAll('"', '""')}" TO loopgpt_app, loopgpt_worker`);
  await runner.query('GRANT USAGE ON SCHEMA public TO loopgpt_app, loopgpt_worker');
}

async function setPassword(runner: QueryRunner, role: AppRole, clause: string): Promise<void> {
  const attempts = 5;
  for (let attempt = 1; ; attempt++) {
    try {
      await runner.query(`ALTER ROLE ${role} ${clause}`);
      return;
    } catch (error) {
      // "tuple concurrently updated": another database on this server is being prepared at the same moment.
      if (attempt === attempts || !String(error).includes('concurrently')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
    }
  }
}

interface Statement {
  sql: string;
  params?: readonly unknown[];
}

type Result = QueryResult | QueryResult[];

/** Takes effect with the statement that follows it, so it need not be waited for. */
const SETTING = /^SET LOCAL\b/;

/**
 * One transaction on one connection. A round trip is what it costs, so what can travel together does: BEGIN and what binds the
 * transaction go out with its first statement, and where all statements are known before, COMMIT with them too.
 */
class Transaction {
  private state: 'new' | 'open' | 'over' = 'new';
  private readonly ahead: Statement[];

  constructor(
    private readonly client: PoolClient,
    opening: readonly Statement[],
    private readonly onRoundTrip: () => void,
  ) {
    this.ahead = [{ sql: 'BEGIN' }, ...opening];
  }

  async query<T>(statement: Statement): Promise<T[]> {
    if (SETTING.test(statement.sql)) {
      this.ahead.push(statement);
      return [];
    }
    this.state = 'open';
    const results = await this.send([...this.ahead.splice(0), statement]);
    return rowsOf<T>(results.at(-1)!);
  }

  /** A transaction of this one statement, in one round trip. Where it fails, PostgreSQL makes a ROLLBACK of the COMMIT. */
  async only<T>(statement: Statement): Promise<T[]> {
    if (this.state !== 'new') throw new Error('a second statement in a transaction that is made for one');
    this.state = 'over';
    const results = await this.send([...this.ahead.splice(0), statement, { sql: 'COMMIT' }]);
    return rowsOf<T>(results.at(-2)!);
  }

  async commit(): Promise<void> {
    if (this.state === 'open') await this.send([{ sql: 'COMMIT' }]);
  }

  async rollback(): Promise<void> {
    if (this.state === 'open') await this.send([{ sql: 'ROLLBACK' }]);
  }

  /** Writes them all at once; the first that fails is the error, for it is why the others did. */
  private async send(statements: readonly Statement[]): Promise<Result[]> {
    this.onRoundTrip();
    const { stream } = (this.client as unknown as { connection: { stream: Corkable } }).connection;
    stream.cork();
    const sent = statements.map(({ sql, params }) =>
      params?.length ? this.client.query(sql, [...params]) : this.client.query(sql),
    );
    stream.uncork();
    const settled = await Promise.allSettled(sent);
    for (const result of settled) if (result.status === 'rejected') throw result.reason;
    return settled.map((result) => (result as PromiseFulfilledResult<Result>).value);
  }
}

interface Corkable {
  cork(): void;
  uncork(): void;
}

/** Several statements in one text answer one after the other; nobody wants the rows of those. */
function rowsOf<T>(result: Result): T[] {
  return Array.isArray(result) ? [] : (result.rows as T[]);
}
