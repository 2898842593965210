import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** A connection whose request asks to go on as a WebSocket: `head` is what came after the request already. */
export interface Upgrade {
  socket: Socket;
  head: Buffer;
  /** Lets go of the connection: what becomes of it is the taker's, and no HTTP answer is sent. */
  take(): void;
}

const waiting = new WeakMap<IncomingMessage, Upgrade>();

/** The upgrade that a request asks for, or null when it asks for none. */
export const upgradeOf = (request: IncomingMessage): Upgrade | null => waiting.get(request) ?? null;

/**
 * Requests that ask for a WebSocket go the way of all others: the same guards, limits and problems, so that one that is refused
 * gets an ordinary answer. Node hands a server with such a listener the requests for other protocols too; those go on as if they
 * had not asked, as they do without it. `urlOf`: the path that one asked for here is served at.
 */
export function routeUpgrades(fastify: FastifyInstance, server: Server, urlOf = (url: string): string => url): void {
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') return begunAgain(server, request, socket, head);
    request.url = urlOf(request.url!);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => socket.end());
    // Whoever went away has no use for an answer, and nobody else listens here yet.
    const leave = () => void socket.destroy();
    socket.once('error', leave);
    waiting.set(request, {
      socket,
      head,
      take: () => {
        socket.off('error', leave);
        response.detachSocket(socket);
      },
    });
    fastify.routing(request, response);
  });
}

/** The request without its wish for another protocol, read anew: its body is still to come. */
function begunAgain(server: Server, request: IncomingMessage, socket: Socket, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 1 || /^(upgrade|connection|http2-settings)$/i.test(name) ? [] : [`${name}: ${rawHeaders[index + 1]}`],
  );
  socket.unshift(
    Buffer.concat([
      Buffer.from(`${method} ${url} HTTP/${httpVersion}\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
      head,
    ]),
  );
  server.emit('connection', socket);
}
