import { LoopGPTError } from './errors.js';
import { sleep, type Http } from './http.js';
import { Line, PATH, type Message, type Place, type Way } from './lines.js';
import { framesOf } from './sse.js';

/** A line of plain requests: what is followed is said when one is made. */
abstract class RequestLine extends Line {
  protected readonly left = new AbortController();

  constructor(
    way: Way,
    protected readonly http: Http,
    protected readonly places: () => Place[],
  ) {
    super(way);
  }

  protected hangUp(): void {
    this.left.abort();
  }

  /** Ends with `work`; why is told where it will not pass. */
  protected async last(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // A connection that breaks, a server that is busy, or one that does not know this way yet, is not for the caller to know.
      if (!this.isOver && error instanceof LoopGPTError && !error.retryable && error.status !== 404)
        this.reason = error;
    }
    this.close();
  }

  /** What is asked for together: one request says of all that it names by which token they are read, and whether they stay. */
  protected asked(): { query: object; key: string | undefined }[] {
    const groups = new Map<string, Place[]>();
    for (const place of this.places()) {
      const name = `${place.stay} ${place.token ?? ''}`;
      groups.set(name, [...(groups.get(name) ?? []), place]);
    }
    return [...groups.values()].map((places) => ({
      query: { follow: places.map(({ subject, after }) => `${subject}:${after}`).join(','), stay: places[0]!.stay },
      key: places[0]!.token,
    }));
  }
}

/** Server-sent events: a request for each token. */
export class StreamLine extends RequestLine {
  constructor(http: Http, places: () => Place[]) {
    super('sse', http, places);
    void this.last(() => Promise.all(this.asked().map((one) => this.stream(one))));
  }

  /** It ends, and the next one begins with what is followed now. */
  say(): void {
    this.isToBeginAgain = true;
    this.close();
  }

  private async stream(asked: { query: object; key: string | undefined }): Promise<void> {
    const headers = { accept: 'text/event-stream' };
    const response = await this.http.stream(`${PATH}/events`, headers, this.left.signal, { ...asked, retries: 0 });
    if (!response.body) return;
    for await (const { data } of framesOf(response.body, () => this.open())) {
      this.take(JSON.parse(data) as Message);
      if (this.crowded) await this.idle();
      if (this.isOver) return;
    }
  }
}

/** One page after another, each from where the reader is by then. */
export class PollLine extends RequestLine {
  constructor(
    http: Http,
    places: () => Place[],
    private readonly everyMs: number,
  ) {
    super('polling', http, places);
    void this.last(() => this.poll());
  }

  /** The next page is asked for what is followed by then. */
  say(): void {}

  private async poll(): Promise<void> {
    const { signal } = this.left;
    while (!this.isOver && this.places().length > 0) {
      let isMore = false;
      for (const asked of this.asked()) {
        const call = { method: 'GET' as const, path: `${PATH}/page`, signal, retries: 0, ...asked };
        const { messages, hasMore } = await this.http.json<{ messages: Message[]; hasMore: boolean }>(call);
        this.open();
        for (const message of messages) this.take(message);
        isMore ||= hasMore;
      }
      await this.idle();
      if (!isMore) await sleep(this.everyMs, signal);
    }
  }
}
