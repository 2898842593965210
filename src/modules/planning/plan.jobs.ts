import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Queues } from '../../queues/queues.js';

/** Puts a plan's one job in the queue, ids only. The same plan twice is one job while the first is kept. */
@Injectable()
export class PlanJobs {
  constructor(
    private readonly queues: Queues,
    private readonly log: PinoLogger,
  ) {}

  async add({ id, tenantId }: { id: string; tenantId: string }): Promise<void> {
    await this.queues.add('plan.generate', id, { planId: id, tenantId });
  }

  /** Has those run again whose job was lost or has failed. Answers how many. */
  ensure(plans: readonly { id: string; tenantId: string }[]): Promise<number> {
    return this.queues.ensure(
      'plan.generate',
      plans.map(({ id, tenantId }) => ({ id, payload: { planId: id, tenantId } })),
    );
  }

  /** Without keeping the caller waiting; what fails is left to the relay. */
  addSoon(plan: { id: string; tenantId: string }): void {
    this.add(plan).catch((error: unknown) => {
      this.log.warn({ plan_id: plan.id, error: String(error) }, 'plans.dispatch_deferred');
    });
  }
}
