import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import type { Repeating } from '../../common/pacing/repeating.js';
import { Config } from '../../config.js';
import type { Job } from '../../operations/dispatch.js';
import { Operations } from '../../operations/operations.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { parseLanes } from '../providers/lanes.js';
import { DecisionService } from './collecting/decision.service.js';
import type { RouteColumns } from './new-routes.js';
import { resourceOf } from './route.resource.js';
import { routingMetrics } from './routing.metrics.js';
import { RoutingRepository } from './routing.repository.js';

/** Lines in a second that are taken for granted until the pace was measured: a core reads the answers of three providers to so many. */
const FIRST_PACE = 200;
const PACE_SECONDS = 30;

/** What routes do as operations: their columns and jobs, how many there may be, who reads and who ends them. */
@Injectable()
export class RouteOperation implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly lanes: ReadonlyMap<string, readonly string[]>;
  private readonly looking: Repeating;

  constructor(
    routes: RoutingRepository,
    operations: Operations,
    decisions: DecisionService,
    clock: Clock,
    metrics: Metrics,
    private readonly config: Config,
  ) {
    const { values } = config;
    this.lanes = parseLanes(values.LOOPGPT_LANES);
    this.looking = clock.loop('routes.look', () => decisions.lookAgain());
    operations.serve('route', {
      columns: { request: 'jsonb', policy: 'jsonb' },
      limits: () => ({
        all: values.LOOPGPT_MAX_OPEN_ROUTES,
        own: values.LOOPGPT_MAX_OPEN_ROUTES_PER_TENANT,
        atOnce: values.LOOPGPT_QUOTES_CONCURRENCY,
        pace: FIRST_PACE,
        waits: 'unstarted',
        windowSeconds: PACE_SECONDS,
      }),
      lostAfterSeconds: 5,
      jobs: ({ id, tenantId, own }) => this.jobsOf(id, tenantId, own as RouteColumns | undefined),
      read: async (tenantId, id) => {
        const found = await routes.find(tenantId, id);
        return found && resourceOf(found, found.answers, operations.load('route'));
      },
      end: (ids, why) => decisions.end(ids, why),
      counted: ({ open, oldestSeconds }) => {
        metrics.of(routingMetrics).openRoutes.set(open);
        metrics.of(routingMetrics).oldestOpenSeconds.set(oldestSeconds);
      },
    });
  }

  onApplicationBootstrap(): void {
    if (this.config.roles.has('aggregator')) this.looking.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking.stop();
  }

  /** One for each lane that has something to ask, as far as it is known who is asked. */
  private jobsOf(routeId: string, tenantId: string, own?: RouteColumns): Job[] {
    const asked = own?.policy.expected.map((provider) => provider.id);
    return [...this.lanes]
      .filter(([, members]) => !asked || asked.some((provider) => members.includes(provider)))
      .map(([lane]) => ({
        id: `${routeId}-${lane}`,
        lane,
        payload: { routeId, tenantId, lane, ...(own ? { work: own.request.items.length } : {}) },
      }));
  }
}
