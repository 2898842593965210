import { LoopGPTConnectionError } from './errors.js';
import { sleep, type Http, type RequestOptions } from './http.js';
import { framesOf } from './sse.js';
import type { CreateRoute, Event, ListRoutes, Route, RouteList } from './types.js';

export interface CreateOptions extends RequestOptions {
  /** The same key again gives the same route; a new one is made unless told. */
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
  after: number;
  next: number | null;
}

const POLL_SECONDS = 25;
const RECONNECT_MS = 1000;

export class Routes {
  constructor(private readonly http: Http) {}

  /** Routes a cart: `await` it for the accepted route, `.wait()` for the outcome, `.events()` for what happens. */
  create(body: CreateRoute, options: CreateOptions = {}): RouteRequest {
    const key = options.idempotencyKey ?? crypto.randomUUID();
    const accepted = this.http.json<Route>({
      method: 'POST',
      path: '/v1/routes',
      body,
      headers: { 'idempotency-key': key },
      signal: options.signal,
    });
    return new RouteRequest(this, accepted);
  }

  get(id: string, options: RequestOptions = {}): Promise<Route> {
    return this.http.json({ method: 'GET', path: path(id), signal: options.signal });
  }

  list(query: ListRoutes = {}, options: RequestOptions = {}): Promise<RouteList> {
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return this.http.json({ method: 'GET', path: `/v1/routes?${search}`, signal: options.signal });
  }

  /** Cancels a route that is still open; asking twice is fine. */
  cancel(id: string, options: RequestOptions = {}): Promise<Route> {
    return this.http.json({ method: 'POST', path: `${path(id)}/cancel`, signal: options.signal });
  }

  /** The route once it is closed. Rejects with a LoopGPTConnectionError when it is still open after the time given. */
  async wait(id: string, { timeoutMs = 60_000, signal }: WaitOptions = {}): Promise<Route> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const seconds = Math.max(0, Math.min(POLL_SECONDS, Math.ceil((until - Date.now()) / 1000)));
      const headers = { prefer: `wait=${seconds}` };
      const route = await this.http.json<Route>({
        ...{ method: 'GET', path: path(id), headers, signal },
        waitMs: seconds * 1000,
      });
      if (route.status !== 'open') return route;
      if (Date.now() >= until) throw new LoopGPTConnectionError(`route ${id} is still open after ${timeoutMs} ms`);
    }
  }

  /**
   * What happens to a route, each event once and in order, until its last. A broken stream is resumed where it was; breaking out of
   * the loop closes it.
   */
  async *events(id: string, { after = 0, signal }: FollowOptions = {}): AsyncGenerator<Event | Gap> {
    const left = new AbortController();
    const ends = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
    let last = after;
    try {
      for (;;) {
        const headers = { accept: 'text/event-stream', 'last-event-id': String(last) };
        const response = await this.http.stream(`${path(id)}/events`, headers, ends);
        if (response.status === 204 || !response.body) return;
        try {
          for await (const frame of framesOf(response.body)) {
            if (frame.event === 'dropped') break;
            if (frame.event === 'gap') {
              yield { ...(JSON.parse(frame.data) as Gap), type: 'gap' };
              // Nothing is left to come to: the stream has no place to resume from.
              if ((JSON.parse(frame.data) as Gap).next === null) return;
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
}

/** A route that was asked for: the promise of its acceptance, and what may be done from there. */
export class RouteRequest implements PromiseLike<Route> {
  constructor(
    private readonly routes: Routes,
    private readonly accepted: Promise<Route>,
  ) {}

  // A thenable on purpose: `await client.routes.create(…)` is the accepted route.
  // oxlint-disable-next-line unicorn/no-thenable
  then<A = Route, B = never>(
    fulfilled?: ((route: Route) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.accepted.then(fulfilled, rejected);
  }

  /** The outcome. */
  async wait(options?: WaitOptions): Promise<Route> {
    return this.routes.wait((await this.accepted).id, options);
  }

  async *events(options?: FollowOptions): AsyncGenerator<Event | Gap> {
    yield* this.routes.events((await this.accepted).id, options);
  }
}

function path(id: string): string {
  return `/v1/routes/${encodeURIComponent(id)}`;
}
