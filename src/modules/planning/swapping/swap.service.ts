import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { newId } from '../../../common/ids.js';
import { Config } from '../../../config.js';
import { Database } from '../../../platform/database/database.js';
import type { Library } from '../../nutrition/library.js';
import { LIBRARY, SWAP_MEAL } from '../library.token.js';
import type { PlanResource } from '../plan.dto.js';
import { failureOf } from '../plan.resource.js';
import type { SwapMeal } from '../planning.dto.js';
import type { NewPlan } from '../new-plan.js';
import { workOf } from '../plan-request.js';
import { PlanningRepository, type CompletedPlan } from '../planning.repository.js';
import { PlanningService } from '../planning.service.js';
import type { SwapIn } from '../solver/swap-meal.js';
import { unservedOf } from './swap-reasons.js';

/** Where there is nothing to route, all that is wanting are prices. */
const SECONDS_TO_PRICE = 10;

/**
 * Changes one meal of a plan. A closed plan never changes, so the change is a plan of its own, proven anew. Its meals are chosen when it
 * is stored; prices, route, outcome and events come as any plan's do, at once where there is nothing to route.
 */
@Injectable()
export class SwapService {
  constructor(
    private readonly plans: PlanningRepository,
    private readonly planning: PlanningService,
    private readonly database: Database,
    private readonly config: Config,
    @Inject(LIBRARY) private readonly library: Library,
    @Inject(SWAP_MEAL) private readonly swapMeal: SwapIn,
  ) {}

  /** The new plan, open while its cart is routed. Throws `plan_not_found`, `plan_not_completed`, and `plan_refused` when no such meal can be. */
  async swap(tenantId: string, id: string, wish: SwapMeal): Promise<PlanResource> {
    const { status } = await this.planning.get(tenantId, id);
    if (status !== 'completed') throw new AppError('plan_not_completed', `plan ${id} is ${status}`);
    const before = await this.database.tenant(tenantId, (tx) => this.plans.findCompleted(tx, id));
    const next = this.swapped(tenantId, before!, wish); // a completed plan stays one
    const swapped = await this.planning.acceptChosen(next);
    return next.own.request.route
      ? this.planning.get(tenantId, swapped)
      : this.planning.wait(tenantId, swapped, SECONDS_TO_PRICE);
  }

  /** What no shop had is kept out of the new meal, and from then on out of all meals once none needs it. */
  private swapped(tenantId: string, before: CompletedPlan, wish: SwapMeal): NewPlan {
    const { request, outcome, userId, reference, metadata, traceparent } = before;
    const missed = [...request.plan.unavailableFoods, ...(outcome.livePrices?.unavailableFoods ?? [])];
    const swapped = this.swapMeal(request.plan, before.plan, { ...wish, unavailableFoods: missed });
    if (swapped.kind !== 'planned') {
      const errors = failureOf(swapped)!.details.map(({ pointer, detail }) => ({ pointer: pointer ?? '', detail }));
      throw new AppError('plan_refused', `swap in ${before.id}`, { errors });
    }
    const { plan, proof, notices } = swapped;
    const unavailableFoods = unservedOf(plan, this.library, missed);
    const own = { receipt: null, repairs: [], notices, shoppingList: null, route: null, livePrices: null };
    return {
      id: newId('plan'),
      tenantId,
      work: workOf(request.plan),
      reference,
      metadata,
      traceparent,
      webhook: null,
      deadlineMs: this.config.values.LOOPGPT_PLAN_DEADLINE_MS,
      cancelAfterSeconds: null,
      own: {
        user_id: userId,
        request: { ...request, plan: { ...request.plan, unavailableFoods } },
        plan,
        proof,
        outcome: { ...outcome, ...own },
        swapped_from: before.id,
      },
    };
  }
}
