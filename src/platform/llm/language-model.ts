import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { z } from 'zod';
import type { Deadline } from '../../common/deadline.js';
import { newId } from '../../common/ids.js';
import { NowAndThen } from '../../common/pacing/now-and-then.js';
import { Config } from '../../config.js';
import { CircuitBreaker } from '../resilience/circuit-breaker.js';
import { Metrics, each, fromZero } from '../telemetry/metrics.js';
import { AiLedger, DENIED, type Denied, type Reservation } from './ai-ledger.js';
import { ClaudeClient, MODEL_FAILURES, type ModelFailure, type Prompt, type Reply } from './claude.client.js';
import { MICRO_USD_PER_CENT, costOf, mostOf, readPrices, tokensOf, type Price } from './pricing.js';

export interface Question<T> extends Prompt<T> {
  tenantId: string;
  /** What the cap is for, e.g. a plan's id. */
  subject: string;
  promptVersion: string;
  /** Everything asked for the subject together. */
  maxCents: number;
}

export interface Spent {
  microUsd: number;
  tokens: number;
}
export type Answered<T> =
  | ({ ok: true; value: T; model: string; cacheHit: boolean } & Spent)
  | ({ ok: false; reason: ModelFailure | Denied | 'off' | 'resting'; model: string | null } & Spent);

const NOTHING: Spent = { microUsd: 0, tokens: 0 };
/** Another model may do what this one cannot at the moment. */
const ANOTHER_MAY: ReadonlySet<string> = new Set(['rate_limited', 'overloaded', 'rejected']);
/** Signs that no model could be asked there: the host is dead, or the key. */
const DEAD: ReadonlySet<string> = new Set(['timeout', 'unreachable', 'unauthorized']);
/** Signs that this model has no room at the moment. */
const FULL: ReadonlySet<string> = new Set(['rate_limited', 'overloaded']);
/** After three such failures in a row it is left alone for half a minute. */
const REST = { inRow: 3, openMs: 30_000, whileProbing: 'refuse' } as const;
/** A question that had less than this share of the usual time says nothing by being late. */
const FAIR_SHARE = 0.95;
/** For calls that were not made. */
const NOT_MADE = { ok: false, usage: null, tries: 0, detail: 'it failed in a row and is left alone' } as const;
const HOST_RESTS = { ...NOT_MADE, reason: 'resting' } as const;
const MODEL_RESTS = { ...NOT_MADE, reason: 'overloaded' } as const;
/** There is one. */
const HOST = 'host';
/** Less is not worth asking another. */
const LEAST_MS = 500;
const LOOK_EVERY_MS = 30_000;

/**
 * The only way to a language model. Promises that nothing is asked beyond the caps, that the same question within the hour is not paid
 * twice, that every call leaves a row, and that it ends by the deadline; a model that keeps failing is left alone for half a minute, so that
 * not everybody waits for it. A failure is a value, and whoever asks must go on without.
 */
@Injectable()
export class LanguageModel {
  private readonly client: ClaudeClient | null;
  private readonly prices: ReadonlyMap<string, Price>;
  private readonly models: readonly string[];
  private readonly dayMicroUsd: number;
  private readonly timeoutMs: number;
  private readonly looked: NowAndThen<boolean>;
  private readonly hosts = new CircuitBreaker<Tried>(
    ({ reply, isFair }) => !reply.ok && DEAD.has(reply.reason) && (isFair || reply.reason !== 'timeout'),
    REST,
  );
  private readonly crowds = new CircuitBreaker<Reply<unknown>>((reply) => !reply.ok && FULL.has(reply.reason), REST);

  constructor(
    private readonly ledger: AiLedger,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
    { values }: Config,
  ) {
    const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseUrl } = values;
    this.client = apiKey === undefined ? null : new ClaudeClient({ apiKey, baseUrl });
    this.prices = readPrices(values.LOOPGPT_AI_PRICES);
    this.models = [values.LOOPGPT_AI_MODEL, values.LOOPGPT_AI_FALLBACK_MODEL].filter((model) => model !== 'none');
    this.dayMicroUsd = values.LOOPGPT_AI_CENTS_PER_DAY * MICRO_USD_PER_CENT;
    metrics.aiCapUsd.set(values.LOOPGPT_AI_CENTS_PER_DAY / 100);
    fromZero(metrics.aiCalls, each('model', this.models, 'result', ['ok', ...MODEL_FAILURES, ...DENIED]));
    fromZero(metrics.aiLatency, each('model', this.models));
    for (const counter of [metrics.aiUsd, metrics.aiTokens]) fromZero(counter, each('model', this.models));
    this.timeoutMs = values.LOOPGPT_AI_TIMEOUT_MS;
    this.looked = new NowAndThen(async (signal) => (await this.client!.problem(signal)) === null, LOOK_EVERY_MS);
  }

  get isOn(): boolean {
    return this.client !== null;
  }

  /** Whether it could be asked now; null when there is none. Asked of the host once in half a minute at most. */
  async isReachable(signal: AbortSignal): Promise<boolean | null> {
    return this.client === null ? null : this.looked.get(signal);
  }

  async ask<T>(question: Question<T>, until: Deadline): Promise<Answered<T>> {
    const deadline = until.within(this.timeoutMs);
    let answered: Answered<T> = { ok: false, reason: 'off', model: null, ...NOTHING };
    if (this.client === null) return answered;
    const before: Spent = { ...NOTHING };
    for (const model of this.models) {
      answered = await this.askOne(this.client, model, question, deadline);
      before.microUsd += answered.microUsd;
      before.tokens += answered.tokens;
      if (answered.ok || !ANOTHER_MAY.has(answered.reason) || deadline.remainingMs() < LEAST_MS) break;
    }
    return { ...answered, ...before };
  }

  private async askOne<T>(
    client: ClaudeClient,
    model: string,
    question: Question<T>,
    deadline: Deadline,
  ): Promise<Answered<T>> {
    const price = this.prices.get(model)!; // the configuration is refused without one
    const reservation = reservationOf(model, question, price);
    const known = await this.ledger.cached(reservation);
    const again = known === null ? null : question.answer.safeParse(known.answer);
    if (again?.success) return { ok: true, value: again.data, model, cacheHit: true, ...NOTHING };
    const denied = await this.ledger.reserve(reservation, {
      subjectMicroUsd: question.maxCents * MICRO_USD_PER_CENT,
      dayMicroUsd: this.dayMicroUsd,
    });
    if (denied !== null) return this.told(model, question, { ok: false, reason: denied, model, ...NOTHING });
    const from = performance.now();
    const isFair = deadline.remainingMs() >= this.timeoutMs * FAIR_SHARE;
    const asked = () => client.ask(model, question, deadline);
    const tried = await this.hosts.run(HOST, async () => ({
      reply: (await this.crowds.run(model, asked)) ?? MODEL_RESTS,
      isFair,
    }));
    const reply = tried?.reply ?? HOST_RESTS;
    const spent = spentOn(reply, price, reservation.microUsd);
    await this.ledger.settle(reservation.id, {
      status: reply.ok ? 'completed' : 'failed',
      reason: reply.ok ? null : reply.reason,
      ...spent,
      tries: reply.tries,
      durationMs: Math.round(performance.now() - from),
      answer: reply.ok ? JSON.stringify(reply.value) : null,
    });
    this.metrics.aiLatency.observe({ model }, (performance.now() - from) / 1000);
    this.metrics.aiUsd.inc({ model }, spent.microUsd / 1e6);
    this.metrics.aiTokens.inc({ model }, spent.tokens);
    if (reply.ok) return this.told(model, question, { ok: true, value: reply.value, model, cacheHit: false, ...spent });
    return this.told(model, question, { ok: false, reason: reply.reason, model, ...spent }, reply.detail);
  }

  /** One line for each call, without a word of what was asked or answered. */
  private told<T>(model: string, { subject }: Question<T>, answered: Answered<T>, detail?: string): Answered<T> {
    const result = answered.ok ? 'ok' : answered.reason;
    this.metrics.aiCalls.inc({ model, result });
    const line = { subject, model, result, micro_usd: answered.microUsd, tokens: answered.tokens, detail };
    if (answered.ok) this.log.info(line, 'ai.asked');
    else this.log.warn(line, 'ai.failed');
    return answered;
  }
}

interface Tried {
  reply: Reply<unknown> | typeof MODEL_RESTS;
  isFair: boolean;
}

function reservationOf(model: string, question: Question<unknown>, price: Price): Reservation {
  const { tenantId, subject, promptVersion, instructions, data, answer, maxTokens } = question;
  const prompt = JSON.stringify([instructions, data]);
  const schema = JSON.stringify(z.toJSONSchema(answer));
  return {
    id: newId('aic'),
    tenantId,
    subject,
    model,
    promptVersion,
    cacheKey: createHash('sha256')
      .update(JSON.stringify([model, maxTokens, schema, prompt]))
      .digest('hex'),
    microUsd: mostOf(price, Buffer.byteLength(prompt) + Buffer.byteLength(schema), maxTokens),
  };
}

function spentOn({ usage }: Pick<Reply<unknown>, 'usage'>, price: Price, mostMicroUsd: number): Spent {
  if (usage === null) return NOTHING;
  if (usage === 'unknown') return { microUsd: mostMicroUsd, tokens: 0 };
  return { microUsd: costOf(price, usage), tokens: tokensOf(usage) };
}
