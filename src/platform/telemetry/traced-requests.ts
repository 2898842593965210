import type { IncomingHttpHeaders } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Span, beginSpan, isRecording, joinTrace, traceIdOf, traceparentFrom } from './tracing.js';

interface Raw {
  headers: IncomingHttpHeaders;
  method?: string;
  url?: string;
}

const begun = new WeakMap<object, Span>();

/** Asked for every few seconds by whoever watches, and on nobody's behalf. */
const WATCHED = /^\/(health|metrics)(\/|\?|$)/;

/**
 * A request's id is its trace's, whoever began the trace: what is made of it says the same id. From here on its header `traceparent` is what
 * is carried: with the id of the request's own span, and with its `tracestate`.
 */
export function beginRequest(request: Raw): string {
  const { headers, method = 'GET', url = '' } = request;
  const incoming = joinTrace(headers.traceparent as string | undefined, headers.tracestate as string | undefined);
  if (!isRecording() || WATCHED.test(url)) headers.traceparent = traceparentFrom(incoming);
  else {
    const span = beginSpan(method, 'server', incoming, { 'http.request.method': method });
    begun.set(request, span);
    headers.traceparent = span.context;
  }
  return traceIdOf(headers.traceparent as string)!;
}

/** Ends the span of a request with its answer, under the template of its route. */
export function traceRequests(app: NestFastifyApplication): void {
  if (!isRecording()) return;
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', async (request, reply) => {
      const span = begun.get(request.raw);
      if (!span) return;
      const { statusCode } = reply;
      const route = request.routeOptions.url;
      if (route !== undefined) span.rename(`${request.method} ${route}`);
      const facts = { 'http.route': route, 'http.response.status_code': statusCode };
      span.end(facts, statusCode >= 500 ? `status ${statusCode}` : undefined);
    });
}
