import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { newId } from '../../common/ids.js';
import { OutboxRelay } from '../../events/outbox.relay.js';
import { Database } from '../../platform/database/database.js';
import type { Library } from '../nutrition/library.js';
import type { PriceList } from '../nutrition/price-list.js';
import { LIBRARY, PRICES } from './library.token.js';
import { priced } from './packs.js';
import type { PlanResource } from './plan.dto.js';
import { failureOf, snapshotOf, type PlanRow } from './plan.resource.js';
import type { SwapMeal } from './planning.dto.js';
import { PlanningRepository } from './planning.repository.js';
import { PlanningService } from './planning.service.js';
import { shoppingListOf } from './shopping-list.js';
import { swapMeal } from './swap-meal.js';

/** Its own plan is at once closed, so the time it may take only has to be some. */
const MOMENT_MS = 1000;

/** Changes one meal of a plan. A closed plan never changes, so the change is a plan of its own, proven anew, with its own event. */
@Injectable()
export class SwapService {
  constructor(
    private readonly plans: PlanningRepository,
    private readonly planning: PlanningService,
    private readonly database: Database,
    private readonly outbox: OutboxRelay,
    @Inject(LIBRARY) private readonly library: Library,
    @Inject(PRICES) private readonly prices: PriceList,
  ) {}

  /** Throws `plan_not_found`, `plan_not_completed`, and `plan_refused` when no such meal can be. */
  async swap(tenantId: string, id: string, wish: SwapMeal): Promise<PlanResource> {
    const { status } = await this.planning.get(tenantId, id);
    if (status !== 'completed') throw new AppError('plan_not_completed', `plan ${id} is ${status}`);
    const made = await this.database.tenant(tenantId, async (tx) => {
      const before = (await this.plans.findCompleted(tx, id))!; // a completed plan stays one
      const swapped = swapMeal(before.request.plan, this.library, before.plan, wish);
      if (swapped.kind !== 'planned') {
        const errors = failureOf(swapped)!.details.map(({ pointer, detail }) => ({ pointer: pointer ?? '', detail }));
        throw new AppError('plan_refused', `swap in ${id}`, { errors });
      }
      const { plan, proof, notices } = swapped;
      const shoppingList = priced(shoppingListOf(plan, before.request.plan, this.library), this.prices);
      const { request, userId, reference, metadata, traceparent } = before;
      const next = newId('plan');
      const common = { request, userId, reference, metadata, traceparent, webhook: null, swappedFrom: id };
      await this.plans.insert(tx, tenantId, { id: next, ...common, deadlineMs: MOMENT_MS });
      const open = (await this.plans.lockOpen(tx, next))!; // written by this very transaction
      const outcome = { ...before.outcome, receipt: null, repairs: [], notices, shoppingList, route: null };
      const row: PlanRow = { ...open, status: 'completed', plan, proof, outcome, closedAt: open.now };
      const data = JSON.stringify(snapshotOf(row, this.library));
      const event = { id: newId('evt'), name: 'plan.generated' as const, data };
      await this.plans.close(tx, next, { status: 'completed', plan, proof, outcome, closedAt: open.now, event }, 0);
      return next;
    });
    this.outbox.wake();
    return this.planning.get(tenantId, made);
  }
}
