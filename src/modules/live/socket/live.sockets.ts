import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import type { WebSocket } from 'ws';
import { AppError } from '../../../common/errors.js';
import { problemOf, toAppError } from '../../../platform/http/problem.filter.js';
import { KeyWatch } from '../../tenants/key-watch.service.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { LIFE_MS } from '../deciding/follower.js';
import { LiveService } from '../live.service.js';
import { StreamSlots } from '../stream-slots.js';
import { PROTOCOL, speaksOurs, textOf } from '../deciding/socket-messages.js';
import { Handshakes } from './handshakes.js';
import { LiveSocket } from './live.socket.js';

const BEAT_MS = 15_000;
/** How long a stopping process waits for its clients to say goodbye. */
const GOODBYE_MS = 1000;

/** The WebSockets of this process. */
@Injectable()
export class LiveSockets {
  private readonly sockets = new Set<LiveSocket>();
  private beating: NodeJS.Timeout | undefined;

  constructor(
    private readonly live: LiveService,
    private readonly slots: StreamSlots,
    private readonly keys: KeyWatch,
    private readonly handshakes: Handshakes,
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
    this.handshakes.check(request);
    this.handshakes.checkOrigin(request, tenant);
    const { 'sec-websocket-protocol': offered } = request.headers;
    if (!speaksOurs(offered)) {
      const errors = [{ pointer: 'Sec-WebSocket-Protocol', detail: `offer ${PROTOCOL}` }];
      throw new AppError('request_invalid', 'no subprotocol of ours', { errors });
    }
    const release = this.slots.take(tenant.tenantId, tenant.keyId);
    const begin = (webSocket: WebSocket) => {
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
    };
    this.handshakes.take(request, reply, { protocol: PROTOCOL, begin, ended: release });
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
