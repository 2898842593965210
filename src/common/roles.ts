/** Which parts of the product a process may run. */
export const ROLES = ['api', 'quotes', 'aggregator', 'planner', 'notifier'] as const;
export type Role = (typeof ROLES)[number];
