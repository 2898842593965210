import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { z } from 'zod';
import type { Problem } from './answers.decorator.js';

/** Where callers of the former systems knock. */
const FORMER = /^\/(functions\/|api\/|(calculate|bulk|promotions)([?#/]|$))/;

/** The former systems' names of what went wrong, where they had one. */
const FORMER_CODES: Readonly<Record<string, string>> = {
  request_invalid: 'VALIDATION_FAILED',
  api_key_missing: 'UNAUTHORIZED',
  api_key_invalid: 'UNAUTHORIZED',
  token_invalid: 'UNAUTHORIZED',
  providers_none_enabled: 'NO_PROVIDERS_AVAILABLE',
};

/**
 * At the former doors every problem also says `error.code` and `error.message`, which is all their callers look for. One place for
 * whoever refuses: guards, schemas, limits and the router.
 */
export function tellFormerErrors(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (request, reply, payload) => {
      if (!FORMER.test(request.url) || typeof payload !== 'string') return payload;
      if (!String(reply.getHeader('content-type')).startsWith('application/problem+json')) return payload;
      const problem = JSON.parse(payload) as z.infer<typeof Problem>;
      const told = JSON.stringify({ ...problem, error: formerErrorOf(problem) });
      reply.header('content-length', Buffer.byteLength(told));
      return told;
    });
}

/** The message names each place to mend, for there is no other field for it. */
export function formerErrorOf({ code, status, detail, errors }: z.infer<typeof Problem>): {
  code: string;
  message: string;
} {
  const places = errors?.map(({ pointer, detail: fault }) => `${pointer.replace(/^\//, '') || 'body'}: ${fault}`);
  const sentence = places?.length ? places.join('; ') : detail;
  return {
    code: FORMER_CODES[code] ?? code.toUpperCase(),
    message: status === 401 ? `Unauthorized: ${sentence}` : sentence,
  };
}
