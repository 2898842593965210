import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { Operations } from '../../operations/operations.js';
import { Database } from '../../platform/database/database.js';
import { QUEUES } from '../../queues/catalogue.js';
import type { Library } from '../nutrition/library.js';
import { LIBRARY } from './library.token.js';
import { GenerationService } from './making/generation.service.js';
import { resourceOf } from './plan.resource.js';
import { PlanningRepository } from './planning.repository.js';

/** Work in a second (people × days × meals) that is taken for granted until the pace was measured: a thread does 50 of hard plans, 500 of small. */
const FIRST_PACE = 200;
const PACE_SECONDS = 600;
/** Of a plan as most are: one person, a week, three meals a day. */
const USUAL_WORK = 21;

/** What plans do as operations: where their columns are, how many there may be, who reads and who ends them. */
@Injectable()
export class PlanOperation {
  constructor(
    plans: PlanningRepository,
    database: Database,
    operations: Operations,
    generation: GenerationService,
    config: Config,
    @Inject(LIBRARY) library: Library,
  ) {
    operations.serve('plan', {
      columns: {
        user_id: 'text',
        request: 'jsonb',
        plan: 'jsonb',
        proof: 'jsonb',
        outcome: 'jsonb',
        swapped_from: 'text',
      },
      limits: () => ({
        all: config.values.LOOPGPT_MAX_OPEN_PLANS,
        own: config.values.LOOPGPT_MAX_OPEN_PLANS_PER_TENANT,
        atOnce: QUEUES.plans.concurrency * USUAL_WORK,
        pace: FIRST_PACE,
        waits: 'open',
        windowSeconds: PACE_SECONDS,
      }),
      // A job that was picked up this long ago and left no outcome may have died with its worker.
      lostAfterSeconds: 10,
      jobs: ({ id, tenantId }) => [{ id, payload: { planId: id, tenantId } }],
      read: async (tenantId, id) => {
        const found = await database.tenantOne(tenantId, (tx) => plans.find(tx, id));
        return found && resourceOf(found, library, operations.load('plan'));
      },
      end: (ids, why) => generation.end(ids, why),
    });
  }
}
