import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { WebSocketServer } from 'ws';
import { AppError } from '../../../common/errors.js';
import { Config } from '../../../config.js';
import { problemOf, toAppError } from '../../../platform/http/problem.filter.js';
import { upgradeOf } from '../../../platform/http/upgrades.js';
import { KeyWatch } from '../../tenants/key-watch.service.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { LIFE_MS } from '../deciding/follower.js';
import { LiveService } from '../live.service.js';
import { StreamSlots } from '../stream-slots.js';
import { PROTOCOL, mayConnect, speaksOurs, textOf } from '../deciding/socket-messages.js';
import { LiveSocket } from './live.socket.js';

const MAX_MESSAGE_BYTES = 8 * 1024;
const BEAT_MS = 15_000;
/** How long a stopping process waits for its clients to say goodbye. */
const GOODBYE_MS = 1000;

/** The WebSockets of this process. */
@Injectable()
export class LiveSockets {
  private readonly sockets = new Set<LiveSocket>();
  private readonly server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => PROTOCOL,
  });
  private beating: NodeJS.Timeout | undefined;

  constructor(
    private readonly live: LiveService,
    private readonly slots: StreamSlots,
    private readonly keys: KeyWatch,
    private readonly config: Config,
    private readonly log: PinoLogger,
  ) {}

  start(): void {
    this.beating = setInterval(() => {
      for (const socket of this.sockets) socket.beat();
    }, BEAT_MS).unref();
  }

  /** Tells every client to go on elsewhere. */
  async stop(): Promise<void> {
    clearInterval(this.beating);
    const open = [...this.sockets];
    for (const socket of open) socket.close('stopping');
    await Promise.race([Promise.all(open.map(({ closed }) => closed)), sleep(GOODBYE_MS, null, { ref: false })]);
    for (const socket of this.sockets) socket.terminate();
  }

  /**
   * Goes on with a request as a WebSocket. Throws `origin_not_allowed`, `upgrade_required`, `request_invalid` and what too many streams
   * are refused with; nothing is read for it before.
   */
  open(tenant: TenantContext, request: FastifyRequest, reply: FastifyReply): void {
    const upgrade = upgradeOf(request.raw);
    if (!upgrade) throw new AppError('upgrade_required', 'no upgrade');
    const { origin, 'sec-websocket-protocol': offered, 'sec-websocket-key': nonce } = request.headers;
    if (!/^[+/0-9A-Za-z]{22}==$/.test(nonce ?? '') || request.headers['sec-websocket-version'] !== '13') {
      const errors = [{ pointer: 'Sec-WebSocket-Key', detail: '16 bytes in base64, with Sec-WebSocket-Version: 13' }];
      throw new AppError('request_invalid', 'no handshake of RFC 6455', { errors });
    }
    // A cookie goes with any page's handshake, so its page has to say that it is ours: the guard has judged what it says.
    const isAllowed = tenant.session
      ? origin !== undefined
      : mayConnect(origin, this.config.values.LOOPGPT_CORS_ORIGINS ?? []);
    if (!isAllowed) {
      throw new AppError('origin_not_allowed', `origin ${String(origin).slice(0, 100)}`);
    }
    if (!speaksOurs(offered)) {
      const errors = [{ pointer: 'Sec-WebSocket-Protocol', detail: `offer ${PROTOCOL}` }];
      throw new AppError('request_invalid', 'no subprotocol of ours', { errors });
    }
    const release = this.slots.take(tenant.tenantId, tenant.keyId);
    upgrade.socket.once('close', release);
    reply.hijack();
    upgrade.take();
    this.server.handleUpgrade(request.raw, upgrade.socket, upgrade.head, (webSocket) => {
      const house = {
        follow: this.live.subscribe.bind(this.live, tenant),
        problemOf: (error: unknown, subject: string | null) => this.problemOf(error, subject, String(request.id)),
      };
      const socket = new LiveSocket(webSocket, house, Math.min(LIFE_MS, tenant.only?.lifeMs ?? LIFE_MS));
      this.sockets.add(socket);
      const unwatch = this.keys.watch(tenant, () => socket.close('expired'));
      void socket.closed.then(() => {
        unwatch();
        this.sockets.delete(socket);
      });
    });
  }

  private problemOf(thrown: unknown, subject: string | null, instance: string): string {
    const error = toAppError(thrown);
    const problem = problemOf(error, instance);
    if (problem.status >= 500) {
      this.log.error({ request_id: instance, code: error.code, error: String(thrown) }, 'socket.error');
    }
    const retryAfterSeconds = error.extra.retryAfterSeconds ?? null;
    return textOf({ type: 'error', subject, problem, retryAfterSeconds });
  }
}
