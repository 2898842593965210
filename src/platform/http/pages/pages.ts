import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { dataFile } from '../../data-file.js';

/** What is no page has nothing to load. */
export const NO_PAGE = { 'default-src': [`'none'`], 'frame-ancestors': [`'none'`] };

/**
 * What a page may load: files of our own by name. Nothing inline, so that a text which ends up in one cannot run. `styles` are the
 * hashes of what a script that is not ours puts in beside.
 */
export const pagePolicy = (styles: readonly string[] = []): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'${styles.map((hash) => ` '${hash}'`).join('')}`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `base-uri 'self'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');

export const isPage = (reply: FastifyReply): boolean => String(reply.getHeader('content-type')).startsWith('text/html');

const FILES: Readonly<Record<string, string>> = {
  'pages.css': 'text/css; charset=utf-8',
  'home.js': 'text/javascript; charset=utf-8',
  'docs.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  'sample.json': 'application/json; charset=utf-8',
};

/** Gives every page its policy, whoever makes it, and serves what ours load. */
export function mountPages(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onSend', async (_request, reply) => {
    if (isPage(reply)) reply.header('Content-Security-Policy', pagePolicy());
  });
  for (const [name, type] of Object.entries(FILES)) {
    const text = dataFile('pages', name);
    fastify.get(`/pages/${name}`, (_request, reply) =>
      reply.type(type).header('Cache-Control', 'public, max-age=300').send(text),
    );
  }
}
