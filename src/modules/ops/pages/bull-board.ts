import { createHash, timingSafeEqual } from 'node:crypto';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../../config.js';
import { Queues } from '../../../queues/queues.js';
import { isPage, pagePolicy } from '../../../platform/http/pages/pages.js';
import { FailedLogins } from '../../tenants/failed-logins.service.js';
import { ownFilesOnly } from './board-page.js';

const BOARD_PATH = '/admin/queues';
/** A page of the board's that needs a store of its own, which is not kept; Prometheus has the history. */
const NO_HISTORY = `${BOARD_PATH}/metrics-history`;
const DEVELOPMENT_PASSWORD = 'development';
/** Of the one style its scripts put into the page, which hides a scroll bar. */
const STYLES = ['sha256-r2N1TB/gHbBtBZFKg7ejmq1acVSREzucTAEw6ga4hoU='];

type Viewer = 'admin' | 'reader';

/**
 * Bull Board behind a login: `admin` may retry and delete, `reader` looks only. Every change must come from the board's own page
 * (same origin), so another site cannot use an operator's browser. Off in production unless configured.
 */
export async function mountBullBoard(app: NestFastifyApplication, config: Config): Promise<void> {
  if (!config.bullBoard || !config.roles.has('api')) return;
  const adapter = new FastifyAdapter();
  createBullBoard({
    queues: app
      .get(Queues)
      .all()
      .map(([, queue]) => new BullMQAdapter(queue)),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'LoopGPT Commerce' } },
  });
  adapter.setBasePath(BOARD_PATH);
  // The hook lives in the board's own scope: whatever spelling of the path leads there passes the guard.
  await app
    .getHttpAdapter()
    .getInstance()
    .register(async (scope: FastifyInstance) => {
      scope.addHook('onRequest', async (request, reply) => guard(config, app.get(FailedLogins), request, reply));
      scope.addHook('onSend', async (_request, reply, payload) => {
        if (!isPage(reply)) return payload;
        reply.header('Content-Security-Policy', pagePolicy(STYLES));
        return ownFilesOnly(String(payload));
      });
      await scope.register(adapter.registerPlugin(), { prefix: BOARD_PATH });
    });
}

function guard(
  config: Config,
  failures: FailedLogins,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | undefined {
  const waitSeconds = failures.refusedFor(request.ip);
  if (waitSeconds > 0) {
    return reply.status(429).header('Retry-After', String(waitSeconds)).send('Too many logins have failed; wait.');
  }
  const viewer = viewerOf(config, request.headers.authorization);
  if (!viewer) {
    if (request.headers.authorization) failures.failed(request.ip, 'board');
    return reply
      .status(401)
      .header('WWW-Authenticate', 'Basic realm="queues", charset="UTF-8"')
      .send('A login is needed.');
  }
  if (request.url.split('?')[0] === NO_HISTORY) {
    return reply.status(404).type('text/plain').send('The board keeps no history; /metrics has what Prometheus keeps.');
  }
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return undefined;
  if (viewer === 'reader') return reply.status(403).send('This login looks only.');
  if (!sameOrigin(request)) return reply.status(403).send('Changes must come from the board itself.');
  return undefined;
}

function viewerOf(config: Config, authorization: string | undefined): Viewer | null {
  const { LOOPGPT_ADMIN_PASSWORD, LOOPGPT_READER_PASSWORD } = config.values;
  const admin = LOOPGPT_ADMIN_PASSWORD ?? (config.production ? undefined : DEVELOPMENT_PASSWORD);
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/.exec(authorization ?? '')?.[1];
  if (!encoded) return null;
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  if (admin && same(given, `admin:${admin}`)) return 'admin';
  if (LOOPGPT_READER_PASSWORD && same(given, `reader:${LOOPGPT_READER_PASSWORD}`)) return 'reader';
  return null;
}

function same(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** Browsers state where a request comes from; one that does not is no browser and carries its password knowingly. */
function sameOrigin(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.headers.host);
}
