import { HttpCode, applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

/** RFC 9457 problem details as every error is sent. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    retryable: z.boolean(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
    present: z.record(z.string(), z.unknown()).optional().describe('what holds now instead'),
    error: z
      .object({ code: z.string(), message: z.string() })
      .optional()
      .describe(
        'only at the former doors, such as those below /functions/v1: the same as callers of the former systems know it',
      ),
  })
  .meta({ id: 'Problem' });

const REASONS: Readonly<Record<number, string>> = {
  101: 'Goes on as a WebSocket',
  200: 'Done',
  201: 'Created',
  202: 'Accepted; the outcome follows',
  204: 'Done',
  304: 'Not changed since the version in If-None-Match',
  400: 'The request is malformed',
  401: 'No usable API key',
  403: 'The key lacks a scope',
  404: 'No such thing for this tenant',
  409: 'Clashes with its present state',
  410: 'Gone',
  413: 'Too large',
  415: 'Not JSON',
  422: 'Understood, but cannot be done as asked',
  426: 'To be asked for as a WebSocket',
  429: 'Too much; see Retry-After',
  503: 'Not now; see Retry-After',
};

/** What every endpoint may answer beside the good. */
const USUAL = [400, 401, 403, 429, 503] as const;

/** What an endpoint is called, and what it does. */
export const Named = (operationId: string, summary: string): MethodDecorator => ApiOperation({ operationId, summary });

/** Names an endpoint and says all that it can answer: its own good and bad, and what every endpoint may say. Feeds OpenAPI. */
export function Describes(
  operationId: string,
  summary: string,
  good: Readonly<Record<number, z.ZodType | null>>,
  problems: readonly number[] = [],
): MethodDecorator {
  return applyDecorators(
    Named(operationId, summary),
    Answers(
      good,
      [...USUAL, ...problems].sort((a, b) => a - b),
    ),
  );
}

/**
 * Every status an endpoint itself can answer: schemas for the good ones, problem+json for the rest. Feeds OpenAPI. The first of the good ones
 * is what it answers unless it says otherwise.
 */
export function Answers(
  good: Readonly<Record<number, z.ZodType | null>>,
  problems: readonly number[],
): MethodDecorator {
  const first = Number(Object.keys(good)[0]);
  return applyDecorators(
    ...(first >= 200 ? [HttpCode(first)] : []),
    ...Object.entries(good).map(([status, schema]) =>
      ApiResponse({
        status: Number(status),
        description: REASONS[Number(status)] ?? '',
        ...(schema ? { standardSchema: schema } : {}),
      }),
    ),
    ...[...problems, 500].map((status) => ApiResponse({ status, ...problemResponse(status) })),
  );
}

/** What is answered before any endpoint is asked: an unfit path, query or body, and a process that stops. */
export const AT_THE_BORDER = { always: [400, 503], withBody: [413, 415, 422] } as const;

export const problemResponse = (status: number) => ({
  description: REASONS[status] ?? 'Our fault; logged',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
