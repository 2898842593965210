import type { ErrorRows } from '../../common/error-row.js';

export const PLANNING_ERRORS = {
  plan_not_found: [404, 'There is no such plan; check the id and that the key belongs to the same tenant.', false],
  plan_already_closed: [409, 'The plan already has its outcome; read it with GET.', false],
  plan_not_completed: [409, 'Only a plan that was made can be changed; read it with GET to see how it stands.', false],
  plan_list_empty: [409, 'Nothing of the plan is to be bought, so there is nothing to route.', false],
  plan_refused: [422, 'No plan can be made as asked; see errors for what to change.', false],
  plan_quota_used: [
    429,
    'As many plans were made in the last hour as this user, or all of yours together, may have; wait for the time in Retry-After.',
    true,
  ],
  intake_not_found: [404, 'Nothing is stored for this user; send it with PUT /v1/intake.', false],
} as const satisfies ErrorRows;
