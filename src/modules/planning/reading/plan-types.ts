import type { Text } from '../../../platform/http/representations.js';
import type { PlanResource } from '../plan.dto.js';

/** What a plan can be read as beside JSON. */
export const PLAN_TYPES = ['text/markdown', 'text/html', 'text/calendar'] as const;
export type PlanType = (typeof PLAN_TYPES)[number];

/** `planAs`, for who need not know how each is written. */
export const PLAN_AS = Symbol('plan as text');
export type PlanAs = (type: PlanType, plan: PlanResource) => Text;
