import { sleep, type Http, type RequestOptions } from './http.js';
import type { Event, EventList } from './types.js';

export interface PullOptions extends RequestOptions {
  /** Id of the last event you have; from the oldest without. */
  after?: string;
  /** Without `after`: begin so that the newest, at most `limit`, are all. */
  newest?: boolean;
  /** Only events of these types; all without. */
  types?: readonly string[];
  /** How many a page has, 1 to 100. */
  limit?: number;
}

export interface IterateOptions extends PullOptions {
  /** Look again after so long when there are no more; without it the loop ends there. */
  everyMs?: number;
}

/** All of your events in one order, for those who rather ask than be told. */
export class Events {
  constructor(private readonly http: Http) {}

  /** One page. Go on from its `nextCursor`, even when it is empty. */
  list({ signal, ...query }: PullOptions = {}): Promise<EventList> {
    return this.http.get('/v1/events', query, { signal });
  }

  /** Each event once and in order; keep the `id` of the last one you are done with, and begin after it the next time. */
  async *iterate({ everyMs, ...options }: IterateOptions = {}): AsyncGenerator<Event> {
    for (let after = options.after; ;) {
      const { data, nextCursor, hasMore } = await this.list({ limit: 100, ...options, after });
      yield* data;
      after = nextCursor ?? after;
      if (hasMore) continue;
      if (everyMs === undefined) return;
      await sleep(everyMs, options.signal);
    }
  }
}
