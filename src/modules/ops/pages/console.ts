import { readFile } from 'node:fs/promises';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../../config.js';
import { builtFile } from '../../../platform/data-file.js';
import { isPage, pagePolicy } from '../../../platform/http/pages/pages.js';

const CONSOLE_PATH = '/console';
/** Where one former system had people look at what they bought. */
const FORMER_PATH = '/walmart';
/** In the name of its cookie, whichever it has here. */
const SESSION = 'loopgpt-session=';

/**
 * The console: one page for every address below /console, which shows what the address names, and its files, each named by its content. They need no
 * key; what the page asks for does.
 */
export async function mountConsole(app: NestFastifyApplication, config: Config): Promise<void> {
  if (!config.roles.has('api')) return;
  // Read when it is first asked for: most processes never are.
  let page: Promise<string> | undefined;
  const answer = async ({ headers: { cookie } }: FastifyRequest, reply: FastifyReply) => {
    page ??= readFile(builtFile('console', 'index.html'), 'utf8');
    return reply
      .type('text/html; charset=utf-8')
      .header('Cache-Control', 'private, no-cache')
      .send(told(await page, { needsKey: config.production, mayHaveSession: cookie?.includes(SESSION) ?? false }));
  };
  await app
    .getHttpAdapter()
    .getInstance()
    .register(async (scope: FastifyInstance) => {
      scope.addHook('onSend', async (_request, reply) => {
        if (isPage(reply)) reply.header('Content-Security-Policy', consolePolicy());
      });
      await scope.register(fastifyStatic, {
        root: builtFile('console', 'assets'),
        prefix: `${CONSOLE_PATH}/assets/`,
        decorateReply: false,
        preCompressed: true,
        index: false,
        immutable: true,
        maxAge: '365d',
      });
      scope.get(FORMER_PATH, (_request, reply) => reply.redirect(`${CONSOLE_PATH}/history`));
      scope.get(CONSOLE_PATH, answer);
      scope.get(`${CONSOLE_PATH}/*`, answer);
    });
}

/** As any page of ours, and no text becomes markup, whichever script would have it so. */
const consolePolicy = (): string => `${pagePolicy()}; require-trusted-types-for 'script'; trusted-types 'none'`;

/** So that it asks who one is only where somebody may be. */
const told = (page: string, { needsKey, mayHaveSession }: { needsKey: boolean; mayHaveSession: boolean }): string =>
  page
    .replace('data-keys="needed"', `data-keys="${needsKey ? 'needed' : 'none'}"`)
    .replace('data-session="none"', `data-session="${mayHaveSession ? 'maybe' : 'none'}"`);
