import type { Http, RequestOptions } from './http.js';
import { Subjects } from './subjects.js';
import type { CreatePlan, ListPlans, Plan, PlanList, SwapMeal } from './plan-types.js';

export interface PlanKind {
  Create: CreatePlan;
  Resource: Plan;
  ListQuery: ListPlans;
  List: PlanList;
}

export class Plans extends Subjects<PlanKind> {
  constructor(http: Http) {
    super(http, '/v1/plans');
  }

  /** Another recipe for one meal: a new plan, all else as it was. */
  swap(id: string, body: SwapMeal, { signal }: RequestOptions = {}): Promise<Plan> {
    return this.http.json({ method: 'POST', path: this.path(id, '/swap'), body, signal, once: true });
  }
}
