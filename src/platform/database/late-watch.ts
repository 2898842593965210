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

export function isLate({ busySince }: Pick<Watched, 'busySince'>, limitMs: number): boolean {
  return busySince !== null && performance.now() - busySince >= limitMs;
}
