import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { newId } from '../../../common/ids.js';
import { Config } from '../../../config.js';
import { Database } from '../../../platform/database/database.js';
import type { Library } from '../../nutrition/library.js';
import { todayIn } from '../calendar.js';
import { LIBRARY, SWAP_REFUSALS } from '../library.token.js';
import type { PlanResource, SwapOptions } from '../plan.dto.js';
import type { ListSwaps, SwapMeal } from '../planning.dto.js';
import type { NewPlan } from '../new-plan.js';
import { workOf } from '../plan-request.js';
import { PlanningRepository, type CompletedPlan } from '../planning.repository.js';
import { PlanningService } from '../planning.service.js';
import type { Plan, Refusal } from '../solver/plan.js';
import { Solver } from '../solver/solver.service.js';
import type { SwapRefusals } from '../solver/swap-meal.js';
import { unservedOf } from './swap-reasons.js';

/** The usual wait for a plan that is made while its caller waits. */
const SECONDS_TO_MAKE = 10;
/** As long as a thread may take, and its line. */
const MOST_MS = 8000;

/**
 * Changes one meal of a plan. A closed plan never changes, so the change is a plan of its own, made and proven anew as every plan is: by
 * a job, in the solver's threads. What no recipe could be is refused at once; what turns out to fit nowhere is, too, where the
 * caller waits for it.
 */
@Injectable()
export class SwapService {
  constructor(
    private readonly plans: PlanningRepository,
    private readonly planning: PlanningService,
    private readonly database: Database,
    private readonly config: Config,
    private readonly solver: Solver,
    @Inject(LIBRARY) private readonly library: Library,
    @Inject(SWAP_REFUSALS) private readonly refusals: SwapRefusals,
  ) {}

  /**
   * What the meal may become, solved and proven in the solver's threads. Throws as `swap` does, and `overloaded` where they have too much to do.
   */
  async options(
    tenantId: string,
    id: string,
    { date, slot, limit }: ListSwaps,
    gone: AbortSignal,
  ): Promise<SwapOptions> {
    const before = await this.completed(tenantId, id);
    const { plan, swap } = this.swapped(tenantId, before, { date, slot }).own.request;
    const within = AbortSignal.any([gone, AbortSignal.timeout(MOST_MS)]);
    const found = await this.solver
      .choices(plan, { plan: before.plan, wish: swap!.wish, most: limit }, within, tenantId)
      .catch((error: unknown) => {
        throw within.aborted ? new AppError('overloaded', `options of ${id}`, { retryAfterSeconds: 5 }) : error;
      });
    if (found.kind === 'refused') throw refusedSwap(id, found.refusals);
    return { date, slot, currency: plan.currency ?? 'USD', options: [...found.choices], isAll: found.isAll };
  }

  /** The new plan, open while it is made or its cart is routed. Throws `plan_not_found`, `plan_not_completed`, and `plan_refused` when no such meal can be. */
  async swap(tenantId: string, id: string, wish: SwapMeal): Promise<PlanResource> {
    const before = await this.completed(tenantId, id);
    const next = this.swapped(tenantId, before, wish);
    const { request } = next.own;
    const refusals = this.refusals(request.plan, before.plan, request.swap!.wish);
    if (refusals.length > 0) throw refusedSwap(id, refusals);
    const swapped = await this.planning.acceptSwap(next);
    if (request.route) return this.planning.get(tenantId, swapped);
    const made = await this.planning.wait(tenantId, swapped, SECONDS_TO_MAKE);
    if (made.status !== 'failed' || made.failure?.reason === 'deadline') return made;
    const errors = made.failure!.details.map(({ pointer, detail }) => ({ pointer: pointer ?? '', detail }));
    throw new AppError('plan_refused', `swap ${swapped} in ${id}`, { errors });
  }

  private async completed(tenantId: string, id: string): Promise<CompletedPlan> {
    const { status } = await this.planning.get(tenantId, id);
    if (status !== 'completed') throw new AppError('plan_not_completed', `plan ${id} is ${status}`);
    return (await this.database.tenant(tenantId, (tx) => this.plans.findCompleted(tx, id)))!; // a completed plan stays one
  }

  /**
   * What no shop had is kept out of the new meal, and from then on out of all meals once none needs it. Of clearances that were given back
   * nothing is kept.
   */
  private swapped(tenantId: string, before: CompletedPlan, wish: SwapMeal): NewPlan {
    const { request, outcome, userId, reference, metadata, traceparent, plan, isHoldReleased } = before;
    const missedFoods = [
      ...new Set([
        ...request.plan.unavailableFoods,
        ...(request.swap?.missedFoods ?? []),
        ...(outcome.livePrices?.unavailableFoods ?? []),
      ]),
    ];
    const unavailableFoods = unservedOf(withMeal(plan, wish), this.library, missedFoods);
    const swap = {
      plan,
      wish: { ...wish, unavailableFoods: missedFoods, today: todayIn(request.timezone) },
      origin: outcome.origin,
      playlist: outcome.playlist ?? null,
      missedFoods,
      from: before.id,
      cleared: isHoldReleased ? null : (outcome.clearances ?? null),
    };
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
        request: { ...request, swap, plan: { ...request.plan, unavailableFoods } },
        plan: null,
        proof: null,
        outcome: null,
        swapped_from: before.id,
      },
    };
  }
}

const refusedSwap = (id: string, refusals: readonly Refusal[]): AppError =>
  new AppError('plan_refused', `swap in ${id}`, {
    errors: refusals.map(({ pointer, reason }) => ({ pointer, detail: reason })),
  });

/** The plan with the meal that is wished, or without it where none is named. */
const withMeal = (plan: Plan, { date, slot, recipeId }: SwapMeal): Plan => ({
  ...plan,
  days: plan.days.map((day) => ({
    ...day,
    meals: day.meals.flatMap((meal) => {
      if (day.date !== date || meal.slot !== slot) return [meal];
      return recipeId === undefined ? [] : [{ ...meal, recipeId }];
    }),
  })),
});
