import type { Http, RequestOptions } from './http.js';
import { Subjects, keyed, type CreateOptions } from './subjects.js';
import type {
  CreatePlan,
  ListPlans,
  ListSwaps,
  Plan,
  PlanList,
  RoutedPlan,
  RoutePlan,
  SwapMeal,
  SwapOptions,
} from './plan-types.js';

export interface PlanKind {
  Create: CreatePlan;
  Resource: Plan;
  ListQuery: ListPlans;
  List: PlanList;
}

/** What a plan can be read as beside JSON. */
export type PlanText = 'text/markdown' | 'text/html' | 'text/calendar';

export class Plans extends Subjects<PlanKind> {
  constructor(http: Http) {
    super(http, '/v1/plans');
  }

  /** As a person has it: to read, to print, or for the calendar. */
  text(id: string, type: PlanText, options: RequestOptions = {}): Promise<string> {
    return this.http.text(this.path(id), type, options);
  }

  /** What one meal may become, and what each choice changes. */
  swaps(id: string, query: ListSwaps, { signal }: RequestOptions = {}): Promise<SwapOptions> {
    return this.http.json({ method: 'GET', path: this.path(id, '/swap'), query, signal });
  }

  /** Another recipe for one meal: a new plan, all else as it was. */
  swap(id: string, body: SwapMeal, { signal }: RequestOptions = {}): Promise<Plan> {
    return this.http.json({ method: 'POST', path: this.path(id, '/swap'), body, signal, once: true });
  }

  /** Routes the shopping list of a plan that was made; the route is `client.routes.wait(routed.routeId)`. */
  route(id: string, body: RoutePlan, options: CreateOptions = {}): Promise<RoutedPlan> {
    const { signal } = options;
    return this.http.json({ method: 'POST', path: this.path(id, '/route'), body, signal, headers: keyed(options) });
  }

  /** Gives back the packs of clearances that it holds; asking twice is fine. */
  releaseHold(id: string, { signal }: RequestOptions = {}): Promise<void> {
    return this.http.json({ method: 'DELETE', path: this.path(id, '/hold'), signal });
  }
}
