import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../../clock/clock.js';
import { databaseNow } from '../../../common/clock.js';
import { Deadline } from '../../../common/deadline.js';
import type { Repeating } from '../../../common/pacing/repeating.js';
import { Config } from '../../../config.js';
import { Cache } from '../../../platform/cache/cache.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { InForceService } from '../../switches/in-force.service.js';
import { CallBudgets } from '../calling/call-budgets.js';
import { Connections, type Connected } from '../calling/connections.js';
import { OutsideCalls } from '../calling/outside-calls.js';
import { ProviderHealth } from '../calling/provider-health.js';
import { MAIN_CALLS } from '../card.js';
import { PROVIDER_CARDS } from '../cards.js';
import type { ProviderAnswer, ProviderId } from '../provider.js';
import { providersMetrics } from '../providers.metrics.js';
import { QuoteCache } from '../quote-cache.js';
import { QuotesService } from '../quotes.service.js';
import { callsToWarm } from './allowance.js';
import { AskedCarts, type AskedCart } from './asked-carts.js';

/** A quote is warmed where somebody is at least so likely to ask for it while it is kept. */
const LEAST_CHANCE = 0.5;
const MOST_A_ROUND = 20;
const DAY_MS = 24 * 3600 * 1000;

/** What a round did: quotes asked for ahead of need, and those left for want of calls or because a provider is not well. */
export interface Round {
  warmed: number;
  left: number;
}

/**
 * Asks again for the quotes that carts of late will likely want, shortly before they are forgotten. It takes a fifth of what is left of a
 * provider's day, nothing once four fifths are used, and asks no provider that is unwell or wants rest.
 */
@Injectable()
export class WarmingService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds: Repeating;

  constructor(
    private readonly asked: AskedCarts,
    private readonly quotes: QuotesService,
    private readonly quoteCache: QuoteCache,
    private readonly connections: Connections,
    private readonly calls: OutsideCalls,
    private readonly health: ProviderHealth,
    private readonly budgets: CallBudgets,
    private readonly cache: Cache,
    private readonly metrics: Metrics,
    private readonly config: Config,
    private readonly inForce: InForceService,
    clock: Clock,
  ) {
    // Several processes do not ask all at the same moment.
    this.rounds = clock.loop('quotes.warm', async () => {
      await this.round();
      return Math.round(this.everyMs * (0.75 + Math.random() / 2));
    });
  }

  get isOn(): boolean {
    return this.config.values.LOOPGPT_CACHE_WARMING && this.quoteCache.ttlMs > 0 && this.config.roles.has('quotes');
  }

  get everyMs(): number {
    return this.inForce.values.LOOPGPT_CACHE_WARMING_SECONDS * 1000;
  }

  onApplicationBootstrap(): void {
    if (this.isOn) this.rounds.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  async round(): Promise<Round> {
    const round = { warmed: 0, left: 0 };
    if (!this.isOn) return round;
    const due = this.asked.due(this.quoteCache.ttlMs, LEAST_CHANCE, this.everyMs * 2);
    for (const { id } of PROVIDER_CARDS) {
      const its = due.filter((one) => one.providerId === id).slice(0, MOST_A_ROUND);
      if (its.length > 0) await this.warmAll(this.connections.of(id), its, round);
    }
    return round;
  }

  private async warmAll(connected: Connected, carts: readonly AskedCart[], round: Round): Promise<void> {
    const spent = `quotes-warmed:${connected.id}:${new Date(databaseNow()).toISOString().slice(0, 10)}`;
    for (const cart of carts) {
      const isWelcome = this.health.isHealthy(connected) && this.calls.restsForMs(connected) <= 0;
      if (!isWelcome || (await this.callsLeft(connected, spent)) < cart.calls || !(await this.isMine(cart.key))) {
        round.left++;
        continue;
      }
      const answer = await this.ask(connected.id as ProviderId, cart);
      await this.cache.add(new Map([[spent, answer.calls]]), DAY_MS);
      const { result } = answer;
      if (result.ok) await this.quoteCache.keepWarmed(connected, cart.request, result.offer);
      this.asked.kept(cart.key, answer);
      const told = result.ok ? 'ok' : result.failure.reason;
      this.metrics.of(providersMetrics).warmed.inc({ provider: connected.id, result: told });
      round.warmed += result.ok ? 1 : 0;
    }
  }

  private async callsLeft(connected: Connected, spent: string): Promise<number> {
    const limits = connected.limits.get(MAIN_CALLS);
    if (!limits?.perDay) return Infinity;
    const [{ usedToday }, counted] = await Promise.all([
      this.budgets.useOf(limits),
      this.cache.add(new Map([[spent, 0]]), DAY_MS),
    ]);
    // While nobody can say what was spent, nothing is.
    return counted ? callsToWarm({ perDay: limits.perDay, used: usedToday, warmed: counted[0]! }) : 0;
  }

  /** Another process may have heard of the same cart. */
  private async isMine(key: string): Promise<boolean> {
    const times = await this.cache.add(new Map([[`warming:${key}`, 1]]), this.everyMs * 2);
    return times?.[0] === 1;
  }

  private async ask(id: ProviderId, { request }: AskedCart): Promise<ProviderAnswer> {
    let answer: ProviderAnswer | undefined;
    const { signal } = new AbortController();
    await this.quotes.ask(
      { ...request, isFresh: true },
      [id],
      Deadline.in(this.everyMs),
      signal,
      (one) => (answer = one),
    );
    return answer!;
  }
}
