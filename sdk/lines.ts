import { LoopGPTConnectionError } from './errors.js';
import type { Http, WebSocketLike } from './http.js';
import type { ErrorCode, Event } from './types.js';

/** How what happens gets here, the best first. */
export const WAYS = ['websocket', 'sse', 'polling'] as const;
export type Way = (typeof WAYS)[number];

/** What the server says; docs/websocket.md. */
export type Told =
  | { type: 'event'; subject: string; event: Event }
  | { type: 'gap'; subject: string; after: number; next: number | null }
  | { type: 'ended'; subject: string; why: 'done' | 'expired' }
  | { type: 'error'; subject: string | null; problem: Problem; retryAfterSeconds: number | null }
  | { type: 'subscribed' | 'beat' };
export type Message = Told | { type: 'batch'; messages: Told[] };

export interface Problem {
  status: number;
  code: ErrorCode;
  detail: string;
  retryable: boolean;
  instance: string;
  errors?: { pointer: string; detail: string }[];
}

/** One that is followed, with where its reader is. */
export interface Place {
  subject: string;
  after: number;
  stay: boolean;
  token?: string;
  batch?: number;
}

export const PATH = '/v1/stream';
const PROTOCOL = 'loopgpt.v1';
/** The server says something every 15 s; a line that is silent for longer is broken, though nobody said so. */
const SILENCE_MS = 45_000;
/** What has not opened by then is taken to lead nowhere. */
const OPEN_MS = 10_000;
/** So many events wait for their reader; then the line is let go, and taken up again where it was. */
const MOST_WAITING = 1000;
/** Messages that were too many or too long will be so again. */
const FATAL_CODES = [1008, 1009];

/** One connection, or one row of requests, from its opening to its end. */
export abstract class Line {
  /** Something has come by it: this way leads to the server. */
  hasOpened = false;
  isOver = false;
  /** It ended because another is to take up what is followed now. */
  isToBeginAgain = false;
  /** Settles once it is open, or over. */
  readonly settled: Promise<void>;
  /** Settles once it is over. */
  readonly ended: Promise<void>;
  /** Why it ended, where trying again would end the same. */
  protected reason: Error | null = null;
  private readonly waiting: Message[] = [];
  private wakeUp: () => void = () => undefined;
  private settle: () => void = () => undefined;
  private whenEnded: () => void = () => undefined;
  private whenIdle: () => void = () => undefined;
  private readonly opening: ReturnType<typeof setTimeout>;

  constructor(readonly way: Way) {
    this.settled = new Promise((resolve) => (this.settle = resolve));
    this.ended = new Promise((resolve) => (this.whenEnded = resolve));
    this.opening = setTimeout(() => this.close(), OPEN_MS);
  }

  /** What is followed has changed by this. */
  abstract say(message: object): void;

  /** Lets go of what it holds. */
  protected abstract hangUp(): void;

  /** What is told, for as long as it lasts and `isWanted`. Throws when trying again would end the same. */
  async *messages(isWanted: () => boolean): AsyncGenerator<Message> {
    while (isWanted()) {
      const told = this.waiting.shift();
      if (told) yield told;
      else if (this.isOver) break;
      else {
        this.whenIdle();
        await new Promise<void>((resolve) => (this.wakeUp = resolve));
      }
    }
    if (this.reason) throw this.reason;
  }

  wake(): void {
    this.wakeUp();
  }

  close(): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.opening);
    this.hangUp();
    this.settle();
    this.whenEnded();
    this.whenIdle();
    this.wakeUp();
  }

  protected get crowded(): boolean {
    return this.waiting.length >= MOST_WAITING;
  }

  protected open(): void {
    this.hasOpened = true;
    clearTimeout(this.opening);
    this.settle();
  }

  protected take(message: Message): void {
    this.waiting.push(message);
    this.wakeUp();
  }

  /** Once its reader has had all that came, or it is over. */
  protected async idle(): Promise<void> {
    if (!this.isOver && this.waiting.length > 0) await new Promise<void>((resolve) => (this.whenIdle = resolve));
  }
}

export class SocketLine extends Line {
  private readonly socket: WebSocketLike;
  private silence: ReturnType<typeof setTimeout> | undefined;

  /** Throws where there is nothing to make a WebSocket with. */
  constructor(http: Http, places: () => Place[]) {
    const socket = http.socket(PATH, PROTOCOL);
    super('websocket');
    this.socket = socket;
    this.heard();
    socket.addEventListener('open', () => {
      if (this.isOver) return socket.close();
      this.open();
      for (const place of places()) this.say({ type: 'subscribe', ...place });
    });
    socket.addEventListener('message', ({ data }: { data: string }) => {
      if (this.isOver) return;
      this.heard();
      this.take(JSON.parse(data) as Message);
      if (this.crowded) this.close();
    });
    socket.addEventListener('close', ({ code }: { code: number }) => {
      if (!this.isOver && FATAL_CODES.includes(code)) {
        this.reason = new LoopGPTConnectionError(`the line was closed with ${code}`);
      }
      this.close();
    });
    // Its close follows, and tells as much.
    socket.addEventListener('error', () => undefined);
  }

  /** While it is not open yet, what is followed is said when it opens. */
  say(message: object): void {
    if (this.hasOpened && !this.isOver) this.socket.send(JSON.stringify(message));
  }

  protected hangUp(): void {
    clearTimeout(this.silence);
    this.socket.close();
  }

  private heard(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.close(), SILENCE_MS);
  }
}
