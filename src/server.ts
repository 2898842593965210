import { maxHeaderSize } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from '@fastify/helmet';
import { Logger, PinoLogger } from 'nestjs-pino';
import { MIGRATIONS } from '../migrations/migrations.js';
import { ABOUT, AppModule, GROUPS } from './app.module.js';
import type { Config } from './config.js';
import { EventRouter } from './events/listening/event-router.js';
import { OutboxRelay } from './events/outbox.relay.js';
import { listenAtFormerPorts } from './modules/ops/former-ports/listening.js';
import { mountBullBoard } from './modules/ops/pages/bull-board.js';
import { mountConsole } from './modules/ops/pages/console.js';
import { prepareDatabase } from './platform/database/database.js';
import { BODY_LIMIT_BYTES, readBodies } from './platform/http/body.js';
import { guardBorder, refuseUnread, refuseUnrouted } from './platform/http/border.js';
import { tellFormerErrors } from './platform/http/former-errors.js';
import { KnownPaths } from './platform/http/known-paths.js';
import { mountDocuments } from './platform/http/pages/documents.js';
import { NO_PAGE, mountPages } from './platform/http/pages/pages.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { measureRequests } from './platform/http/measured-requests.js';
import { SchemaPipe } from './platform/http/schema-pipe.js';
import { dropUnusedConnections } from './platform/http/unused-connections.js';
import { routeUpgrades } from './platform/http/upgrades.js';
import { Metrics } from './platform/telemetry/metrics.js';
import { startTracing } from './platform/telemetry/opentelemetry.js';
import { beginRequest, traceRequests } from './platform/telemetry/traced-requests.js';
import { prepareQueues } from './queues/connection.js';

/** For all of a request to come, its body included. */
const REQUEST_MS = 15_000;

/**
 * The whole application, ready to listen: what main.ts starts and what the tests start too. Fastify's time limits default to none,
 * so each is set here (ms).
 */
export async function createServer(
  config: Config,
  more: readonly DynamicModule[] = [],
): Promise<NestFastifyApplication> {
  await startTracing(config);
  await prepareDatabase(config, MIGRATIONS);
  await prepareQueues(config);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_MS,
    connectionTimeout: 90_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    trustProxy: config.values.LOOPGPT_TRUST_PROXY ?? false,
    // A request's id is its trace's, whoever began the trace: what is made of it says the same id.
    genReqId: beginRequest,
    // An id of any length is not found like any other that there is not; Node bounds the whole head.
    routerOptions: { maxParamLength: maxHeaderSize },
    // Node takes the longer of its two limits for the whole request, and looks for those over it this often.
    http: { requireHostHeader: false, headersTimeout: REQUEST_MS, connectionsCheckingInterval: 1000 },
    // Fastify's and Node's own refusals, in the words of ours.
    return503OnClosing: false,
    frameworkErrors: refuseUnrouted,
    clientErrorHandler: refuseUnread,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forConfig(config, more), adapter, {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
  });
  app.useLogger(app.get(Logger));
  app.enableShutdownHooks();
  app.useGlobalPipes(new SchemaPipe());
  app.useGlobalFilters(new ProblemFilter(app.get(Metrics), await app.resolve(PinoLogger), new KnownPaths(app)));
  guardBorder(app, config.production || config.values.LOOPGPT_ALLOW_OPEN ? 'any host' : 'this machine');
  measureRequests(app);
  traceRequests(app);
  readBodies(app);
  tellFormerErrors(app);
  const fastify = app.getHttpAdapter().getInstance();
  dropUnusedConnections(fastify, fastify.server);
  listenAtFormerPorts(fastify, config);
  routeUpgrades(fastify, fastify.server);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: NO_PAGE },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  if (config.values.LOOPGPT_CORS_ORIGINS) app.enableCors(corsFor(config.values.LOOPGPT_CORS_ORIGINS));
  fastify.addHook('onSend', async (request, reply) => {
    reply.header('X-Request-Id', String(request.id));
    // Whoever knows that an answer may be kept says so.
    if (!reply.hasHeader('Cache-Control')) reply.header('Cache-Control', 'no-store');
  });
  mountPages(app);
  await mountBullBoard(app, config);
  await mountConsole(app, config);
  await mountDocuments(app, ABOUT, GROUPS);
  await app.init();
  await app.get(EventRouter).start();
  app.get(OutboxRelay).start();
  return app;
}

/** Keys travel in a header; cookies are for pages of this host, so none is ever asked of another's. */
const corsFor = (origins: readonly string[]) => ({
  origin: [...origins],
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: [
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'If-Match',
    'If-None-Match',
    'Last-Event-ID',
    'Prefer',
  ],
  exposedHeaders: [
    'ETag',
    'Idempotent-Replayed',
    'Location',
    'Preference-Applied',
    'RateLimit',
    'RateLimit-Policy',
    'Retry-After',
    'X-Request-Id',
  ],
  maxAge: 600,
});
