import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { newId } from '../../common/ids.js';
import { Config } from '../../config.js';
import { Database } from '../../platform/database/database.js';
import type { Library } from '../nutrition/library.js';
import { GenerationService } from './generation.service.js';
import { LIBRARY } from './library.token.js';
import { unservedOf } from './live-prices.js';
import type { PlanResource } from './plan.dto.js';
import { PlanJobs } from './plan.jobs.js';
import { failureOf } from './plan.resource.js';
import type { SwapMeal } from './planning.dto.js';
import { PlanningRepository, type CompletedPlan, type NewPlan } from './planning.repository.js';
import { PlanningService } from './planning.service.js';
import { swapMeal } from './solver/swap-meal.js';

/**
 * Changes one meal of a plan. A closed plan never changes, so the change is a plan of its own, proven anew. Its meals are chosen when it
 * is stored; prices, route, outcome and events come as any plan's do, at once where there is nothing to route.
 */
@Injectable()
export class SwapService {
  constructor(
    private readonly plans: PlanningRepository,
    private readonly planning: PlanningService,
    private readonly generation: GenerationService,
    private readonly jobs: PlanJobs,
    private readonly database: Database,
    private readonly config: Config,
    @Inject(LIBRARY) private readonly library: Library,
  ) {}

  /** The new plan, open while its cart is routed. Throws `plan_not_found`, `plan_not_completed`, and `plan_refused` when no such meal can be. */
  async swap(tenantId: string, id: string, wish: SwapMeal): Promise<PlanResource> {
    const { status } = await this.planning.get(tenantId, id);
    if (status !== 'completed') throw new AppError('plan_not_completed', `plan ${id} is ${status}`);
    const next = await this.database.tenant(tenantId, async (tx) => {
      const before = (await this.plans.findCompleted(tx, id))!; // a completed plan stays one
      const swapped = this.swapped(before, wish);
      await this.plans.insert(tx, tenantId, swapped);
      return swapped;
    });
    if (next.request.route) this.jobs.addSoon({ id: next.id, tenantId });
    else await this.generation.generate({ planId: next.id, tenantId }, AbortSignal.timeout(next.deadlineMs));
    return this.planning.get(tenantId, next.id);
  }

  /** What no shop had is kept out of the new meal, and from then on out of all meals once none needs it. */
  private swapped(before: CompletedPlan, wish: SwapMeal): NewPlan {
    const { request, outcome, userId, reference, metadata, traceparent } = before;
    const missed = [...request.plan.unavailableFoods, ...(outcome.livePrices?.unavailableFoods ?? [])];
    const swapped = swapMeal(request.plan, this.library, before.plan, { ...wish, unavailableFoods: missed });
    if (swapped.kind !== 'planned') {
      const errors = failureOf(swapped)!.details.map(({ pointer, detail }) => ({ pointer: pointer ?? '', detail }));
      throw new AppError('plan_refused', `swap in ${before.id}`, { errors });
    }
    const { plan, proof, notices } = swapped;
    const unavailableFoods = unservedOf(plan, this.library, missed);
    const own = { receipt: null, repairs: [], notices, shoppingList: null, route: null, livePrices: null };
    return {
      id: newId('plan'),
      userId,
      reference,
      metadata,
      traceparent,
      webhook: null,
      swappedFrom: before.id,
      request: {
        ...request,
        plan: {
          ...request.plan,
          unavailableFoods,
        },
      },
      chosen: {
        plan,
        proof,
        outcome: {
          ...outcome,
          ...own,
        },
      },
      deadlineMs: this.config.values.LOOPGPT_PLAN_DEADLINE_MS,
    };
  }
}
