import type { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Connections that never carried a request, such as browsers open ahead of need, count as busy for Node's server: without this a
 * process that stops would wait for them for as long as a connection may take to begin.
 */
export function dropUnusedConnections(app: NestFastifyApplication): void {
  const unused = new Set<Socket>();
  const fastify = app.getHttpAdapter().getInstance();
  const { server } = fastify;
  server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  for (const used of ['request', 'upgrade']) server.on(used, ({ socket }: { socket: Socket }) => unused.delete(socket));
  fastify.addHook('preClose', async () => {
    for (const socket of unused) socket.destroy();
  });
}
