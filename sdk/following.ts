import { LoopGPTConnectionError, LoopGPTError } from './errors.js';
import { sleep, type Http, type RequestOptions } from './http.js';
import { SocketLine, PATH, WAYS, type Line, type Place, type Problem, type Told, type Way } from './lines.js';
import { PollLine, StreamLine } from './request-lines.js';
import type { Gap } from './subjects.js';
import type { Event } from './types.js';

export interface SubscribeOptions {
  /** Sequence of the last event you have. */
  after?: number;
  /** Go on after the outcome, until `remove`: what comes later, such as `route.confirmed`, is told too. */
  stay?: boolean;
  /** This subject's own browser token. */
  token?: string;
  /** On a WebSocket, have what happens within so many milliseconds in one frame. */
  batch?: number;
}

export interface FollowManyOptions extends RequestOptions, Pick<SubscribeOptions, 'stay' | 'batch'> {
  /** By which ways, the best first; WebSocket, server-sent events and polling unless told. */
  ways?: readonly Way[];
  /** How often to ask where only polling gets through; 2 s unless told. */
  pollMs?: number;
  /** How often to try a better way than the present one; 30 s unless told. */
  betterMs?: number;
}

const POLL_MS = 2000;
const BETTER_MS = 30_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** So often in a row the last way may lead nowhere. */
const FAILURES = 5;

/**
 * Many subjects followed at once. Iterate over it for what happens, each subject's events once and in order, until all have their outcome. It
 * comes by WebSocket; where that does not get through by server-sent events, where those do not by polling, and by the better way again as soon
 * as that leads somewhere. A broken line is taken up again where it was, and breaking out of the loop closes it. What is refused is thrown; the
 * others are followed further when it is iterated again.
 */
export class Following implements AsyncIterable<Event | Gap> {
  private readonly places = new Map<string, Omit<Place, 'subject'>>();
  private readonly ways: readonly Way[];
  private line: Line | null = null;
  /** One that has opened while another was in use. */
  private better: Line | null = null;
  /** Messages so far. */
  private heard = 0;

  constructor(
    private readonly http: Http,
    subjects: readonly string[],
    private readonly options: FollowManyOptions,
  ) {
    this.ways = options.ways ?? WAYS;
    for (const subject of subjects) this.add(subject);
  }

  /** By which way it comes at present; null while by none. */
  get way(): Way | null {
    return this.line?.hasOpened ? this.line.way : null;
  }

  /** Follows one more; at most 100 at once. */
  add(subject: string, options: SubscribeOptions = {}): this {
    const { after = 0, stay = this.options.stay ?? false, token, batch = this.options.batch } = options;
    this.places.set(subject, { after, stay, token, batch });
    this.line?.say({ type: 'subscribe', subject, after, stay, token, batch });
    return this;
  }

  remove(subject: string): void {
    if (this.places.delete(subject)) this.line?.say({ type: 'unsubscribe', subject });
    this.line?.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event | Gap> {
    const { signal } = this.options;
    const stop = () => this.line?.close();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      for (let at = 0, failures = 0; this.places.size > 0;) {
        signal?.throwIfAborted();
        const line = this.next(at);
        const before = this.heard;
        if (line) yield* this.told(line);
        signal?.throwIfAborted();
        if (this.places.size === 0) return;
        const hasHeard = this.heard > before;
        if (hasHeard) failures = 0;
        if (this.better) at = this.ways.indexOf(this.better.way);
        if (this.better || line?.isToBeginAgain) continue;
        if (!hasHeard) {
          if (line?.way === 'websocket') await this.askWhy();
          // This way leads nowhere now: the next one, and from the last one the best again.
          if (at + 1 < this.ways.length) {
            at++;
            continue;
          }
          if (++failures >= FAILURES) throw new LoopGPTConnectionError(`nothing came in ${failures} tries`);
        }
        await sleep(Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures) * (0.5 + Math.random()), signal);
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      this.better?.close();
      this.better = null;
    }
  }

  /** What comes by `line` until it ends, or a better one has opened. */
  private async *told(line: Line): AsyncGenerator<Event | Gap> {
    this.line = line;
    const looking = this.lookForBetter(line);
    try {
      for await (const message of line.messages(() => this.places.size > 0 && this.better === null)) {
        this.heard++;
        for (const told of message.type === 'batch' ? message.messages : [message]) yield* this.take(told);
      }
    } finally {
      this.line = null;
      line.close();
      await looking;
    }
  }

  /** The one that was found better, or a new one of a way; null where there is nothing to make it with. */
  private next(at: number): Line | null {
    const { better } = this;
    this.better = null;
    return better ?? this.lineOf(this.ways[at]!);
  }

  private lineOf(way: Way): Line | null {
    const places = () => [...this.places].map(([subject, place]) => ({ subject, ...place }));
    if (way === 'sse') return new StreamLine(this.http, places);
    if (way === 'polling') return new PollLine(this.http, places, this.options.pollMs ?? POLL_MS);
    // Without another way it is the caller's to give the client one.
    if (!this.http.hasWebSocket && this.ways.length > 1) return null;
    return new SocketLine(this.http, places);
  }

  /** Tries the better ways while `line` goes on. What is begun anew tells again what came meanwhile, and is read from where the reader is. */
  private async lookForBetter(line: Line): Promise<void> {
    const ways = this.ways.slice(0, this.ways.indexOf(line.way));
    const over = new AbortController();
    void line.ended.then(() => over.abort());
    while (ways.length > 0 && !line.isOver) {
      await sleep(this.options.betterMs ?? BETTER_MS, over.signal).catch(() => undefined);
      for (const way of ways) {
        if (line.isOver) return;
        const other = this.lineOf(way);
        if (!other) continue;
        await Promise.race([other.settled, line.ended]);
        if (other.isOver || !other.hasOpened || line.isOver) {
          other.close();
          continue;
        }
        this.better = other;
        return line.wake();
      }
    }
  }

  private *take(told: Told): Generator<Event | Gap> {
    if (!('subject' in told)) return;
    const { subject } = told;
    const place = subject === null ? undefined : this.places.get(subject);
    switch (told.type) {
      case 'event':
        // What was still under way when it was removed, or asked for again from a later place.
        if (!place) return;
        // Told live, without a place in the order.
        if (told.event.sequence === 0) return void (yield told.event);
        if (told.event.sequence <= place.after) return;
        place.after = told.event.sequence;
        yield told.event;
        return;
      case 'gap':
        if (place) yield { type: 'gap', subject: told.subject, after: told.after, next: told.next };
        return;
      case 'ended':
        this.places.delete(told.subject);
        if (told.why === 'expired') throw refusal(told.subject, EXPIRED);
        return;
      case 'error':
        if (told.problem.retryable && subject !== null) {
          this.again(subject, told.retryAfterSeconds ?? 1);
          return;
        }
        if (subject !== null) this.places.delete(subject);
        throw refusal(subject, told.problem);
    }
  }

  private again(subject: string, seconds: number): void {
    const { line } = this;
    setTimeout(() => {
      const place = this.places.get(subject);
      // Another line has asked for it when it began.
      if (place && this.line === line) line?.say({ type: 'subscribe', subject, ...place });
    }, seconds * 1000);
  }

  /** A WebSocket does not tell why it was refused; the same request without the wish for one does. What may pass is no reason to end. */
  private async askWhy(): Promise<void> {
    const { signal } = this.options;
    try {
      await this.http.json({ method: 'GET', path: PATH, signal, retries: 0 });
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof LoopGPTError) || error.retryable || error.code === 'upgrade_required') return;
      throw error;
    }
  }
}

const EXPIRED: Problem = {
  status: 401,
  code: 'token_invalid',
  retryable: false,
  instance: '',
  detail: 'The token has expired; have your server make a new one.',
};

function refusal(
  subject: string | null,
  { status, code, detail, retryable, instance, errors = [] }: Problem,
): LoopGPTError {
  const about = subject === null ? detail : `${detail} (${subject})`;
  return new LoopGPTError(status, code, about, retryable, instance, errors, null);
}
