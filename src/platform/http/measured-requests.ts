import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Metrics } from '../telemetry/metrics.js';

/** Of what has no route: a path that nobody serves, or a request that could not be read. */
const NOWHERE = 'none';

/** Counts every answer by the template of its route, never by its path, which callers choose. */
export function measureRequests(app: NestFastifyApplication): void {
  const { httpDuration, httpRequests } = app.get(Metrics);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? NOWHERE;
      const { method } = request;
      httpDuration.observe({ method, route }, reply.elapsedTime / 1000);
      httpRequests.inc({ method, route, status: String(reply.statusCode) });
    });
}
