import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import type { Load } from '../../common/estimate.js';
import { Sampled } from '../../common/sampled.js';
import { QUEUES } from '../../queues/catalogue.js';
import { PlanningRepository } from './planning.repository.js';

/** What the place of an open plan is told by, as of two seconds ago at most. */
@Injectable()
export class PlanLoadService implements OnApplicationShutdown {
  private readonly sampled: Sampled<Awaited<ReturnType<PlanningRepository['load']>>>;

  constructor(plans: PlanningRepository, clock: Clock) {
    this.sampled = new Sampled(
      (work) => clock.loop('plans.load', work),
      () => plans.load(),
    );
  }

  start(): void {
    this.sampled.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sampled.stop();
  }

  get load(): Load {
    const { latest } = this.sampled;
    return { waiting: latest?.waiting ?? 0, atOnce: QUEUES.plans.concurrency, pace: latest };
  }
}
