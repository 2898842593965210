import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppError } from '../../common/errors.js';

export const BODY_LIMIT_BYTES = 256 * 1024;
const MAX_DEPTH = 32;

/**
 * JSON nested deeper than 32 levels is refused before it is parsed: half a million brackets parse well but make everything
 * recursive after it throw. One pass over the text, brackets in strings not counted.
 */
export function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < json.length; index++) {
    const code = json.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth--;
  }
  return deepest;
}

/** Puts the depth limit in front of Fastify's own JSON parser, which refuses `__proto__` and compressed bodies itself. */
export function refuseDeepJson(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (depthOf(body) > MAX_DEPTH) return done(new AppError('request_too_deep', 'too deep'), undefined);
    // An action without parameters may come without a body.
    if (body === '') return done(null, {});
    return parse(request, body, done);
  });
}
