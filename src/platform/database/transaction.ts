import type { PoolClient, QueryResult } from 'pg';

export interface Statement {
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
export class Transaction {
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
export function rowsOf<T>(result: Result): T[] {
  return Array.isArray(result) ? [] : (result.rows as T[]);
}
