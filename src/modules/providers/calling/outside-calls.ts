import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Deadline } from '../../../common/deadline.js';
import { turn } from '../../../common/pacing/turns.js';
import { Config } from '../../../config.js';
import { HttpClient, type HttpAnswer } from '../../../platform/outgoing/http.client.js';
import type { Patience } from '../../../platform/resilience/patience.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { type Facts, beginSpan, isRecording, traceHeaders } from '../../../platform/telemetry/tracing.js';
import type { ProviderCall, ProviderTools } from '../provider.js';
import { providersMetrics } from '../providers.metrics.js';
import { MAIN_CALLS } from '../card.js';
import { cardOf } from '../cards.js';
import { CallBudgets } from './call-budgets.js';
import type { Connected } from './connections.js';
import { restMs, retryDelayMs } from './retries.js';

/** On whose behalf a provider is called: nobody's, when we try it ourselves. */
export interface Asking {
  tenantId: string | null;
  traceparent?: string;
}

/**
 * The calls that adapters make. Promises that each is counted, made only while the provider's budget lasts and while the provider has
 * not asked to be left alone, and made again where that can heal within the time that remains.
 */
@Injectable()
export class OutsideCalls {
  private readonly resting = new Map<string, Deadline>();

  constructor(
    private readonly http: HttpClient,
    private readonly budgets: CallBudgets,
    private readonly metrics: Metrics,
    private readonly config: Config,
  ) {}

  /** For one answer: `counted` is told of each call made. */
  by(connected: Connected, asking: Asking, patience: Patience, counted: () => void): ProviderTools['http'] {
    return {
      call: async (call: ProviderCall, signal: AbortSignal): Promise<HttpAnswer> => {
        for (let tries = 1; ; tries++) {
          const answer = await this.once(connected, asking, call, signal, patience, counted);
          const delay = retryDelayMs(call, answer, tries, patience.remainingMs());
          if (delay === null) {
            this.rest(connected, answer);
            return answer;
          }
          await setTimeout(delay, undefined, { signal }).catch(() => undefined); // the next call says that time is up
        }
      },
    };
  }

  /** Milliseconds for which the provider asked not to be called; 0 when it did not. */
  restsForMs({ fingerprint }: Connected): number {
    return this.resting.get(fingerprint)?.remainingMs() ?? 0;
  }

  private async once(
    connected: Connected,
    { tenantId, traceparent }: Asking,
    call: ProviderCall,
    signal: AbortSignal,
    patience: Patience,
    counted: () => void,
  ): Promise<HttpAnswer> {
    const limits = call.counts === null ? undefined : connected.limits.get(call.counts ?? MAIN_CALLS);
    const refusal = limits && (await patience.ours(() => this.budgets.take(limits, tenantId, signal)));
    if (refusal) return { ok: false, kind: 'budget', detail: refusal };
    counted();
    const { calls, costUsd } = this.metrics.of(providersMetrics);
    calls.inc({ provider: connected.id });
    costUsd.inc({ provider: connected.id }, this.config.values[`LOOPGPT_${cardOf(connected.id).prefix}_USD_PER_CALL`]);
    const span = traceparent ? beginSpan(`${call.method} ${connected.id}`, 'client', traceparent, factsOf(call)) : null;
    const headers = span ? { ...call.headers, ...traceHeaders(span.context) } : call.headers;
    const answer = await this.http.call({ ...call, ...(headers ? { headers } : {}) }, signal);
    if (answer.ok) span?.end({ 'http.response.status_code': answer.status });
    else span?.end({}, answer.kind);
    // Answers that arrive together are read one a turn, tenants in turn: reading one costs a millisecond and more.
    await patience.ours(() => turn(tenantId ?? ''));
    return answer;
  }

  private rest({ fingerprint }: Connected, answer: HttpAnswer): void {
    const ms = restMs(answer);
    if (ms !== null && ms > 0) this.resting.set(fingerprint, Deadline.in(ms));
  }
}

/** Of the address nothing but the host: the rest may hold who is asked for, or a key. */
const factsOf = ({ method, url }: ProviderCall): Facts =>
  isRecording() ? { 'http.request.method': method, 'server.address': new URL(url).host } : {};
