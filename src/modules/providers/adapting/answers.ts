import { retryAfterMs } from '../../../common/pacing/retry-after.js';
import { jsonOf, type HttpAnswer } from '../../../platform/outgoing/http.client.js';
import type { FailureReason, QuoteFailure } from '../provider.js';
import { ReadAnswers } from './read-answers.js';

/** Shared by the adapters: what an HTTP answer means, as values. Details are our own sentences and carry nothing of theirs. */
export type Parsed<T> =
  { ok: true; value: T; headers: Readonly<Record<string, string>> } | { ok: false; failure: QuoteFailure };

export function fail(
  reason: FailureReason,
  detail: string,
  retryAfterMs: number | null = null,
): { ok: false; failure: QuoteFailure } {
  return { ok: false, failure: { reason, detail, retryAfterMs } };
}

const readAnswers = new ReadAnswers();

/** The body of a 2xx answer through its schema; anything else as a typed failure. */
export function parseAnswer<T>(
  provider: string,
  answer: HttpAnswer,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
): Parsed<T> {
  if (!answer.ok) return httpFailure(provider, answer);
  if (answer.status < 200 || answer.status > 299) return statusFailure(provider, answer.status, answer.headers);
  const read = readAnswers.of(answer.bytes, schema, () => {
    const parsed = schema.safeParse(jsonOf(answer.bytes));
    return parsed.success ? { value: parsed.data } : undefined;
  });
  return read
    ? { ok: true, value: read.value, headers: answer.headers }
    : fail('invalid_response', `${provider} answered something that does not fit its schema`);
}

function httpFailure(
  provider: string,
  answer: Extract<HttpAnswer, { ok: false }>,
): { ok: false; failure: QuoteFailure } {
  if (answer.kind === 'too_large') return fail('response_too_large', `${provider} sent an ${answer.detail}`);
  if (answer.kind === 'budget') return fail('budget_exhausted', `${provider} was not asked: ${answer.detail}`);
  if (answer.kind === 'timeout') return fail('timeout', `${provider} gave no complete answer in time`);
  if (answer.kind === 'protocol') return fail('invalid_response', `${provider} did not speak HTTP: ${answer.detail}`);
  return fail('unavailable', `${provider} cannot be reached: ${answer.kind}`);
}

function statusFailure(
  provider: string,
  status: number,
  headers: Readonly<Record<string, string>>,
): { ok: false; failure: QuoteFailure } {
  const said = `${provider} answered ${status}`;
  if (status === 401 || status === 403) return fail('unauthorized', `Unauthorized: ${said}`);
  if (status === 429) return fail('rate_limited', said, retryAfterMs(headers['retry-after']));
  if (status >= 500) return fail('unavailable', said, retryAfterMs(headers['retry-after']));
  return fail('bad_request', said);
}
