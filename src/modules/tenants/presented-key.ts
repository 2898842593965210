import type { FastifyRequest } from 'fastify';
import { TOKEN_PREFIX } from './browser-token.js';

/**
 * `Authorization: Bearer <key>`, the seed's `apikey` header, `?token=`, for a browser's EventSource sends no headers, or a subprotocol,
 * for its WebSocket sends no others. Pure.
 */
export function presentedKey({ headers, query }: Pick<FastifyRequest, 'headers' | 'query'>): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const { token } = (query ?? {}) as { token?: unknown };
  const ofQuery = token === undefined ? undefined : `${TOKEN_PREFIX}${String(token).replace(TOKEN_PREFIX, '')}`;
  const offered = /(?:^|[,\s])(lg[ct]_[^,\s]+)/.exec(headers['sec-websocket-protocol'] ?? '')?.[1];
  return bearer ?? (headers.apikey as string | undefined) ?? ofQuery ?? offered;
}
