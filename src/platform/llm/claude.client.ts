import { setTimeout } from 'node:timers/promises';
import Anthropic, { APIConnectionError, APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';
import type { Deadline } from '../../common/deadline.js';
import { retryAfterMs } from '../../common/pacing/retry-after.js';
import { cleanJson, cleanText } from '../../common/text.js';
import type { Usage } from './pricing.js';

/** One question to a model. What callers wrote is in `data` alone, which goes in as JSON and is never an instruction. */
export interface Prompt<T> {
  /** Our own words; the last of them may be large and the same for many questions, so it is cached over there. */
  instructions: readonly string[];
  data: unknown;
  answer: z.ZodType<T>;
  maxTokens: number;
}

export const MODEL_FAILURES = [
  ...(['timeout', 'unreachable', 'rate_limited', 'overloaded', 'unauthorized', 'rejected'] as const),
  ...(['refused', 'cut_short', 'unreadable'] as const),
] as const;
export type ModelFailure = (typeof MODEL_FAILURES)[number];

export type Reply<T> =
  | { ok: true; value: T; usage: Usage; tries: number }
  /** `usage` null: nothing was billed; 'unknown': nobody can tell, so take the most it can have been. */
  | { ok: false; reason: ModelFailure; detail: string; usage: Usage | 'unknown' | null; tries: number };
type Failed = Extract<Reply<never>, { ok: false }>;

const TRIES = 3;
const FIRST_WAIT_MS = 500;
const REFUSED_AT_ONCE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Only what we use of a message. */
const Message = z.object({
  stop_reason: z.string().nullable(),
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
  usage: z.object({
    input_tokens: z.int().nonnegative(),
    output_tokens: z.int().nonnegative(),
    cache_creation_input_tokens: z.int().nonnegative().nullish(),
    cache_read_input_tokens: z.int().nonnegative().nullish(),
  }),
});

/**
 * The Messages API through its SDK. Failures are values. Refusals of the moment (429, 529, 5xx) are not billed and tried again, three
 * times in all and within the deadline, when the host says or after a growing pause; a call whose end nobody saw is not, for it may
 * have been billed.
 */
export class ClaudeClient {
  private readonly sdk: Anthropic;

  constructor({ apiKey, baseUrl }: { apiKey: string; baseUrl: string }) {
    this.sdk = new Anthropic({ apiKey, baseURL: baseUrl, maxRetries: 0, logLevel: 'off' });
  }

  async ask<T>(model: string, prompt: Prompt<T>, deadline: Deadline): Promise<Reply<T>> {
    for (let tries = 1; ; tries++) {
      const said = await this.once(model, prompt, deadline);
      if (said.ok) return { ...answerOf(said.message, prompt.answer), tries };
      const pauseMs = said.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (tries - 1) * (0.75 + Math.random() / 2);
      const again = said.retryAfterMs !== null && tries < TRIES && pauseMs < deadline.remainingMs();
      if (!again) return { ok: false, reason: said.reason, detail: said.detail, usage: said.usage, tries };
      await setTimeout(pauseMs);
    }
  }

  /** Null when the host answers and knows the key, otherwise why not. Costs nothing. */
  async problem(signal: AbortSignal): Promise<ModelFailure | null> {
    try {
      await this.sdk.models.list({ limit: 1 }, { signal });
      return null;
    } catch (error) {
      return refusalOf(error, signal.aborted).reason;
    }
  }

  private async once(
    model: string,
    { instructions, data, answer, maxTokens }: Prompt<unknown>,
    deadline: Deadline,
  ): Promise<{ ok: true; message: unknown } | Refused> {
    const signal = deadline.signal();
    try {
      const message = await this.sdk.messages.create(
        {
          model,
          max_tokens: maxTokens,
          thinking: { type: 'disabled' },
          system: instructions.map((text, index) => ({
            type: 'text' as const,
            text,
            ...(index === instructions.length - 1 ? { cache_control: { type: 'ephemeral' as const } } : {}),
          })),
          messages: [{ role: 'user', content: [{ type: 'text', text: JSON.stringify(data) }] }],
          output_config: { format: zodOutputFormat(answer) },
        },
        { timeout: Math.max(1, Math.ceil(deadline.remainingMs())), signal },
      );
      return { ok: true, message };
    } catch (error) {
      return refusalOf(error, signal.aborted);
    }
  }
}

interface Refused {
  ok: false;
  reason: ModelFailure;
  detail: string;
  usage: 'unknown' | null;
  /** When to try again: null is never, undefined as one likes. */
  retryAfterMs: number | null | undefined;
}

function refusalOf(error: unknown, late: boolean): Refused {
  const refused = (reason: ModelFailure, usage: 'unknown' | null, retryAfterMs: Refused['retryAfterMs']): Refused => ({
    ok: false,
    reason,
    usage,
    retryAfterMs,
    detail: error instanceof Error ? cleanText(`${error.name}: ${error.message.slice(0, 300)}`) : 'no error was thrown',
  });
  if (late || error instanceof APIConnectionTimeoutError) return refused('timeout', 'unknown', null);
  if (error instanceof APIConnectionError) {
    const neverLeft = REFUSED_AT_ONCE.has(codeOf(error));
    return refused('unreachable', neverLeft ? null : 'unknown', neverLeft ? undefined : null);
  }
  if (!(error instanceof APIError) || error.status === undefined) return refused('unreadable', 'unknown', null);
  const status = Number(error.status);
  const asked = (error.headers as Headers | undefined)?.get('retry-after') ?? undefined;
  if (status === 429) return refused('rate_limited', null, retryAfterMs(asked) ?? undefined);
  if (status === 408 || status === 409 || status >= 500) {
    return refused('overloaded', null, retryAfterMs(asked) ?? undefined);
  }
  if (status === 401 || status === 402 || status === 403) return refused('unauthorized', null, null);
  return refused('rejected', null, null);
}

/** Undici puts the code of the socket's error some causes deep. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : codeOf(cause);
}

/** The answer in a message, by our own schema again: the host holds its shape, not its limits. */
function answerOf<T>(
  received: unknown,
  answer: z.ZodType<T>,
): Omit<Extract<Reply<T>, { ok: true }>, 'tries'> | Omit<Failed, 'tries'> {
  const failed = (reason: ModelFailure, usage: Usage | 'unknown', detail: string) => ({
    ok: false as const,
    reason,
    usage,
    detail,
  });
  const message = Message.safeParse(received);
  if (!message.success) return failed('unreadable', 'unknown', 'the reply is no message');
  const { stop_reason, content, usage: billed } = message.data;
  const usage = {
    inputTokens: billed.input_tokens,
    outputTokens: billed.output_tokens,
    cacheWriteTokens: billed.cache_creation_input_tokens ?? 0,
    cacheReadTokens: billed.cache_read_input_tokens ?? 0,
  };
  if (stop_reason === 'refusal') return failed('refused', usage, 'the model refused');
  if (stop_reason === 'max_tokens') return failed('cut_short', usage, 'the answer was longer than allowed');
  const parsed = answer.safeParse(cleanJson(content.find(({ type }) => type === 'text')?.text ?? ''));
  if (!parsed.success) return failed('unreadable', usage, cleanText(z.prettifyError(parsed.error).slice(0, 300)));
  return { ok: true, value: parsed.data, usage };
}
