import { Injectable } from '@nestjs/common';
import { Cache } from '../../platform/cache/cache.js';
import { CircuitBreaker, type BreakerState } from '../../platform/resilience/circuit-breaker.js';
import type { Connected } from './connections.js';
import type { FailureReason, QuoteResult, SourceId } from './provider.js';

/** Reasons that speak of the provider's health; the others are about this cart or about us. */
const UNHEALTHY: ReadonlySet<FailureReason> = new Set([
  'timeout',
  'unavailable',
  'invalid_response',
  'response_too_large',
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
  readonly breaker = new CircuitBreaker<QuoteResult>((result) => !result.ok && UNHEALTHY.has(result.failure.reason));
  private readonly refused = new Map<SourceId, string>();
  private readonly marked = new Map<SourceId, number>();

  constructor(private readonly cache: Cache) {}

  breakerOf(id: SourceId): BreakerState {
    return this.breaker.state(id);
  }

  /** By what this process has seen; a credential that was replaced is judged anew. */
  isHealthy({ id, connection, fingerprint }: Connected): boolean {
    return (
      connection.state === 'connected' && this.breaker.state(id) !== 'open' && this.refused.get(id) !== fingerprint
    );
  }

  /** By what any process has seen within the last minute. */
  async isHealthyAnywhere(connected: Connected): Promise<boolean> {
    if (!this.isHealthy(connected)) return false;
    const mark = await this.cache.get<Mark>(keyOf(connected.id));
    return mark?.fingerprint !== connected.fingerprint;
  }

  /** One answer came. */
  async seen(connected: Connected, result: QuoteResult): Promise<void> {
    const { id, fingerprint } = connected;
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
