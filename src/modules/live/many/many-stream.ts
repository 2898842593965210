import { Readable } from 'node:stream';
import { HEARTBEAT, OPENING, dataOf } from '../sse.js';
import { Subscription, type SubscribedLine } from '../socket/subscription.js';

const BEAT_MS = 15_000;
/** What is left in a stream that has ended is given up when its client has not taken it by then. */
const LINGER_MS = 5000;

/** The messages of a WebSocket about many subjects as the body of an SSE answer, for where no WebSocket gets through. */
export class ManyStream extends Readable implements SubscribedLine {
  private readonly followed = new Map<string, Subscription>();
  private readonly beating = setInterval(() => this.push(HEARTBEAT), BEAT_MS).unref();
  private readonly life: NodeJS.Timeout;
  private lingering: NodeJS.Timeout | undefined;
  private isOver = false;

  /** `lifeMs`: how long it may last; its client goes on with another. */
  constructor(lifeMs: number) {
    super();
    this.life = setTimeout(() => this.finish(), lifeMs).unref();
    this.push(OPENING);
  }

  get backlogBytes(): number {
    return this.readableLength;
  }

  /** The reader of one more subject. */
  begin(subject: string): Subscription {
    const subscription = new Subscription(this, subject, undefined);
    this.followed.set(subject, subscription);
    return subscription;
  }

  tell(text: string): void {
    if (!this.isOver) this.push(`${dataOf(text)}\n`);
  }

  /** It ends with the last that it follows. */
  leave(subject: string): void {
    this.followed.get(subject)?.stop();
    this.followed.delete(subject);
    if (this.followed.size === 0) this.finish();
  }

  /** Its client goes on elsewhere, or reads faster, from where it is. */
  close(): void {
    this.finish();
  }

  override _read(): void {
    for (const { onRoom } of this.followed.values()) onRoom();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.finish();
    clearTimeout(this.lingering);
    callback(error);
  }

  private finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    clearInterval(this.beating);
    clearTimeout(this.life);
    for (const subscription of this.followed.values()) subscription.stop();
    this.followed.clear();
    this.push(null);
    this.lingering = setTimeout(() => this.destroy(), LINGER_MS).unref();
  }
}
