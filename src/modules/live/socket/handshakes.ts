import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { AppError } from '../../../common/errors.js';
import { Config } from '../../../config.js';
import { upgradeOf } from '../../../platform/http/upgrades.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { mayConnect } from '../deciding/socket-messages.js';

const MAX_MESSAGE_BYTES = 8 * 1024;

/** What becomes of a request that is one. */
interface Beginning {
  protocol?: string;
  begin: (socket: WebSocket) => void;
  ended: () => void;
}

/** How requests become WebSockets. */
@Injectable()
export class Handshakes {
  constructor(private readonly config: Config) {}

  /** Throws `upgrade_required` and `request_invalid`; nothing is read for it before. */
  check(request: FastifyRequest): void {
    if (!upgradeOf(request.raw)) throw new AppError('upgrade_required', 'no upgrade');
    const { 'sec-websocket-key': nonce, 'sec-websocket-version': version } = request.headers;
    if (/^[+/0-9A-Za-z]{22}==$/.test(nonce ?? '') && version === '13') return;
    const errors = [{ pointer: 'Sec-WebSocket-Key', detail: '16 bytes in base64, with Sec-WebSocket-Version: 13' }];
    throw new AppError('request_invalid', 'no handshake of RFC 6455', { errors });
  }

  /**
   * Throws `origin_not_allowed` for pages that may not connect. A cookie goes with any page's handshake, so its page has to say that it is ours:
   * whoever let the session in has judged what it says.
   */
  checkOrigin({ headers: { origin } }: FastifyRequest, tenant: TenantContext | null): void {
    const allowed = this.config.values.LOOPGPT_CORS_ORIGINS ?? [];
    if (tenant?.session ? origin !== undefined : mayConnect(origin, allowed)) return;
    throw new AppError('origin_not_allowed', `origin ${String(origin).slice(0, 100)}`);
  }

  /** Goes on as a WebSocket of `protocol`, or of the first that was offered and is no key. `ended` is called when the line is gone, begun or not. */
  take(request: FastifyRequest, reply: FastifyReply, { protocol, begin, ended }: Beginning): void {
    const upgrade = upgradeOf(request.raw)!;
    const server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      handleProtocols: (offered) => protocol ?? [...offered].find((one) => !/^lg[ct]_/.test(one)) ?? false,
    });
    upgrade.socket.once('close', ended);
    reply.hijack();
    upgrade.take();
    server.handleUpgrade(request.raw, upgrade.socket, upgrade.head, begin);
  }
}
