import { availableParallelism } from 'node:os';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../../config.js';
import { parseWeights } from '../../../operations/deciding/fairness.js';
import { Threads } from '../../../operations/threads.js';
import { builtFile } from '../../../platform/data-file.js';
import type { Clearing } from '../clearing/clear.js';
import { workOf } from '../plan-request.js';
import type { DraftPlan, Plan, PlanOutcome, PlanRequest } from './plan.js';
import type { SwapChoices, SwapWish } from './swap-meal.js';

/** What a plan is made from: a draft, nothing, or a plan of which one meal is swapped. `welcome`: what is cleared, for meals to be chosen by. */
export type From = { draft: DraftPlan | null; welcome?: Welcome | null } | Swapped;
export interface Swapped {
  plan: Plan;
  wish: SwapWish;
}
/** What is cleared near the household; a thread has the library and the request itself. */
export type Welcome = Pick<Clearing, 'offers' | 'wish' | 'nowMs' | 'held'>;
/** What a thread is sent. */
export interface Asked {
  request: PlanRequest;
  /** With `most`: what the meal may become, so many at most. */
  from: From | (Swapped & { most: number });
}
export type Refused = Extract<PlanOutcome, { kind: 'refused' }>;

/** Threads run what was built, also when the rest of the process runs from its sources. */
const FILE = builtFile('src', 'modules', 'planning', 'solver', 'solver.worker.js');
/** One core is left to the process itself where there are more than two. Each thread reads the library of foods for itself. */
const MAX_TURNS = Math.min(4, Math.max(2, availableParallelism() - 1));
/** Two people for a week, three meals a day. */
const SMALL_WORK = 42;

/** `makePlan` and `swapMeal` in threads, in fair turns by tenant and work; one turn is always left to the other tenants. */
@Injectable()
export class Solver implements OnApplicationShutdown {
  private readonly threads: Threads<Asked, PlanOutcome | SwapChoices>;

  constructor(config: Config) {
    const weights = parseWeights(config.values.LOOPGPT_TENANT_WEIGHTS);
    this.threads = new Threads({
      file: FILE,
      late: 'the plan was not solved in time',
      // One more than have a turn: it is for small plans of who has none under way, which begin beside hard ones of however many others.
      most: MAX_TURNS + 1,
      turns: { room: MAX_TURNS, most: MAX_TURNS - 1, small: SMALL_WORK, weights },
    });
  }

  /** `tenantId`: whose turn it is; without, everybody's. */
  solve(request: PlanRequest, from: From, signal: AbortSignal, tenantId = ''): Promise<PlanOutcome> {
    return this.threads.run({ request, from }, tenantId, workOf(request), signal) as Promise<PlanOutcome>; // no choices were asked for
  }

  /** What a meal may become. */
  choices(
    request: PlanRequest,
    from: Swapped & { most: number },
    signal: AbortSignal,
    tenantId: string,
  ): Promise<SwapChoices | Refused> {
    return this.threads.run({ request, from }, tenantId, workOf(request), signal) as Promise<SwapChoices | Refused>; // nothing else was
  }

  onApplicationShutdown(): Promise<void> {
    return this.threads.stop();
  }
}
