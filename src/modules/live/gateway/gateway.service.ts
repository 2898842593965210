import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { WebSocket } from 'ws';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { AppError } from '../../../common/errors.js';
import type { Repeating } from '../../../common/pacing/repeating.js';
import { Clock } from '../../../clock/clock.js';
import type { EventEnvelope } from '../../../events/event.js';
import { EventHorizon } from '../../../events/event-horizon.js';
import { EventLog } from '../../../events/event-log.js';
import { readingOf } from '../../../events/listening/heard.js';
import { KeyWatch } from '../../tenants/key-watch.service.js';
import { Logins } from '../../tenants/logins.service.js';
import { RateLimitsService } from '../../tenants/rate-limits.service.js';
import type { Scope, TenantContext } from '../../tenants/scopes.js';
import { LIFE_MS } from '../deciding/follower.js';
import { Handshakes } from '../socket/handshakes.js';
import { StreamSlots } from '../stream-slots.js';
import { GatewayDesk } from './desk.js';
import { GatewayConnection, type GatewayHouse, type Tell } from './gateway.connection.js';
import { EVENTS_TOLD, messagesOf, wordsOf } from './gateway-messages.mapping.js';

const BEAT_MS = 15_000;
/** Events that one round looks at. */
const MOST = 500;
/** How long a stopping process waits for its clients to say goodbye. */
const GOODBYE_MS = 1000;

/**
 * The former live gateway: its clients say what they said, and are told what becomes of their carts and prices, by what the product does for all.
 * What is told is told live, once; who was away reads the present state.
 */
@Injectable()
export class GatewayService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly connections = new Set<GatewayConnection>();
  private readonly reading: Repeating;
  private beating: NodeJS.Timeout | undefined;
  /** Position of the last event that was looked at; null while nobody is here. */
  private readUpTo: string | null = null;

  constructor(
    private readonly handshakes: Handshakes,
    private readonly slots: StreamSlots,
    private readonly logins: Logins,
    private readonly keys: KeyWatch,
    private readonly rates: RateLimitsService,
    private readonly desk: GatewayDesk,
    private readonly horizon: EventHorizon,
    private readonly events: EventLog,
    private readonly log: PinoLogger,
    clock: Clock,
  ) {
    this.reading = clock.loop('gateway.reading', () => this.round());
  }

  get size(): number {
    return this.connections.size;
  }

  onApplicationBootstrap(): void {
    this.reading.start();
    this.beating = setInterval(() => {
      for (const connection of this.connections) connection.beat();
    }, BEAT_MS).unref();
  }

  /** Before the server closes: tells every client to go on elsewhere. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.beating);
    await this.reading.stop();
    const open = [...this.connections];
    for (const connection of open) connection.close('stopping');
    await Promise.race([Promise.all(open.map(({ closed }) => closed)), sleep(GOODBYE_MS, null, { ref: false })]);
    for (const connection of this.connections) connection.terminate();
  }

  /** Throws as the handshake of any WebSocket here, and what the key that it presents is refused with; without one, the first message is it. */
  async open(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.handshakes.check(request);
    const tenant = await this.ofHandshake(request);
    this.handshakes.checkOrigin(request, tenant);
    if (tenant) await this.beginReading();
    const leaving = [this.slots.take(tenant?.tenantId ?? 'unknown', tenant?.keyId ?? request.ip)];
    const ended = () => {
      for (const leave of leaving.splice(0)) leave();
    };
    const begin = (socket: WebSocket) => {
      const house: GatewayHouse = {
        enter: (token, ended) => this.enter(token, ended, request.ip, leaving),
        obey: (who, said, tell) => this.obey(who, said, tell),
        log: (error) => this.log.error({ request_id: request.id, error: String(error) }, 'gateway.error'),
      };
      const connection = new GatewayConnection(socket, house, String(request.id), LIFE_MS);
      this.connections.add(connection);
      if (tenant) {
        leaving.push(this.keys.watch(tenant, () => connection.close('expired')));
        connection.enter(tenant);
      }
      void connection.closed.then(() => this.connections.delete(connection));
    };
    this.handshakes.take(request, reply, { begin, ended });
  }

  /** Tells what has happened since the round before, to whoever's it is; answers whether there is more. */
  private async round(): Promise<boolean> {
    const tenantIds = [...new Set([...this.connections].flatMap(({ tenant }) => tenant?.tenantId ?? []))];
    if (this.connections.size === 0) {
      this.readUpTo = null;
      return false;
    }
    const upTo = await this.horizon.current();
    if (tenantIds.length === 0 || this.readUpTo === null) {
      this.readUpTo = upTo;
      return false;
    }
    const found = await this.events.ofTenants({ tenantIds, names: EVENTS_TOLD, after: this.readUpTo, upTo }, MOST);
    for (const event of found) this.hear(event);
    this.readUpTo = found.length === MOST ? found.at(-1)!.position : upTo;
    return found.length === MOST;
  }

  private hear(event: EventEnvelope): void {
    const reading = readingOf(event);
    // Written by a later release: it has no words for these clients.
    if (typeof reading === 'string') return;
    for (const { type, data } of messagesOf(reading)) {
      for (const connection of this.connections) {
        if (connection.tenant?.tenantId === event.tenantId) connection.tell(type, data);
      }
    }
  }

  /** Who comes in is told of all from before the answer that says so. */
  private async beginReading(): Promise<void> {
    const now = await this.horizon.current();
    this.readUpTo ??= now;
  }

  private async ofHandshake(request: FastifyRequest): Promise<TenantContext | null> {
    try {
      return whole(await this.logins.of(request));
    } catch (error) {
      if (error instanceof AppError && error.code === 'api_key_missing') return null;
      throw error;
    }
  }

  private async enter(
    token: string,
    ended: () => void,
    address: string,
    leaving: (() => void)[],
  ): Promise<TenantContext> {
    const tenant = whole(await this.logins.login(address, token));
    await this.beginReading();
    const place = this.slots.take(tenant.tenantId, tenant.keyId);
    // For the place of who was nobody yet.
    leaving.shift()?.();
    leaving.push(place, this.keys.watch(tenant, ended));
    return tenant;
  }

  /** Each costs as much as the request that it stands for. */
  private async obey(tenant: TenantContext, said: Parameters<GatewayHouse['obey']>[1], tell: Tell): Promise<void> {
    this.rates.take(tenant.tenantId);
    if (said.type === 'monitor_stock') throw new AppError('stock_not_told', 'monitor_stock');
    if (said.type === 'monitor_price') {
      need(tenant, 'imports:write');
      const { productId, targetPrice, percentDrop } = said;
      const watched = await this.desk.watch(tenant.tenantId, { productId, targetPrice, percentDrop });
      return tell('price_update', { ...watched, change: 'watched' });
    }
    need(tenant, 'carts:write');
    const text = said.text ?? wordsOf(said.items!);
    tell('nlp_processing', { text });
    tell('nlp_result', this.desk.read(text));
    tell('cart_update', { cartId: await this.desk.cart(tenant, text, said.cartId), status: 'open' });
  }
}

/** A token of one subject opens no door of all. */
function whole(tenant: TenantContext): TenantContext {
  if (tenant.only) throw new AppError('token_not_accepted', `token of ${tenant.only.subject}`);
  return tenant;
}

function need({ keyId, scopes }: TenantContext, scope: Scope): void {
  if (!scopes.includes(scope)) throw new AppError('scope_missing', `key ${keyId} lacks ${scope}`);
}
