import type { WebSocket } from 'ws';
import { AppError } from '../../../common/errors.js';
import { problemOf, toAppError } from '../../../platform/http/problem.filter.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { CLOSE_CODES, MessageBudget } from '../deciding/socket-messages.js';
import { TOLD, readSaid, type Said, type Told } from './gateway-messages.mapping.js';

/** Who has not said by then who they are is let go. */
const AUTH_MS = 10_000;
/** Above this a client does not read; the gateway promised its clients to fall back to polling. */
const BACKLOG_BYTES = 1024 * 1024;
const LINGER_MS = 5000;

/** What a connection asks of the house; each throws AppError. */
export interface GatewayHouse {
  /** Who presents the token; called for the moment when that ends. */
  enter(token: string, ended: () => void): Promise<TenantContext>;
  obey(tenant: TenantContext, said: Exclude<Said, { type: 'auth' | 'subscribe' | 'ping' }>, tell: Tell): Promise<void>;
  log(error: unknown): void;
}
export type Tell = (type: Told, data: object) => void;

/** One client of the former live gateway. Whose it is says its token and nothing else. */
export class GatewayConnection {
  readonly closed: Promise<void>;
  tenant: TenantContext | null = null;
  /** What it wishes to be told; all, unless it said which. */
  private wished: ReadonlySet<string> | null = null;
  private readonly budget = new MessageBudget(performance.now());
  private turn: Promise<void> = Promise.resolve();
  private isAlive = true;

  constructor(
    private readonly socket: WebSocket,
    private readonly house: GatewayHouse,
    private readonly sessionId: string,
    lifeMs: number,
  ) {
    const life = setTimeout(() => this.close('expired'), lifeMs).unref();
    const entering = setTimeout(() => {
      if (!this.tenant) this.close('expired');
    }, AUTH_MS).unref();
    socket.on('message', (data: Buffer) => this.take(data.toString('utf8')));
    socket.on('pong', () => (this.isAlive = true));
    // A line that breaks is closed right after, and a client that breaks the protocol is told so by ws.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        clearTimeout(life);
        clearTimeout(entering);
        resolve();
      });
    });
  }

  /** The tenant that the handshake told of. */
  enter(tenant: TenantContext): void {
    this.tenant = tenant;
    this.say('auth', { success: true, scopes: tenant.scopes });
  }

  /** To be called every so often: a client that has not answered the last ping is gone. */
  beat(): void {
    if (!this.isAlive) return this.socket.terminate();
    this.isAlive = false;
    this.socket.ping();
  }

  /** Tells who may be told and wishes it. */
  tell(type: Told, data: object): void {
    if (!this.tenant?.scopes.includes(TOLD[type]) || !(this.wished?.has(type) ?? true)) return;
    this.say(type, data);
  }

  close(reason: keyof typeof CLOSE_CODES): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.close(CLOSE_CODES[reason], reason);
    const timer = setTimeout(() => this.terminate(), LINGER_MS).unref();
    void this.closed.then(() => clearTimeout(timer));
  }

  terminate(): void {
    this.socket.terminate();
  }

  private take(text: string): void {
    if (!this.budget.spend(performance.now())) return this.close('tooManyMessages');
    this.turn = this.turn.then(() => this.obey(text));
  }

  private async obey(text: string): Promise<void> {
    try {
      const said = readSaid(text);
      if (said.type === 'ping') return this.say('pong', {});
      if (said.type === 'auth') {
        if (this.tenant) throw new AppError('gateway_entered', 'auth twice');
        return this.enter(await this.house.enter(said.token, () => this.close('expired')));
      }
      const { tenant } = this;
      if (!tenant) throw new AppError('gateway_not_entered', said.type);
      if (said.type === 'subscribe') return this.subscribe([...(said.events ?? []), ...(said.channels ?? [])]);
      await this.house.obey(tenant, said, (type, data) => this.tell(type, data));
    } catch (thrown) {
      const error = toAppError(thrown);
      const { code, detail, retryable, status, errors } = problemOf(error, this.sessionId);
      if (status >= 500) this.house.log(thrown);
      this.say('error', { code, message: detail, retryable, ...(errors ? { errors } : {}) });
    }
  }

  private subscribe(names: readonly string[]): void {
    this.wished = names.length > 0 ? new Set(names) : null;
    const events = Object.keys(TOLD).filter((name) => this.wished?.has(name) ?? true);
    // What nobody here ever tells is named, for silence would be taken for nothing having happened.
    this.say('subscribed', { events, unknown: names.filter((name) => !events.includes(name)) });
  }

  private say(type: string, data: object): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > BACKLOG_BYTES) return this.close('slow');
    const userId = this.tenant?.tenantId;
    const message = { type, data, timestamp: new Date().toISOString(), sessionId: this.sessionId, userId };
    this.socket.send(JSON.stringify(message));
  }
}
