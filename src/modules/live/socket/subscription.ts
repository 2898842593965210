import type { EventEnvelope } from '../../../events/event.js';
import type { End, Reader } from '../deciding/follower.js';
import { batchText, eventText, textOf } from '../deciding/socket-messages.js';

/** What waits to be told together is told at once when it is so much. */
const BATCH_BYTES = 64 * 1024;

/** The connection that a subject is told on. */
export interface SubscribedLine {
  readonly backlogBytes: number;
  tell(text: string): void;
  leave(subject: string): void;
  close(reason: 'slow' | 'stopping'): void;
}

/**
 * One subject of a connection. It is stopped when the connection closes, which may be while it is still being begun. With `batchMs` what happens
 * within so long is told in one frame; nothing waits longer, and the end comes after all.
 */
export class Subscription implements Reader {
  onRoom: () => void = () => undefined;
  private unfollow: (() => void) | null = null;
  private hasBegun = false;
  private isOver = false;
  private waiting: string[] = [];
  private waitingBytes = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly line: SubscribedLine,
    private readonly subject: string,
    private readonly batchMs: number | undefined,
  ) {}

  get backlogBytes(): number {
    return this.line.backlogBytes + this.waitingBytes;
  }

  /** `unfollow` null: there is nothing to follow any more. */
  begin(unfollow: (() => void) | null): void {
    if (this.isOver) return unfollow?.();
    this.unfollow = unfollow;
    if (unfollow === null) this.end('done');
    else this.sayBegun();
  }

  stop(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    this.unfollow?.();
  }

  send(event: EventEnvelope): void {
    this.tell(eventText(event));
  }

  gap(after: number, next: number | null): void {
    this.tell(textOf({ type: 'gap', subject: this.subject, after, next }));
  }

  /** The connection beats, not each of its subjects. */
  beat(): void {}

  end(why: End): void {
    if (why === 'slow' || why === 'stopping') return this.line.close(why);
    this.flush();
    this.sayBegun();
    this.line.tell(textOf({ type: 'ended', subject: this.subject, why }));
    this.line.leave(this.subject);
  }

  /** Before all else about the subject. */
  private sayBegun(): void {
    if (this.hasBegun) return;
    this.hasBegun = true;
    this.line.tell(textOf({ type: 'subscribed', subject: this.subject }));
  }

  private tell(text: string): void {
    this.sayBegun();
    if (this.batchMs === undefined) return this.line.tell(text);
    this.waiting.push(text);
    this.waitingBytes += Buffer.byteLength(text);
    if (this.waitingBytes >= BATCH_BYTES) return this.flush();
    this.timer ??= setTimeout(() => this.flush(), this.batchMs).unref();
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const texts = this.waiting;
    [this.waiting, this.waitingBytes] = [[], 0];
    if (texts.length > 0) this.line.tell(batchText(this.subject, texts));
  }
}
