import { Readable } from 'node:stream';
import type { EventEnvelope } from '../../events/event.js';
import type { End, Reader } from './deciding/follower.js';
import { HEARTBEAT, OPENING, frameOf, noticeOf } from './sse.js';

/** What is left in a stream that has ended is given up when its client has not taken it by then. */
const LINGER_MS = 5000;

/** The body of an SSE answer. What its client does not take stays in its buffer, whose size the follower watches. */
export class EventStream extends Readable implements Reader {
  onRoom: () => void = () => undefined;
  private lingering: NodeJS.Timeout | undefined;

  constructor() {
    super();
    this.push(OPENING);
  }

  get backlogBytes(): number {
    return this.readableLength;
  }

  send(event: EventEnvelope): void {
    this.push(frameOf(event));
  }

  gap(after: number, next: number | null): void {
    const detail = 'Events in between are no longer kept; read the present state with GET.';
    this.push(noticeOf('gap', { after, next, detail }));
  }

  beat(): void {
    this.push(HEARTBEAT);
  }

  end(why: End): void {
    if (why === 'slow') {
      const detail = 'The stream was read too slowly and has ended; poll with GET, or resume with Last-Event-ID.';
      this.push(noticeOf('dropped', { code: 'stream_too_slow', detail }));
    }
    this.push(null);
    this.lingering = setTimeout(() => this.destroy(), LINGER_MS).unref();
  }

  /** The buffer is empty enough; events that wait for room come, others come when they happen. */
  override _read(): void {
    this.onRoom();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearTimeout(this.lingering);
    callback(error);
  }
}
