import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../../clock/clock.js';
import type { Repeating } from '../../../common/pacing/repeating.js';
import { Config, type InForce } from '../../../config.js';
import { Cache } from '../../../platform/cache/cache.js';
import { Patience } from '../../../platform/resilience/patience.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { fail } from '../adapting/answers.js';
import { ObjectionsService, type Objection } from '../objections.service.js';
import type { Probed } from '../provider.js';
import { providersMetrics } from '../providers.metrics.js';
import { CARDS, PROVIDER_CARDS } from '../cards.js';
import { Sources } from '../sources.js';
import { Connections, type Connected } from './connections.js';
import { OutsideCalls } from './outside-calls.js';
import { ProviderHealth } from './provider-health.js';

/** One that was found unwell is tried more often, so that its recovery is noticed. */
const UNWELL_MS = 30_000;
/** Whoever asks how a provider does waits for so long to be told. */
const PROBE_MS = 3000;
/** Nobody leaves before the end. */
const NOBODY = new AbortController().signal;

/**
 * Finds out whether providers would answer, without waiting for a cart: those that nobody has heard of for a while are tried with their
 * credentials, one after another, by one process for all, and not while they rest or their breaker is open. New credentials are tried
 * before they are taken over.
 */
@Injectable()
export class ProbesService extends ObjectionsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly everyMs: number;
  private readonly rounds: Repeating;

  constructor(
    private readonly config: Config,
    private readonly sources: Sources,
    private readonly connections: Connections,
    private readonly calls: OutsideCalls,
    private readonly health: ProviderHealth,
    private readonly cache: Cache,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
    clock: Clock,
  ) {
    super();
    this.everyMs = config.values.LOOPGPT_PROBE_SECONDS * 1000;
    this.rounds = clock.loop('providers.probe', () => this.round());
  }

  onApplicationBootstrap(): void {
    if (this.everyMs > 0 && this.config.roles.has('quotes')) this.rounds.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** Resolves once something is known of the provider under its present host and credentials; at once where it is. */
  async known(connected: Connected): Promise<void> {
    if (this.everyMs > 0) await this.probeIfUnheard(connected, this.everyMs);
  }

  async objections(before: InForce, after: InForce, untried: boolean): Promise<Objection[]> {
    const [was, would] = [this.connections.underValues(before), this.connections.underValues(after)];
    const quoting = ({ connection }: Connected) => connection.state === 'connected';
    const count = (under: typeof was) =>
      PROVIDER_CARDS.filter(({ id, capabilities }) => capabilities.quotes && quoting(under.get(id)!)).length;
    if (count(was) > 0 && count(would) === 0) {
      const detail =
        'would leave no provider that quotes: none would have credentials, or a simulator at LOOPGPT_SIMULATOR_URL';
      return [{ sourceId: null, detail }];
    }
    if (untried) return [];
    const found = await Promise.all(
      CARDS.map(async ({ id }) => {
        const [real, realBefore] = [after, before].map((values) => this.connections.real(id, values));
        const next = would.get(id)!;
        const isNew = real!.connection.state === 'connected' && real!.fingerprint !== realBefore!.fingerprint;
        const isNewlySimulated = isSimulated(next) && next.fingerprint !== was.get(id)!.fingerprint;
        const tried = [...(isNew ? [real!] : []), ...(isNewlySimulated ? [next] : [])];
        const results = await Promise.all(tried.map((one) => this.try(one)));
        return results.flatMap((result, index) => (result.ok ? [] : [objectionOf(tried[index]!, result)]));
      }),
    );
    return found.flat();
  }

  private async round(): Promise<void> {
    for (const { id } of CARDS) {
      const connected = this.connections.of(id);
      await this.probeIfUnheard(connected, this.health.isHealthy(connected) ? this.everyMs : UNWELL_MS);
    }
  }

  private async probeIfUnheard(connected: Connected, withinMs: number): Promise<void> {
    const { id, connection, fingerprint } = connected;
    if (connection.state !== 'connected' || this.health.heardWithin(connected, withinMs)) return;
    if (this.health.breakerOf(connected) === 'open' || this.calls.restsForMs(connected) > 0) return;
    const claim = `provider-probe:${id}:${fingerprint}`;
    await this.cache.once(claim, async () => {
      const probed = await this.health.breaker.run(this.health.keyOf(connected), () => this.try(connected));
      if (probed) await this.health.probed(connected, probed);
      return { value: true, ttlMs: this.health.isHealthy(connected) ? this.everyMs : UNWELL_MS };
    });
  }

  /** One call with what `connected` has. */
  private async try(connected: Connected): Promise<Probed> {
    const { id, connection } = connected;
    if (connection.state !== 'connected') return fail(connection.state, `Provider ${id} is ${connection.state}`);
    const timeoutMs = Math.min(PROBE_MS, connection.settings.timeoutMs);
    const patience = new Patience(timeoutMs, 2 * timeoutMs, NOBODY);
    const http = this.calls.by(connected, { tenantId: null }, patience, () => undefined);
    const source = [...this.sources.providers, ...this.sources.offers].find((one) => one.id === id)!;
    try {
      const adapter = source.connect(connection.settings, { http, cache: this.cache, keepProductsMs: 0 });
      const probed = await adapter.probe(patience.signal);
      if (!probed.ok) {
        const { reason, detail } = probed.failure;
        if (reason === 'unauthorized') this.metrics.of(providersMetrics).unauthorized.inc({ provider: id });
        this.log.warn({ event: 'provider_probe_error', provider_id: id, reason, detail }, 'provider_probe_error');
      }
      return probed;
    } catch (error) {
      this.log.error({ provider_id: id, error: String(error) }, 'provider.adapter_threw');
      return fail('invalid_response', `Provider ${id} answered something its adapter could not handle`);
    } finally {
      patience.end();
    }
  }
}

const isSimulated = ({ connection }: Connected): boolean =>
  connection.state === 'connected' && connection.settings.simulated;

function objectionOf(connected: Connected, { failure }: Extract<Probed, { ok: false }>): Objection {
  const { id } = connected;
  if (isSimulated(connected)) {
    return {
      sourceId: id,
      detail: `the simulator does not answer for it (${failure.detail}); start it, and give its address as LOOPGPT_SIMULATOR_URL`,
    };
  }
  return failure.reason === 'unauthorized'
    ? { sourceId: id, detail: `${id} refuses the new credential (${failure.detail}); the old one stays` }
    : {
        sourceId: id,
        detail: `the new credential could not be tried (${failure.detail}); the old one stays, unless you say untried`,
      };
}
