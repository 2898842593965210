import { createServer, type Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../../config.js';
import { refuseUnread } from '../../../platform/http/border.js';
import { dropUnusedConnections } from '../../../platform/http/unused-connections.js';
import { routeUpgrades } from '../../../platform/http/upgrades.js';
import { todaysUrl, type FormerName } from './former-ports.js';

/**
 * Listens at the ports of LOOPGPT_DOORS once the application is ready, for callers of former services that cannot be changed. A request
 * goes the way of all others, with the same guards, limits and metrics, but reaches that service's paths alone. The application does not
 * get ready where a port is taken, and closes them with itself.
 */
export function listenAtFormerPorts(fastify: FastifyInstance, { values }: Config): void {
  const servers = values.LOOPGPT_DOORS.map(({ name, port }) => ({ server: serverOf(fastify, name), port }));
  fastify.addHook('onReady', async () => {
    for (const { server, port } of servers) await listen(server, port, values.HOST);
  });
  fastify.addHook('preClose', async () => {
    for (const { server } of servers) {
      server.close();
      server.closeIdleConnections();
    }
  });
}

function serverOf(fastify: FastifyInstance, name: FormerName): Server {
  const { headersTimeout, requestTimeout, keepAliveTimeout, timeout } = fastify.server;
  const limits = { headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval: 1000 };
  const server = createServer({ ...limits, requireHostHeader: false }, (request, response) => {
    request.url = todaysUrl(name, request.url!);
    fastify.routing(request, response);
  });
  routeUpgrades(fastify, server, (url) => todaysUrl(name, url));
  server.timeout = timeout;
  server.on('clientError', refuseUnread);
  dropUnusedConnections(fastify, server);
  return server;
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
