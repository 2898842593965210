import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Metrics, fromZero } from '../telemetry/metrics.js';

/** Of what has no route: a path that nobody serves, or a request that could not be read. */
const NOWHERE = 'none';

/** Counts every answer by the template of its route, never by its path, which callers choose. */
export function measureRequests(app: NestFastifyApplication): void {
  const { httpDuration, httpRequests } = app.get(Metrics);
  const seen = new Set<string>();
  // Errors of ours are told from 0 wherever anything was answered: without one there would be no share of them.
  const failsFromZero = (method: string, route: string): void => {
    const key = `${method} ${route}`;
    if (seen.has(key)) return;
    seen.add(key);
    fromZero(httpRequests, [{ method, route, status: '500' }]);
  };
  failsFromZero('GET', NOWHERE);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? NOWHERE;
      const { method } = request;
      failsFromZero(method, route);
      httpDuration.observe({ method, route }, reply.elapsedTime / 1000);
      httpRequests.inc({ method, route, status: String(reply.statusCode) });
    });
}
