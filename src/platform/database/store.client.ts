import { createHash } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { Client, type ClientConfig, type QueryConfig } from 'pg';

/** Statements are written in the code, so there are some hundreds; beyond this many texts none is prepared any more. */
const MAX_STATEMENTS = 1000;
const names = new Map<string, string>();

/** First TCP keep-alive probe of a silent connection; the operating system's own default is two hours. */
const KEEP_ALIVE_MS = 5000;
/** How long an idle connection may take to show that somebody is at its other end. */
const PROBE_LIMIT_MS = 2000;

/** A connection as the watch sees it. */
export interface Watched {
  /** How long it may be busy with one statement; 0 is for ever. */
  readonly limitMs: number;
  /** When the statement that is under way was begun, by `performance.now()`; null while idle. */
  readonly busySince: number | null;
  /** Waits to be told something, and would not miss it if it never were. */
  readonly listens: boolean;
  probe(): void;
  drop(): void;
}

const ROUND_MS = 1000;
/** A connection that only listens is asked this often whether somebody is at the other end. */
const LISTENING_ROUNDS = 3;

/**
 * One timer for all connections of the process, instead of one for each statement. What is busy for too long is dropped; and where one
 * is, the idle ones beside it are asked at once, so that nobody finds them dead one after the other.
 */
export class LateWatch<T extends Watched> {
  private readonly watched = new Set<T>();
  private timer: NodeJS.Timeout | undefined;
  private rounds = 0;

  add(client: T): void {
    this.watched.add(client);
    this.timer ??= setInterval(() => this.round(), ROUND_MS).unref();
  }

  delete(client: T): void {
    this.watched.delete(client);
    if (this.watched.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  round(): void {
    this.rounds += 1;
    const late = [...this.watched].filter((client) => client.limitMs > 0 && isLate(client, client.limitMs));
    for (const client of late) client.drop();
    const asks = (client: T) => late.length > 0 || (client.listens && this.rounds % LISTENING_ROUNDS === 0);
    for (const client of this.watched) if (client.busySince === null && asks(client)) client.probe();
  }
}

function isLate({ busySince }: Pick<Watched, 'busySince'>, limitMs: number): boolean {
  return busySince !== null && performance.now() - busySince >= limitMs;
}

const WATCH = new LateWatch<StoreClient>();

/**
 * Every connection to PostgreSQL, the queues' too.
 * - It has an `error` listener from birth: pg's pool takes its own away while a connection is in use, and an error that comes between
 *   two statements (57P01, a restart) would end the process.
 * - It has the server parse each parametrized statement once, and not at every call: planning one takes longer than running it.
 * - It gives up on its own when a statement is not answered for `query_timeout` ms, a little over the server's own limit: a connection
 *   that neither answers nor ends (a failover, a forgotten NAT entry) would be waited for without end.
 * - Statements that are sent together travel together (`pipeline`).
 */
export class StoreClient extends Client implements Watched {
  readonly limitMs: number;
  busySince: number | null = null;
  listens = false;

  constructor(config: ClientConfig = {}) {
    const { query_timeout: limitMs = 0, ...rest } = config;
    // A pool hides the password from enumeration, so that no copy has it.
    super({
      ...rest,
      password: config.password,
      pipeline: true,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    });
    this.limitMs = limitMs;
    // Whoever waits for an answer is told, and the pool replaces the connection. Who listens only now that it has broken hears it too:
    // BullMQ would keep a broken connection for listening for ever, and its worker would take no job any more.
    let broken: Error | undefined;
    this.on('error', (error) => (broken ??= error));
    (this as EventEmitter).on('newListener', (event: string, listener: (error: Error) => void) => {
      if (event === 'error' && broken) process.nextTick(listener, broken);
    });
    this.on('drain', () => (this.busySince = null));
    this.connection.on('readyForQuery', () => (this.busySince = performance.now()));
    WATCH.add(this);
    this.once('end', () => WATCH.delete(this));
  }

  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args;
    this.busySince ??= performance.now();
    if (typeof text === 'string' && isListen(text)) this.listens = true;
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    const asked = name === undefined ? args : [{ name, text, values } as QueryConfig, ...rest];
    return (super.query as (...args: unknown[]) => never).apply(this, asked);
  }

  /** Asks whether somebody is there; ends the connection if nobody says so in time. */
  probe(): void {
    const asked = this.query('SELECT 1') as Promise<unknown>;
    asked.catch(() => undefined); // the connection ended meanwhile, which is an answer too
    setTimeout(() => {
      if (isLate(this, PROBE_LIMIT_MS)) this.drop();
    }, PROBE_LIMIT_MS).unref();
  }

  /** Ends the connection without a goodbye; those who wait for it are told that it was terminated. */
  drop(): void {
    this.connection.stream.destroy();
  }
}

const isListen = (text: string): boolean => /^\s*(--[^\n]*\n\s*)*LISTEN\b/i.test(text);

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MAX_STATEMENTS) return known;
  const name = `s${createHash('sha1').update(text).digest('hex').slice(0, 20)}`;
  names.set(text, name);
  return name;
}
