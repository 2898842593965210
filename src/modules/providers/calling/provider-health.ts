import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { Cache } from '../../../platform/cache/cache.js';
import { CircuitBreaker, type BreakerState } from '../../../platform/resilience/circuit-breaker.js';
import { UNASKED, type FailureReason, type Probed } from '../provider.js';
import type { Connected } from './connections.js';

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
/** It is told to the minute; a credential that nobody used for so long may be withdrawn. */
const USED_EVERY_MS = 20_000;
const USED_TTL_MS = 90 * 24 * 3_600_000;

/** How long a refused credential is not tried again while the one before is asked with. */
const REFUSED_MS = 30_000;
/** How long it is told that one was refused. */
const TOLD_MS = 24 * 3_600_000;

/**
 * Which providers answer badly: a circuit breaker for each, and whether its credential was refused. This process acts on what it has
 * seen itself; what it shares through the cache is for whoever looks.
 */
@Injectable()
export class ProviderHealth {
  readonly breaker = new CircuitBreaker<Probed>((result) => !result.ok && UNHEALTHY.has(result.failure.reason));
  /** When each was, where nothing was answered to it since. */
  private readonly refused = new Map<string, number>();
  /** Those that did not answer when they were last tried. */
  private readonly silent = new Set<string>();
  private readonly heard = new Map<string, { at: number; latencyMs: number | null }>();
  private readonly markedAt = new Map<string, number>();
  private readonly usedAt = new Map<string, number>();

  constructor(private readonly cache: Cache) {}

  /** Whatever is known is kept under this: what was learnt under another host or other credentials is not held against these. */
  keyOf({ id, fingerprint }: Connected): string {
    return `${id} ${fingerprint}`;
  }

  breakerOf(connected: Connected): BreakerState {
    return this.breaker.state(this.keyOf(connected));
  }

  heardWithin(connected: Connected, ms: number): boolean {
    return performance.now() - (this.heard.get(this.keyOf(connected))?.at ?? -Infinity) < ms;
  }

  /** When this process last heard it, ms ago, and how long that answer took; null when it never did. */
  lastHeard(connected: Connected): { agoMs: number; latencyMs: number | null } | null {
    const last = this.heard.get(this.keyOf(connected));
    return last ? { agoMs: performance.now() - last.at, latencyMs: last.latencyMs } : null;
  }

  /** By what this process has seen. */
  isHealthy(connected: Connected): boolean {
    const key = this.keyOf(connected);
    return (
      connected.connection.state === 'connected' &&
      this.breaker.state(key) !== 'open' &&
      (!this.refused.has(key) || (connected.previous !== null && this.isHealthy(connected.previous))) &&
      !this.silent.has(key)
    );
  }

  /** By what any process has seen within the last minute. */
  async isHealthyAnywhere(connected: Connected): Promise<boolean> {
    if (!this.isHealthy(connected)) return false;
    if ((await this.cache.get<true>(markOf(this.keyOf(connected)))) === undefined) return true;
    const { previous } = connected;
    return previous !== null && (await this.lastRefused(connected)) !== null && this.isHealthyAnywhere(previous);
  }

  /** When any process last called it with these credentials, ms since 1970; null where nobody did lately. */
  async lastUsed(connected: Connected): Promise<number | null> {
    return (await this.cache.get<number>(usedOf(this.keyOf(connected)))) ?? null;
  }

  isRefusedLately(connected: Connected): boolean {
    return performance.now() - (this.refused.get(this.keyOf(connected)) ?? -Infinity) < REFUSED_MS;
  }

  /** When it last refused these credentials for any process, ms since 1970; null where it did not, or has answered to them since. */
  async lastRefused(connected: Connected): Promise<number | null> {
    return (await this.cache.get<number>(refusedOf(this.keyOf(connected)))) ?? null;
  }

  private async used(key: string): Promise<void> {
    if (performance.now() - (this.usedAt.get(key) ?? -Infinity) < USED_EVERY_MS) return;
    this.usedAt.set(key, performance.now());
    await this.cache.set(usedOf(key), databaseNow(), USED_TTL_MS);
  }

  /** It was tried: whoever does not answer that answers no cart either. */
  async probed(connected: Connected, result: Probed): Promise<void> {
    if (!result.ok && UNHEALTHY.has(result.failure.reason)) this.silent.add(this.keyOf(connected));
    await this.seen(connected, result);
  }

  /** One answer came, after so many ms where it was waited for. */
  async seen(connected: Connected, result: Probed, latencyMs: number | null = null): Promise<void> {
    const key = this.keyOf(connected);
    const isAsked = result.ok || !UNASKED.has(result.failure.reason);
    if (isAsked) {
      this.heard.set(key, { at: performance.now(), latencyMs });
      if (result.ok || !UNHEALTHY.has(result.failure.reason)) this.silent.delete(key);
    }
    if (!result.ok && result.failure.reason === 'unauthorized') await this.refuse(key);
    else if (result.ok && this.refused.delete(key)) await this.cache.delete(refusedOf(key));
    if (this.isHealthy(connected)) {
      if (this.markedAt.delete(key)) await this.cache.delete(markOf(key));
    } else if (performance.now() - (this.markedAt.get(key) ?? -Infinity) > RENEW_MS) {
      this.markedAt.set(key, performance.now());
      await this.cache.set(markOf(key), true, MARK_TTL_MS);
    }
    if (isAsked) await this.used(key);
  }

  private async refuse(key: string): Promise<void> {
    const now = performance.now();
    const isTold = now - (this.refused.get(key) ?? -Infinity) < RENEW_MS;
    if (isTold) return;
    this.refused.set(key, now);
    await this.cache.set(refusedOf(key), databaseNow(), TOLD_MS);
  }
}

/** When a provider was last called with these credentials, for who asks whether the old ones may be withdrawn. */
const usedOf = (key: string): string => `provider-used:${key}`;

const refusedOf = (key: string): string => `provider-refused:${key}`;

/** What is wrong with a provider, for the processes that do not ask it themselves. */
const markOf = (key: string): string => `provider-health:${key}`;
