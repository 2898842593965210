import { LoopGPTConnectionError } from './errors.js';
import { sleep, type Http, type RequestOptions } from './http.js';
import { framesOf } from './sse.js';
import type { BrowserToken, Event } from './types.js';

export interface CreateOptions extends RequestOptions {
  /** The same key again gives the same route, plan or cart; a new one is made unless told. */
  idempotencyKey?: string;
}

export interface WaitOptions extends RequestOptions {
  /** How long to wait for the outcome; 60 s unless told. */
  timeoutMs?: number;
}

export interface FollowOptions extends RequestOptions {
  /** Sequence of the last event you have. */
  after?: number;
}

/** Events between two that came are not kept any more; read the present state with `get`. */
export interface Gap {
  type: 'gap';
  subject: string;
  after: number;
  next: number | null;
}

/** What a kind of subject is made of, shown as and listed by. */
export interface Kind {
  Create: object;
  Resource: { id: string; status: string };
  ListQuery: object;
  List: object;
}

const POLL_SECONDS = 25;
const RECONNECT_MS = 1000;

/** What is asked for, waited for and followed alike: routes, plans and carts. */
export class Subjects<K extends Kind> {
  constructor(
    protected readonly http: Http,
    private readonly root: string,
  ) {}

  /** Asks for one: `await` it for what was accepted, `.wait()` for the outcome, `.events()` for what happens. */
  create(body: K['Create'], options: CreateOptions = {}): Accepted<K> {
    const accepted = this.http.json<K['Resource']>({
      method: 'POST',
      path: this.root,
      body,
      signal: options.signal,
      headers: keyed(options),
    });
    return new Accepted(this, accepted);
  }

  get(id: string, options: RequestOptions = {}): Promise<K['Resource']> {
    return this.http.get(this.path(id), {}, options);
  }

  /** Newest first, page by page. */
  list(query: K['ListQuery'] = {}, options: RequestOptions = {}): Promise<K['List']> {
    return this.http.get(this.root, query, options);
  }

  /** Cancels one that is still open; asking twice is fine. */
  cancel(id: string, options: RequestOptions = {}): Promise<K['Resource']> {
    return this.http.post(this.path(id, '/cancel'), undefined, options);
  }

  /** A token with which a browser may read and follow this one for 15 minutes. */
  token(id: string, options: RequestOptions = {}): Promise<BrowserToken> {
    return this.http.post(this.path(id, '/token'), undefined, options);
  }

  /** As it is once it is closed. Rejects with a LoopGPTConnectionError when it is still open after the time given. */
  async wait(id: string, { timeoutMs = 60_000, signal }: WaitOptions = {}): Promise<K['Resource']> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const seconds = Math.max(0, Math.min(POLL_SECONDS, Math.ceil((until - Date.now()) / 1000)));
      const headers = { prefer: `wait=${seconds}` };
      const resource = await this.http.json<K['Resource']>({
        method: 'GET',
        path: this.path(id),
        headers,
        signal,
        waitMs: seconds * 1e3,
      });
      if (resource.status !== 'open') return resource;
      if (Date.now() >= until) throw new LoopGPTConnectionError(`${id} is still open after ${timeoutMs} ms`);
    }
  }

  /**
   * What happens to one, each event once and in order, until its outcome. A broken stream is resumed where it was; breaking out of
   * the loop closes it.
   */
  async *events(id: string, { after = 0, signal }: FollowOptions = {}): AsyncGenerator<Event | Gap> {
    const left = new AbortController();
    const ends = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
    let last = after;
    try {
      for (;;) {
        const headers = { accept: 'text/event-stream', 'last-event-id': String(last) };
        const response = await this.http.stream(this.path(id, '/events'), headers, ends);
        if (response.status === 204 || !response.body) return;
        try {
          for await (const frame of framesOf(response.body)) {
            if (frame.event === 'dropped') break;
            if (frame.event === 'gap') {
              const { after: from, next } = JSON.parse(frame.data) as Gap;
              yield { type: 'gap', subject: id, after: from, next };
              // Nothing is left to come to: the stream has no place to resume from.
              if (next === null) return;
            } else {
              last = Number(frame.id);
              yield JSON.parse(frame.data) as Event;
            }
          }
        } catch (error) {
          signal?.throwIfAborted();
          // What came is kept; anything but a broken connection is the caller's to know.
          if (!(error instanceof LoopGPTConnectionError)) throw error;
          await sleep(RECONNECT_MS, signal);
        }
      }
    } finally {
      left.abort();
    }
  }

  protected path(id: string, rest = ''): string {
    return `${this.root}/${encodeURIComponent(id)}${rest}`;
  }
}

/** What was asked for: the promise of its acceptance, and what may be done from there. */
export class Accepted<K extends Kind> implements PromiseLike<K['Resource']> {
  constructor(
    private readonly subjects: Subjects<K>,
    private readonly accepted: Promise<K['Resource']>,
  ) {}

  // A thenable on purpose: `await client.routes.create(…)` is the accepted route.
  // oxlint-disable-next-line unicorn/no-thenable
  then<A = K['Resource'], B = never>(
    fulfilled?: ((resource: K['Resource']) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.accepted.then(fulfilled, rejected);
  }

  /** The outcome. */
  async wait(options?: WaitOptions): Promise<K['Resource']> {
    return this.subjects.wait((await this.accepted).id, options);
  }

  async *events(options?: FollowOptions): AsyncGenerator<Event | Gap> {
    yield* this.subjects.events((await this.accepted).id, options);
  }
}

/** The header that makes sending twice safe. */
export const keyed = ({ idempotencyKey }: CreateOptions): Record<string, string> => ({
  'idempotency-key': idempotencyKey ?? crypto.randomUUID(),
});
