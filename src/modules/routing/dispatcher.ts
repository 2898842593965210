import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../clock/clock.js';
import type { Repeating } from '../../common/repeating.js';
import { Config } from '../../config.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { Queues, type JobToAdd } from '../../queues/queues.js';
import { parseLanes } from '../providers/lanes.js';
import { Admission } from './admission.js';
import type { Policy } from './deciding/policy.js';
import { RoutingRepository } from './routing.repository.js';

const BATCH = 500;

/**
 * Puts a route's jobs in the queue: one per lane that has something to ask, ids only. The row is its own outbox: `relay` has the
 * jobs of rows that nobody picked up run again, under the same ids, so a queue that lost everything is rebuilt from PostgreSQL.
 */
@Injectable()
export class Dispatcher implements OnApplicationShutdown {
  private readonly lanes: ReadonlyMap<string, readonly string[]>;
  private readonly relaying: Repeating;

  constructor(
    private readonly queues: Queues,
    private readonly routes: RoutingRepository,
    private readonly admission: Admission,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
    config: Config,
    clock: Clock,
  ) {
    this.lanes = parseLanes(config.values.LOOPGPT_LANES);
    this.relaying = clock.loop('dispatch.relay', () => this.relay());
  }

  /** Starts the relay; runs where routes are aggregated. */
  start(): void {
    this.relaying.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.relaying.stop();
  }

  /** Queues a route that was just committed, without keeping its caller waiting; what fails is left to the relay. */
  dispatchSoon(route: { id: string; tenantId: string; policy: Policy }): void {
    const providers = route.policy.expected.map((provider) => provider.id);
    this.dispatch([{ id: route.id, tenantId: route.tenantId, providers }]).catch((error: unknown) => {
      this.log.warn({ route_id: route.id, error: String(error) }, 'dispatch.deferred');
    });
  }

  private async relay(): Promise<boolean> {
    const lost = await this.routes.undispatched(BATCH);
    if (lost.length === 0) return false;
    for (const { lane, jobs } of this.jobsOf(lost)) {
      this.metrics.redispatched.inc(await this.queues.ensure('route.quote', jobs, { lane }));
    }
    return false;
  }

  private async dispatch(routes: readonly Dispatched[]): Promise<void> {
    for (const { lane, jobs } of this.jobsOf(routes)) {
      const [first, ...others] = jobs;
      if (first && others.length === 0)
        await this.queues.add('route.quote', first.id, first.payload, { lane, priority: first.priority });
      else if (first) await this.queues.addBulk('route.quote', jobs, { lane });
    }
  }

  private jobsOf(routes: readonly Dispatched[]): { lane: string; jobs: JobToAdd<'route.quote'>[] }[] {
    return [...this.lanes].map(([lane, members]) => ({
      lane,
      jobs: routes
        .filter((route) => route.providers.some((id) => members.includes(id)))
        .map(({ id, tenantId }) => ({
          id: `${id}-${lane}`,
          priority: this.admission.priority(tenantId),
          payload: { routeId: id, tenantId, lane },
        })),
    }));
  }
}

interface Dispatched {
  id: string;
  tenantId: string;
  providers: readonly string[];
}
