import { isUtf8 } from 'node:buffer';
import { applyDecorators } from '@nestjs/common';
import { RouteConfig, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../common/errors.js';
import { mayBeUnfit, textFaults } from '../../common/text.js';

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

const TAKES_BYTES = 'takesBytes';
const FORM = 'x-form';
const BYTES = 'application/octet-stream';
const sentAs = new WeakMap<FastifyRequest, string | undefined>();

/**
 * A handler that reads its body itself, as a stream of bytes of whatever type; nothing of it is read before the guards agreed. OpenAPI tells
 * it as bytes, and as the form `form`.
 */
export const TakesBytes = (form: z.ZodType): MethodDecorator =>
  applyDecorators(RouteConfig({ [TAKES_BYTES]: true }), ApiExtension(FORM, schemaOf(form)));

function schemaOf(form: z.ZodType): object {
  const { $schema: _, ...schema } = z.toJSONSchema(form, { io: 'input' });
  return schema;
}

/** Puts what TakesBytes said where OpenAPI has it. */
export function documentBytes(operation: { requestBody?: unknown } & object): void {
  const known = operation as Record<string, unknown>;
  const schema = known[FORM] as object | undefined;
  if (schema === undefined) return;
  delete known[FORM];
  operation.requestBody = { required: true, content: { [BYTES]: { schema: {} }, 'multipart/form-data': { schema } } };
}

const takesBytes = (request: FastifyRequest): boolean =>
  (request.routeOptions.config as unknown as Record<string, unknown>)[TAKES_BYTES] === true;

/** The content type that such a body came with. */
export const contentTypeOf = (request: FastifyRequest): string | undefined => sentAs.get(request);

/** Whether a content type's charset, if it names one, is the only one that JSON has (RFC 8259 §8.1). */
export function isInUtf8(contentType: string | undefined): boolean {
  const named = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType ?? '')?.[1];
  return named === undefined || /^utf-?8$/i.test(named);
}

/**
 * Bodies are JSON in UTF-8 and nothing else, but where a handler takes bytes. What Fastify's own parser would take is put in front of it: bytes that are no UTF-8, other
 * charsets, too deep a nesting, text that breaks the rule for text. It refuses `__proto__` and compressed bodies itself.
 */
export function readBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser(['application/json', 'text/plain']);
  fastify.addHook('onRequest', async (request) => {
    if (!takesBytes(request)) return;
    sentAs.set(request, request.headers['content-type']);
    // Fastify chooses a parser by this header, and takes a body without it for none.
    request.raw.headers['content-type'] = BYTES;
  });
  fastify.addHook('onSend', async (request, reply) => {
    // What of a refused body is still to come would be taken for the next request.
    if (takesBytes(request) && !request.raw.complete) reply.header('Connection', 'close');
  });
  fastify.addContentTypeParser(BYTES, (request, body, done) => {
    done(takesBytes(request) ? null : new AppError('media_type_unsupported', BYTES), body);
  });
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (!isInUtf8(request.headers['content-type'])) return done(new AppError('media_type_unsupported', 'charset'));
    if (!isUtf8(bytes)) return done(fault([{ pointer: '', detail: 'the body is not in UTF-8' }]));
    const text = bytes.toString('utf8');
    if (depthOf(text) > MAX_DEPTH) return done(new AppError('request_too_deep', 'too deep'));
    // An action without parameters may come without a body.
    if (text === '') return done(null, {});
    return parse(request, text, (error, body) => {
      if (error) return done(fault([{ pointer: '', detail: isJson(text) ? POISONED : 'the body is not JSON' }]));
      const faults = mayBeUnfit(text) ? textFaults(body) : [];
      done(faults.length > 0 ? fault(faults) : null, body);
    });
  });
}

const POISONED = 'no property may be named __proto__, nor prototype within constructor';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const fault = (errors: { pointer: string; detail: string }[]): AppError =>
  new AppError('request_invalid', 'text', { errors });
