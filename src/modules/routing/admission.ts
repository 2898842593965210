import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import type { Load, Pace } from '../../common/estimate.js';
import { Clock } from '../../clock/clock.js';
import type { Repeating } from '../../common/repeating.js';
import { Sampled } from '../../common/sampled.js';
import { Config } from '../../config.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { parseWeights, priorityOf, weightOf, type Weights } from './fairness.js';
import { RoutingRepository } from './routing.repository.js';

/**
 * Refuses before accepting: 503 when the whole system, 429 when one tenant has too many open routes; and says whose turn it is. Counts the open rows twice a
 * second and adds what this process has accepted since.
 */
@Injectable()
export class Admission implements OnApplicationShutdown {
  private open = new Map<string, number>();
  private total = 0;
  private readonly weights: Weights;
  private waitingNow = 0;
  private readonly sampling: Repeating;
  private readonly pace: Sampled<Pace>;

  constructor(
    private readonly routes: RoutingRepository,
    private readonly config: Config,
    private readonly metrics: Metrics,
    clock: Clock,
  ) {
    this.weights = parseWeights(config.values.LOOPGPT_TENANT_WEIGHTS);
    this.sampling = clock.loop('admission.sample', () => this.sample());
    this.pace = new Sampled(
      (work) => clock.loop('admission.pace', work),
      () => routes.pace(),
    );
  }

  start(): void {
    this.sampling.start();
    this.pace.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.sampling.stop(), this.pace.stop()]);
  }

  /** Throws `overloaded` or `tenant_backlog_full`. */
  check(tenantId: string): void {
    const { LOOPGPT_MAX_OPEN_ROUTES, LOOPGPT_MAX_OPEN_ROUTES_PER_TENANT } = this.config.values;
    if (this.total >= LOOPGPT_MAX_OPEN_ROUTES) {
      throw new AppError('overloaded', `${this.total} open routes`, { retryAfterSeconds: 2 });
    }
    if (this.openOf(tenantId) >= LOOPGPT_MAX_OPEN_ROUTES_PER_TENANT * weightOf(this.weights, tenantId)) {
      throw new AppError('tenant_backlog_full', `tenant ${tenantId}`, { retryAfterSeconds: 2 });
    }
  }

  /** What the place of an open route is told by, as of half a second ago at most, and its pace of two. */
  get load(): Load {
    return {
      waiting: this.waitingNow,
      atOnce: this.config.values.LOOPGPT_QUOTES_CONCURRENCY,
      pace: this.pace.latest,
    };
  }

  accepted(tenantId: string): void {
    this.total++;
    this.open.set(tenantId, this.openOf(tenantId) + 1);
  }

  /** Of the tenant's next job: see fairness.ts. */
  priority(tenantId: string): number | undefined {
    const { LOOPGPT_QUOTES_CONCURRENCY } = this.config.values;
    return priorityOf(this.openOf(tenantId), weightOf(this.weights, tenantId), LOOPGPT_QUOTES_CONCURRENCY);
  }

  private openOf(tenantId: string): number {
    return this.open.get(tenantId) ?? 0;
  }

  private async sample(): Promise<void> {
    const counts = await this.routes.openCounts();
    this.open = new Map(counts.map((count) => [count.tenantId, count.open]));
    this.total = counts.reduce((sum, count) => sum + count.open, 0);
    this.waitingNow = counts.reduce((sum, count) => sum + count.waiting, 0);
    this.metrics.openRoutes.set(this.total);
    this.metrics.oldestOpenSeconds.set(Math.max(0, ...counts.map((count) => count.oldestSeconds)));
  }
}
