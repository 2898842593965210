import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Puts a weak ETag of what is answered on the reply, and answers it. */
export function sendWithEtag(reply: FastifyReply, body: unknown): string {
  const etag = `W/"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`;
  reply.header('ETag', etag);
  return etag;
}

/** Whether the caller already has this version (`If-None-Match`, weak comparison, RFC 9110 §13.1.2). */
export function notModified(etag: string, request: FastifyRequest): boolean {
  const known = request.headers['if-none-match'];
  if (!known) return false;
  return known === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag.replace(/^W\//, ''));
}
