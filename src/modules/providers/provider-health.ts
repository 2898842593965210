import { Injectable } from '@nestjs/common';
import { Cache } from '../../platform/cache/cache.js';
import { CircuitBreaker, type BreakerState } from '../../platform/resilience/circuit-breaker.js';
import type { Connected } from './connections.js';
import type { FailureReason, Probed, SourceId } from './provider.js';

/** Reasons that speak of the provider's health; the others are about this cart or about us. */
const UNHEALTHY: ReadonlySet<FailureReason> = new Set([
  'timeout',
  'unavailable',
  'invalid_response',
  'response_too_large',
]);
/** It was not asked, so nothing was heard of it. */
const UNASKED: ReadonlySet<FailureReason> = new Set([
  'circuit_open',
  'budget_exhausted',
  'not_configured',
  'disabled',
  'cancelled',
]);
/** How long other processes believe a mark that nobody renews. */
const MARK_TTL_MS = 60_000;
const RENEW_MS = 5000;

/** What is wrong with a provider, for the processes that do not ask it themselves. */
interface Mark {
  fingerprint: string;
}

/**
 * Which providers answer badly: a circuit breaker for each, and whether its credential was refused. This process acts on what it has
 * seen itself; what it shares through the cache is for whoever looks.
 */
@Injectable()
export class ProviderHealth {
  readonly breaker = new CircuitBreaker<Probed>((result) => !result.ok && UNHEALTHY.has(result.failure.reason));
  private readonly refused = new Map<SourceId, string>();
  /** Those that did not answer when they were last tried. */
  private readonly silent = new Map<SourceId, string>();
  private readonly heard = new Map<SourceId, { fingerprint: string; at: number }>();
  private readonly marked = new Map<SourceId, number>();

  constructor(private readonly cache: Cache) {}

  /** Of one breaker: what failed under another host or other credentials is not held against these. */
  keyOf({ id, fingerprint }: Connected): string {
    return `${id} ${fingerprint}`;
  }

  breakerOf(connected: Connected): BreakerState {
    return this.breaker.state(this.keyOf(connected));
  }

  heardWithin({ id, fingerprint }: Connected, ms: number): boolean {
    const heard = this.heard.get(id);
    return heard?.fingerprint === fingerprint && performance.now() - heard.at < ms;
  }

  /** By what this process has seen; a credential that was replaced is judged anew. */
  isHealthy(connected: Connected): boolean {
    const { id, connection, fingerprint } = connected;
    return (
      connection.state === 'connected' &&
      this.breakerOf(connected) !== 'open' &&
      this.refused.get(id) !== fingerprint &&
      this.silent.get(id) !== fingerprint
    );
  }

  /** By what any process has seen within the last minute. */
  async isHealthyAnywhere(connected: Connected): Promise<boolean> {
    if (!this.isHealthy(connected)) return false;
    const mark = await this.cache.get<Mark>(keyOf(connected.id));
    return mark?.fingerprint !== connected.fingerprint;
  }

  /** It was tried: whoever does not answer that answers no cart either. */
  async probed(connected: Connected, result: Probed): Promise<void> {
    if (!result.ok && UNHEALTHY.has(result.failure.reason)) this.silent.set(connected.id, connected.fingerprint);
    await this.seen(connected, result);
  }

  /** One answer came. */
  async seen(connected: Connected, result: Probed): Promise<void> {
    const { id, fingerprint } = connected;
    if (result.ok || !UNASKED.has(result.failure.reason)) {
      this.heard.set(id, { fingerprint, at: performance.now() });
      if (result.ok || !UNHEALTHY.has(result.failure.reason)) this.silent.delete(id);
    }
    if (!result.ok && result.failure.reason === 'unauthorized') this.refused.set(id, fingerprint);
    else if (result.ok) this.refused.delete(id);
    if (this.isHealthy(connected)) {
      if (this.marked.delete(id)) await this.cache.delete(keyOf(id));
    } else if (performance.now() - (this.marked.get(id) ?? -Infinity) > RENEW_MS) {
      this.marked.set(id, performance.now());
      await this.cache.set(keyOf(id), { fingerprint } satisfies Mark, MARK_TTL_MS);
    }
  }
}

const keyOf = (id: SourceId): string => `provider-health:${id}`;
