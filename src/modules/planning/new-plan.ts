import type { NewOperation } from '../../operations/accepting.js';
import type { StoredRequest } from './plan-request.js';
import type { StoredOutcome } from './plan.resource.js';
import type { Plan, Proof } from './solver/plan.js';

/** A plan before it is a row. */
export interface NewPlan extends NewOperation {
  own: {
    user_id: string | null;
    request: StoredRequest;
    plan: Plan | null;
    proof: Proof | null;
    outcome: StoredOutcome | null;
    swapped_from: string | null;
  };
}
