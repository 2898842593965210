import type { WebSocket } from 'ws';
import { AppError } from '../../../common/errors.js';
import type { Reader } from '../deciding/follower.js';
import {
  CLOSE_CODES,
  MessageBudget,
  readMessage,
  subjectIn,
  textOf,
  type Subscribe,
} from '../deciding/socket-messages.js';
import { Subscription, type SubscribedLine } from './subscription.js';

/** Most subjects of one connection. */
const MAX_SUBJECTS = 100;
/** What a closing connection still holds is given up when its client has not taken it by then. */
const LINGER_MS = 5000;

type CloseReason = keyof typeof CLOSE_CODES;

/** What a connection asks of the house. */
export interface House {
  /** Begins to follow for this connection; the answer stops it, null: nothing is to come. Throws AppError. */
  follow(message: Subscribe, reader: Reader): Promise<(() => void) | null>;
  /** What the client is told of an error. */
  problemOf(error: unknown, subject: string | null): string;
}

/**
 * One connection that follows many subjects. Its messages are obeyed one after another; what it does not take of what it is told stays
 * in its buffer, whose size the followers of all its subjects watch.
 */
export class LiveSocket implements SubscribedLine {
  readonly closed: Promise<void>;
  private readonly followed = new Map<string, Subscription>();
  private readonly budget = new MessageBudget(performance.now());
  private turn: Promise<void> = Promise.resolve();
  private isAlive = true;

  /** `lifeMs`: how long the connection may last. */
  constructor(
    private readonly socket: WebSocket,
    private readonly house: House,
    lifeMs: number,
  ) {
    const life = setTimeout(() => this.close('expired'), lifeMs).unref();
    socket.on('message', (data: Buffer) => this.take(data.toString('utf8')));
    socket.on('pong', () => (this.isAlive = true));
    // A line that breaks is closed right after, and a client that breaks the protocol is told so by ws.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        clearTimeout(life);
        this.leaveAll();
        resolve();
      });
    });
  }

  /** To be called every so often: a client that has not answered the last ping is gone. */
  beat(): void {
    if (!this.isAlive) return this.socket.terminate();
    this.isAlive = false;
    this.socket.ping();
    this.tell(textOf({ type: 'beat' }));
  }

  close(reason: CloseReason): void {
    if (!this.isOpen) return;
    this.leaveAll();
    this.socket.close(CLOSE_CODES[reason], reason);
    const timer = setTimeout(() => this.terminate(), LINGER_MS).unref();
    void this.closed.then(() => clearTimeout(timer));
  }

  terminate(): void {
    this.socket.terminate();
  }

  /** Says something, unless the connection is closing. When the network has taken it, those who wait for room are told. */
  tell(text: string): void {
    if (!this.isOpen) return;
    this.socket.send(text, () => {
      for (const { onRoom } of this.followed.values()) onRoom();
    });
  }

  /** Stops telling of a subject. */
  leave(subject: string): void {
    this.followed.get(subject)?.stop();
    this.followed.delete(subject);
  }

  get backlogBytes(): number {
    return this.socket.bufferedAmount;
  }

  private get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  private take(text: string): void {
    if (!this.budget.spend(performance.now())) return this.close('tooManyMessages');
    this.turn = this.turn.then(() => this.obey(text));
  }

  private async obey(text: string): Promise<void> {
    if (!this.isOpen) return;
    try {
      const message = readMessage(text);
      if (message.type === 'subscribe') await this.subscribe(message);
      else this.leave(message.subject);
    } catch (error) {
      this.tell(this.house.problemOf(error, subjectIn(text)));
    }
  }

  private async subscribe(message: Subscribe): Promise<void> {
    const { subject } = message;
    this.leave(subject);
    if (this.followed.size >= MAX_SUBJECTS) throw new AppError('subjects_too_many', `${this.followed.size} subjects`);
    const subscription = new Subscription(this, subject, message.batch);
    this.followed.set(subject, subscription);
    try {
      subscription.begin(await this.house.follow(message, subscription));
    } catch (error) {
      this.leave(subject);
      throw error;
    }
  }

  private leaveAll(): void {
    for (const subject of this.followed.keys()) this.leave(subject);
  }
}
