import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Connections that never carried a request, such as browsers open ahead of need, count as busy for Node's server: without this a
 * process that stops would wait for them for as long as a connection may take to begin.
 */
export function dropUnusedConnections(fastify: FastifyInstance, server: Server): void {
  const unused = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  for (const used of ['request', 'upgrade']) server.on(used, ({ socket }: { socket: Socket }) => unused.delete(socket));
  fastify.addHook('preClose', async () => {
    for (const socket of unused) socket.destroy();
  });
}
