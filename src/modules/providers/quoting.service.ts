import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { Deadline } from '../../common/deadline.js';
import { Config, type InForce } from '../../config.js';
import { Cache } from '../../platform/cache/cache.js';
import { CountedCache } from '../../platform/cache/counted.cache.js';
import { Limiter } from '../../platform/resilience/limiter.js';
import { Patience } from '../../platform/resilience/patience.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { beginSpan, traceFields } from '../../platform/telemetry/tracing.js';
import { fail } from './adapting/answers.js';
import { CallBudgets } from './calling/call-budgets.js';
import { Connections, type Connected } from './calling/connections.js';
import { OutsideCalls } from './calling/outside-calls.js';
import { ProbesService } from './calling/probes.service.js';
import { ProviderHealth } from './calling/provider-health.js';
import { Rotation } from './calling/rotation.js';
import { MAIN_CALLS } from './card.js';
import { CARDS, PROVIDER_CARDS, PROVIDER_IDS, type SourceCard } from './cards.js';
import type { Provider, ProviderAnswer, ProviderId, QuoteRequest, QuoteResult, SourceId } from './provider.js';
import { providersMetrics } from './providers.metrics.js';
import { QuoteCache } from './quote-cache.js';
import { QuotesService, type Candidate, type ProviderState, type SourceStanding } from './quotes.service.js';
import { Sources } from './sources.js';
import { AskedCarts } from './warming/asked-carts.js';

/** How long after the route's deadline an answer is still wanted, to be kept as late. */
const LATE_GRACE_MS = 2000;
const CONCURRENCY = { min: 8, max: 256, queue: 2000 } as const;
/** A provider that shows one of these is asked less at once. */
const OVERLOAD = new Set(['timeout', 'rate_limited', 'unavailable']);

/** How often a provider that this process had no time to hear is asked again, and with how much of the deadline left. */
const MOST_AGAIN = 3;
const AGAIN_LEAST_MS = 1000;
const AGAIN_REST_MS = 200;

const isOurs = (result: QuoteResult): boolean => !result.ok && result.failure.reason === 'overloaded';

@Injectable()
export class QuotingService extends QuotesService {
  private readonly limiter = new Limiter<QuoteResult>(
    CONCURRENCY,
    (result) => !result.ok && OVERLOAD.has(result.failure.reason),
  );

  private readonly keepProductsMs: number;
  private readonly providers: ReadonlyMap<ProviderId, Provider>;
  /** The cache, counted for each. */
  private readonly caches: ReadonlyMap<ProviderId, Cache>;

  constructor(
    private readonly config: Config,
    sources: Sources,
    private readonly connections: Connections,
    private readonly calls: OutsideCalls,
    private readonly health: ProviderHealth,
    private readonly rotation: Rotation,
    private readonly probes: ProbesService,
    private readonly quoteCache: QuoteCache,
    private readonly asked: AskedCarts,
    cache: Cache,
    private readonly metrics: Metrics,
    private readonly budgets: CallBudgets,
    private readonly log: PinoLogger,
  ) {
    super();
    this.providers = new Map(sources.providers.map((provider) => [provider.id, provider]));
    const looks = metrics.of(providersMetrics).cache;
    this.caches = new Map(
      PROVIDER_IDS.map((provider) => [provider, new CountedCache(cache, (result) => looks.inc({ provider, result }))]),
    );
    this.keepProductsMs = config.values.LOOPGPT_PRODUCT_CACHE_SECONDS * 1000;
  }

  askedUnder(values: InForce): ReadonlySet<ProviderId> {
    const connected = this.connections.underValues(values);
    return new Set(PROVIDER_IDS.filter((id) => connected.get(id)?.connection.state === 'connected'));
  }

  candidates(): Candidate[] {
    return this.states()
      .filter((state) => state.state === 'connected')
      .map(({ id, name, priority, capabilities, commissionBps, timeoutMs }) => ({
        id,
        name,
        priority,
        commissionBps,
        linkOnly: !capabilities.quotes,
        timeoutMs: timeoutMs!,
      }));
  }

  states(): ProviderState<ProviderId>[] {
    return PROVIDER_CARDS.map((provider) => this.stateOf(provider));
  }

  private stateOf<Id extends SourceId>(source: SourceCard<Id>): ProviderState<Id> {
    const { id, name, kind, priority, capabilities, commissionBps } = source;
    const connected = this.connections.of(id);
    const { connection } = connected;
    const { inFlight, limit } = this.limiter.use(id);
    return {
      id,
      name,
      kind,
      priority,
      capabilities,
      commissionBps,
      inFlight,
      concurrencyLimit: limit,
      breaker: this.health.breakerOf(connected),
      state: connection.state,
      simulated: connection.state === 'connected' && connection.settings.simulated,
      timeoutMs: connection.state === 'connected' ? connection.settings.timeoutMs : null,
      healthy: this.health.isHealthy(connected),
      lastHeard: this.health.lastHeard(connected),
    };
  }

  async cards(): Promise<SourceStanding[]> {
    return Promise.all(
      CARDS.map(async (source) => {
        const connected = this.connections.of(source.id);
        const limits = connected.limits.get(MAIN_CALLS);
        await this.probes.known(connected);
        const [healthy, budget] = await Promise.all([
          this.health.isHealthyAnywhere(connected),
          limits ? this.budgets.useOf(limits) : null,
        ]);
        return { ...this.stateOf(source), healthy, budget };
      }),
    );
  }

  async canQuote(): Promise<boolean> {
    const asked = PROVIDER_CARDS.filter(({ capabilities }) => capabilities.quotes).map(({ id }) =>
      this.connections.of(id),
    );
    const healthy = await Promise.all(
      asked.map(async (connected) => {
        await this.probes.known(connected);
        return this.health.isHealthyAnywhere(connected);
      }),
    );
    return healthy.includes(true);
  }

  simulatedInProduction(): boolean {
    return this.config.production && this.states().some((state) => state.simulated);
  }

  async ask(
    request: QuoteRequest,
    ids: readonly ProviderId[],
    deadline: Deadline,
    signal: AbortSignal,
    onAnswer: (answer: ProviderAnswer, traceparent: string) => void,
  ): Promise<void> {
    await Promise.all(
      ids.map(async (id) => {
        const span = beginSpan(`quote ${id}`, 'internal', request.traceparent, { 'loopgpt.provider': id });
        const asked = { ...request, traceparent: span.context };
        const { answer, using } = await this.askOne(id, asked, deadline, signal);
        this.record(asked, answer);
        const { result, calls } = answer;
        span.end({ 'loopgpt.calls': calls }, result.ok ? undefined : result.failure.reason);
        onAnswer(answer, span.context);
        this.asked.answered(using, request, answer);
        await this.health.seen(using, answer.result, answer.latencyMs);
      }),
    );
  }

  private async askOne(
    id: ProviderId,
    request: QuoteRequest,
    deadline: Deadline,
    signal: AbortSignal,
  ): Promise<{ answer: ProviderAnswer; using: Connected }> {
    const start = performance.now();
    const provider = this.providers.get(id)!;
    const connected = this.connections.of(id);
    let calls = 0;
    const ask = () =>
      this.rotation.asked(connected, (using) =>
        this.resultOf(provider, using, request, deadline, signal, () => calls++),
      );
    let { result, using } = await ask();
    // What was not heard for want of our own time is asked for again while there is time for it: the caller was accepted.
    for (let again = 1; again <= MOST_AGAIN && isOurs(result) && deadline.remainingMs() > AGAIN_LEAST_MS; again++) {
      await setTimeout(again * AGAIN_REST_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) ({ result, using } = await ask());
    }
    const latencyMs = Math.round((performance.now() - start) * 10) / 10;
    return { answer: { providerId: id, result, latencyMs, calls }, using };
  }

  private async resultOf(
    provider: Provider,
    connected: Connected,
    request: QuoteRequest,
    deadline: Deadline,
    signal: AbortSignal,
    counted: () => void,
  ): Promise<QuoteResult> {
    const { id } = provider;
    const { connection } = connected;
    if (connection.state !== 'connected') {
      return fail(connection.state, `Provider ${id} is ${connection.state.replace('_', ' ')}`);
    }
    const restsMs = this.calls.restsForMs(connected);
    if (restsMs > 0) {
      const seconds = Math.ceil(restsMs / 1000);
      return fail('rate_limited', `Provider ${id} was not asked: it wants no calls for ${seconds} s more`, restsMs);
    }
    const { settings } = connection;
    const leftMs = Math.max(1, deadline.remainingMs() + LATE_GRACE_MS);
    const patience = new Patience(settings.timeoutMs, leftMs, signal);
    const inTime = (result: QuoteResult): QuoteResult => {
      if (result.ok || !patience.signal.aborted) return result;
      if (signal.aborted) return fail('cancelled', `Provider ${id} was not waited for: the route was closed`);
      return patience.ranOutOnUs
        ? fail('overloaded', `Provider ${id} was not heard in time: this service had too much to do`)
        : fail('timeout', timedOut(id, Math.min(settings.timeoutMs, leftMs), settings.timeoutMs));
    };
    const http = this.calls.by(connected, request, patience, counted);
    const adapter = provider.connect(settings, {
      http,
      cache: this.caches.get(id)!,
      keepProductsMs: this.keepProductsMs,
    });
    try {
      const result = await this.quoteCache.through(connected, request, patience.signal, () =>
        this.guarded(connected, async () => inTime(await adapter.quote(request, patience.signal)), patience),
      );
      return inTime(result);
    } finally {
      patience.end();
    }
  }

  /** Behind the breaker and the limit, and a bug of an adapter is a bad answer like any other. */
  private async guarded(
    connected: Connected,
    quote: () => Promise<QuoteResult>,
    patience: Patience,
  ): Promise<QuoteResult> {
    const { id } = connected;
    const safely = async (): Promise<QuoteResult> => {
      patience.release();
      try {
        return await quote();
      } catch (error) {
        this.log.error({ provider_id: id, error: String(error) }, 'provider.adapter_threw');
        return fail('invalid_response', `Provider ${id} answered something its adapter could not handle`);
      }
    };
    const limited = async () => {
      patience.keep();
      const result = await this.limiter.run(id, safely, patience.signal);
      return result ?? fail('rate_limited', `Provider ${id} was not asked: too many quotes are waiting for it`);
    };
    const asked = await this.health.breaker.run(this.health.keyOf(connected), limited);
    return asked ?? fail('circuit_open', `Provider ${id} failed too often just now and was not asked`);
  }

  private record(request: QuoteRequest, { providerId, result, latencyMs, calls }: ProviderAnswer): void {
    const event = eventOf(result);
    const reason = result.ok ? null : result.failure.reason;
    const isCached = event === 'provider_quote_cached';
    this.metrics
      .of(providersMetrics)
      .answers.inc({ provider: providerId, result: reason ?? (isCached ? 'cached' : 'ok') });
    // A latency is that of a whole call: none where none was made, or where it was cut off.
    if (calls > 0 && reason !== 'cancelled' && reason !== 'overloaded') {
      this.metrics.of(providersMetrics).latency.observe({ provider: providerId }, latencyMs / 1000);
    }
    if (reason === 'unauthorized') this.metrics.of(providersMetrics).unauthorized.inc({ provider: providerId });
    const facts = {
      event,
      function_name: 'loopgpt_route_order',
      provider_id: providerId,
      route_id: request.routeId,
      tenant_id: request.tenantId,
      ...traceFields(request.traceparent),
      latency_ms: Math.round(latencyMs),
      calls,
      ...(isCached ? { cached: true } : {}),
    };
    if (result.ok) {
      const totalCents = result.offer.kind === 'quote' ? result.offer.totalCents : null;
      this.log.info({ ...facts, total_cents: totalCents }, event);
    } else if (reason === 'cancelled') {
      this.log.info(facts, event);
    } else {
      const { detail } = result.failure;
      this.log.warn({ ...facts, reason, detail }, event);
    }
  }
}

/** What an answer is called in the log: only a price that the provider was asked for is a quote that succeeded. */
function eventOf(result: QuoteResult): string {
  if (!result.ok) return result.failure.reason === 'cancelled' ? 'provider_quote_cancelled' : 'provider_quote_error';
  if (result.offer.cached) return 'provider_quote_cached';
  return result.offer.kind === 'link' ? 'provider_quote_link' : 'provider_quote_success';
}

/** Operators know a provider's own timeout by these words; a route that left less time for it says so. */
function timedOut(id: ProviderId, afterMs: number, ownMs: number): string {
  return afterMs === ownMs
    ? `Provider ${id} timed out after ${ownMs}ms`
    : `Provider ${id} gave no answer in the ${Math.round(afterMs)}ms that the route left it`;
}
