import { LoopGPTConnectionError, LoopGPTError } from './errors.js';
import { sleep, type Http, type RequestOptions, type WebSocketLike } from './http.js';
import type { Gap } from './subjects.js';
import type { ErrorCode, Event } from './types.js';

export interface SubscribeOptions {
  /** Sequence of the last event you have. */
  after?: number;
  /** Go on after the outcome, until `remove`: what comes later, such as `route.confirmed`, is told too. */
  stay?: boolean;
  /** This subject's own browser token. */
  token?: string;
}

export interface FollowManyOptions extends RequestOptions, Pick<SubscribeOptions, 'stay'> {}

/** What the server says; docs/websocket.md. */
type Told =
  | { type: 'event'; subject: string; event: Event }
  | { type: 'gap'; subject: string; after: number; next: number | null }
  | { type: 'ended'; subject: string; why: 'done' | 'expired' }
  | { type: 'error'; subject: string | null; problem: Problem; retryAfterSeconds: number | null }
  | { type: 'subscribed' | 'beat' };
interface Problem {
  status: number;
  code: ErrorCode;
  detail: string;
  retryable: boolean;
  instance: string;
  errors?: { pointer: string; detail: string }[];
}

const PATH = '/v1/stream';
const PROTOCOL = 'loopgpt.v1';
/** The server says something every 15 s; a line that is silent for longer is broken, though nobody said so. */
const SILENCE_MS = 45_000;
/** So many events wait for their reader; then the line is let go, and taken up again where it was. */
const MOST_WAITING = 1000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const FAILURES = 5;
/** Messages that were too many or too long will be so again. */
const FATAL_CODES = [1008, 1009];

/**
 * Many subjects followed on one WebSocket. Iterate over it for what happens, each subject's events once and in order, until all have
 * their outcome; a broken line is taken up again where it was, and breaking out of the loop closes it. What is refused is thrown; the
 * others are followed further when it is iterated again.
 */
export class Following implements AsyncIterable<Event | Gap> {
  private readonly places = new Map<string, Required<Pick<SubscribeOptions, 'after' | 'stay'>> & SubscribeOptions>();
  private line: Line | null = null;

  constructor(
    private readonly http: Http,
    subjects: readonly string[],
    private readonly options: FollowManyOptions,
  ) {
    for (const subject of subjects) this.add(subject);
  }

  /** Follows one more; at most 100 at once. */
  add(subject: string, { after = 0, stay = this.options.stay ?? false, token }: SubscribeOptions = {}): this {
    this.places.set(subject, { after, stay, token });
    this.line?.say({ type: 'subscribe', subject, after, stay, token });
    return this;
  }

  remove(subject: string): void {
    if (this.places.delete(subject)) this.line?.say({ type: 'unsubscribe', subject });
    this.line?.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event | Gap> {
    const { signal } = this.options;
    for (let failures = 0; this.places.size > 0;) {
      signal?.throwIfAborted();
      const line = new Line(this.http.socket(PATH, PROTOCOL), () => this.subscriptions());
      this.line = line;
      const stop = () => line.close();
      signal?.addEventListener('abort', stop, { once: true });
      try {
        for await (const told of line.messages(() => this.places.size > 0)) {
          failures = 0;
          yield* this.take(told);
        }
      } finally {
        signal?.removeEventListener('abort', stop);
        this.line = null;
        line.close();
      }
      signal?.throwIfAborted();
      if (this.places.size === 0) return;
      if (!line.hasOpened) await this.askWhy(++failures);
      await sleep(Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures) * (0.5 + Math.random()), signal);
    }
  }

  private subscriptions(): object[] {
    return [...this.places].map(([subject, place]) => ({ type: 'subscribe', subject, ...place }));
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

  /** A WebSocket does not tell why it was refused; the same request without the wish for one does. */
  private async askWhy(failures: number): Promise<void> {
    try {
      await this.http.get(PATH, {}, { signal: this.options.signal });
    } catch (error) {
      if (!(error instanceof LoopGPTError) || error.code !== 'upgrade_required') throw error;
    }
    if (failures >= FAILURES) throw new LoopGPTConnectionError(`no WebSocket was made in ${failures} tries`);
  }
}

/** One connection, from its opening to its end. */
class Line {
  hasOpened = false;
  private readonly waiting: Told[] = [];
  private isOver = false;
  private code = 0;
  private wakeUp: () => void = () => undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly socket: WebSocketLike,
    subscriptions: () => object[],
  ) {
    this.heard();
    socket.addEventListener('open', () => {
      this.hasOpened = true;
      for (const message of subscriptions()) this.say(message);
    });
    socket.addEventListener('message', ({ data }: { data: string }) => this.take(JSON.parse(data) as Told));
    socket.addEventListener('close', ({ code }: { code: number }) => this.end(code));
    // Its close follows, and tells as much.
    socket.addEventListener('error', () => undefined);
  }

  /** While it is not open yet, what is followed is said when it opens. */
  say(message: object): void {
    if (this.hasOpened && !this.isOver) this.socket.send(JSON.stringify(message));
  }

  /** What is told, for as long as it lasts and `isWanted`. Throws when the server closed it for what was said. */
  async *messages(isWanted: () => boolean): AsyncGenerator<Told> {
    while (isWanted()) {
      const told = this.waiting.shift();
      if (told) yield told;
      else if (this.isOver) break;
      else await new Promise<void>((resolve) => (this.wakeUp = resolve));
    }
    if (FATAL_CODES.includes(this.code)) throw new LoopGPTConnectionError(`the line was closed with ${this.code}`);
  }

  wake(): void {
    this.wakeUp();
  }

  close(): void {
    if (this.isOver) return;
    this.end(0);
    this.socket.close();
  }

  private take(told: Told): void {
    if (this.isOver) return;
    this.heard();
    this.waiting.push(told);
    this.wakeUp();
    if (this.waiting.length >= MOST_WAITING) this.close();
  }

  private heard(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.close(), SILENCE_MS);
  }

  private end(code: number): void {
    if (this.isOver) return;
    this.isOver = true;
    this.code = code;
    clearTimeout(this.silence);
    this.wakeUp();
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
