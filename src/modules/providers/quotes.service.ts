import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { Deadline } from '../../common/deadline.js';
import { Config } from '../../config.js';
import { Cache } from '../../platform/cache/cache.js';
import { HttpClient, type HttpAnswer, type HttpCall } from '../../platform/http/http.client.js';
import { CircuitBreaker, type BreakerState } from '../../platform/resilience/circuit-breaker.js';
import { Limiter } from '../../platform/resilience/limiter.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { traceIdOf } from '../../platform/telemetry/tracing.js';
import { SwitchesService } from '../switches/switches.service.js';
import { fail } from './answers.js';
import { CallBudgets, type BudgetUse, type CallLimits } from './call-budgets.js';
import type { Provider, ProviderAdapter, ProviderAnswer, ProviderId, QuoteRequest, QuoteResult } from './provider.js';
import { PROVIDERS } from './registry.js';
import { callLimitsOf, connectionOf, type Connection } from './settings.js';

/** How long after the route's deadline an answer is still wanted, to be kept as late. */
const LATE_GRACE_MS = 2000;
const CONCURRENT_PER_PROVIDER = 256;
const WAITING_PER_PROVIDER = 2000;

/** Reasons that speak of the provider's health; the others are about this cart or about us. */
const UNHEALTHY = new Set(['timeout', 'unavailable', 'invalid_response', 'response_too_large']);

export interface ProviderState {
  id: ProviderId;
  name: string;
  kind: Provider['kind'];
  priority: number;
  capabilities: Provider['capabilities'];
  commissionBps: number | null;
  state: Connection['state'];
  simulated: boolean;
  timeoutMs: number | null;
  breaker: BreakerState;
  inFlight: number;
  healthy: boolean;
}

interface Connected {
  provider: Provider;
  connection: Connection;
  /** Null: nothing limits its calls, and none is counted. */
  limits: CallLimits | null;
}

/**
 * Asks providers. Promises an answer for each, good or bad, as a value and the moment it lands; leaves what the answers mean to
 * routing. Each provider has its own timeout, concurrency limit and circuit breaker, so one cannot hurt another.
 */
@Injectable()
export class QuotesService {
  private readonly connectedUnder = new WeakMap<Config['values'], ReadonlyMap<ProviderId, Connected>>();
  private readonly limiter = new Limiter(CONCURRENT_PER_PROVIDER, WAITING_PER_PROVIDER);
  private readonly breaker = new CircuitBreaker<QuoteResult>(
    (result) => !result.ok && UNHEALTHY.has(result.failure.reason),
  );
  private readonly refused = new Set<ProviderId>();

  constructor(
    private readonly config: Config,
    private readonly switches: SwitchesService,
    private readonly http: HttpClient,
    private readonly cache: Cache,
    private readonly metrics: Metrics,
    private readonly budgets: CallBudgets,
    private readonly log: PinoLogger,
  ) {}

  /** How each provider is reached under the configuration in force, worked out once for each. */
  private get connected(): ReadonlyMap<ProviderId, Connected> {
    return this.connectedBy(this.switches.values);
  }

  /** Those that would be asked if `values` were in force. */
  askedUnder(values: Config['values']): ReadonlySet<ProviderId> {
    const connected = [...this.connectedBy(values)].filter(([, { connection }]) => connection.state === 'connected');
    return new Set(connected.map(([id]) => id));
  }

  private connectedBy(values: Config['values']): ReadonlyMap<ProviderId, Connected> {
    const known = this.connectedUnder.get(values);
    if (known) return known;
    const inForce = { values, production: this.config.production };
    const connected = new Map(
      PROVIDERS.map((provider) => {
        const connection = connectionOf(provider.id, inForce);
        return [provider.id, { provider, connection, limits: callLimitsOf(provider.id, connection, inForce) }];
      }),
    );
    this.connectedUnder.set(values, connected);
    return connected;
  }

  /** Those that may be asked now, as a policy freezes them. */
  candidates() {
    return this.states()
      .filter((state) => state.state === 'connected')
      .map(({ id, name, priority, capabilities, commissionBps, timeoutMs }) => ({
        ...{ id, name, priority, commissionBps },
        linkOnly: !capabilities.quotes,
        timeoutMs: timeoutMs!,
      }));
  }

  states(): ProviderState[] {
    return [...this.connected.values()].map(({ provider, connection }) => {
      const { id, name, kind, priority, capabilities, commissionBps } = provider;
      const breaker = this.breaker.state(id);
      return {
        ...{ id, name, kind, priority, capabilities, commissionBps, breaker },
        state: connection.state,
        simulated: connection.state === 'connected' && connection.settings.simulated,
        timeoutMs: connection.state === 'connected' ? connection.settings.timeoutMs : null,
        inFlight: this.limiter.inFlight(id),
        healthy: connection.state === 'connected' && breaker !== 'open' && !this.refused.has(id),
      };
    });
  }

  /** The states, each with how much of its call budget is used; null where nothing limits the calls. */
  async cards(): Promise<(ProviderState & { budget: BudgetUse | null })[]> {
    return Promise.all(
      this.states().map(async (state) => {
        const limits = this.connected.get(state.id)?.limits;
        return { ...state, budget: limits ? await this.budgets.useOf(limits) : null };
      }),
    );
  }

  simulatedInProduction(): boolean {
    return this.config.production && this.states().some((state) => state.simulated);
  }

  /** Asks all of `ids` at once; `onAnswer` is called once for each. Resolves when the last has answered. Never throws for them. */
  async ask(
    request: QuoteRequest,
    ids: readonly ProviderId[],
    deadline: Deadline,
    signal: AbortSignal,
    onAnswer: (answer: ProviderAnswer) => void,
  ): Promise<void> {
    await Promise.all(
      ids.map(async (id) => {
        const answer = await this.askOne(id, request, deadline, signal);
        this.record(request, answer);
        onAnswer(answer);
      }),
    );
  }

  private async askOne(
    id: ProviderId,
    request: QuoteRequest,
    deadline: Deadline,
    signal: AbortSignal,
  ): Promise<ProviderAnswer> {
    const start = performance.now();
    const calls = { count: 0 };
    const result = await this.resultOf(id, request, deadline, signal, calls);
    return { providerId: id, result, latencyMs: Math.round((performance.now() - start) * 10) / 10, calls: calls.count };
  }

  private async resultOf(
    id: ProviderId,
    request: QuoteRequest,
    deadline: Deadline,
    signal: AbortSignal,
    calls: { count: number },
  ): Promise<QuoteResult> {
    const connected = this.connected.get(id);
    if (!connected || connected.connection.state !== 'connected') {
      const state = connected?.connection.state === 'disabled' ? 'disabled' : 'not_configured';
      return fail(state, `Provider ${id} is ${state.replace('_', ' ')}`);
    }
    const { settings } = connected.connection;
    const timeoutMs = Math.min(settings.timeoutMs, Math.max(1, deadline.remainingMs() + LATE_GRACE_MS));
    const timeout = AbortSignal.timeout(Math.ceil(timeoutMs));
    const bounded = AbortSignal.any([signal, timeout]);
    const adapter = connected.provider.connect(settings, {
      http: this.counted(calls, connected, request.tenantId),
      cache: this.cache,
    });
    const asked = await this.breaker.run(id, () => this.guarded(id, adapter, request, bounded, timeoutMs, signal));
    return asked ?? fail('circuit_open', `Provider ${id} failed too often just now and was not asked`);
  }

  private async guarded(
    id: ProviderId,
    adapter: ProviderAdapter,
    request: QuoteRequest,
    bounded: AbortSignal,
    timeoutMs: number,
    cancelled: AbortSignal,
  ): Promise<QuoteResult> {
    try {
      const result = await this.limiter.run(id, () => adapter.quote(request, bounded), bounded);
      if (result.ok || !bounded.aborted) return result;
    } catch (error) {
      if (!bounded.aborted) {
        this.log.error({ provider_id: id, error: String(error) }, 'provider.adapter_threw');
        return fail('invalid_response', `Provider ${id} answered something its adapter could not handle`);
      }
    }
    if (cancelled.aborted) return fail('cancelled', `Provider ${id} was not waited for: the route was closed`);
    return fail('timeout', `Provider ${id} timed out after ${Math.round(timeoutMs)}ms`);
  }

  /** The HTTP client with this answer's calls counted, and made only while the provider's budget lasts. */
  private counted(
    calls: { count: number },
    { provider, limits }: Connected,
    tenantId: string,
  ): Pick<HttpClient, 'call'> {
    return {
      call: async (call: HttpCall, signal: AbortSignal): Promise<HttpAnswer> => {
        const refusal = limits && (await this.budgets.take(limits, tenantId, signal));
        if (refusal) return { ok: false, kind: 'budget', detail: refusal };
        calls.count++;
        this.metrics.providerCalls.inc({ provider: provider.id });
        return this.http.call(call, signal);
      },
    };
  }

  private record(request: QuoteRequest, { providerId, result, latencyMs, calls }: ProviderAnswer): void {
    const reason = result.ok ? null : result.failure.reason;
    this.metrics.providerAnswers.inc({ provider: providerId, result: reason ?? 'ok' });
    this.metrics.providerLatency.observe({ provider: providerId }, latencyMs / 1000);
    if (reason === 'unauthorized') {
      this.refused.add(providerId);
      this.metrics.providerUnauthorized.inc({ provider: providerId });
    } else if (result.ok) this.refused.delete(providerId);
    const facts = {
      function_name: 'loopgpt_route_order',
      provider_id: providerId,
      route_id: request.routeId,
      tenant_id: request.tenantId,
      trace_id: traceIdOf(request.traceparent),
      latency_ms: Math.round(latencyMs),
      calls,
    };
    if (result.ok) {
      const totalCents = result.offer.kind === 'quote' ? result.offer.totalCents : null;
      this.log.info({ event: 'provider_quote_success', ...facts, total_cents: totalCents }, 'provider_quote_success');
    } else {
      const { detail } = result.failure;
      this.log.warn({ event: 'provider_quote_error', ...facts, reason, detail }, 'provider_quote_error');
    }
  }
}
