import type { Event } from '../../../sdk/client.js';

export const STEPS = ['drafted', 'checked', 'priced', 'routed'] as const;
export type StepName = (typeof STEPS)[number];

export interface Step {
  name: StepName;
  state: 'done' | 'now' | 'ahead';
  /** What was announced with it, once it is done. */
  data: Readonly<Record<string, unknown>> | null;
}

/** How far a plan is, by what was announced of it; what comes next is under way. Pure. */
export function stepsOf(heard: readonly Pick<Event, 'type' | 'data'>[]): Step[] {
  const told = STEPS.map((name) => heard.find(({ type }) => type === `plan.${name}`));
  const last = told.findLastIndex((event) => event !== undefined);
  return STEPS.map((name, at) => ({
    name,
    state: at <= last ? 'done' : at === last + 1 ? 'now' : 'ahead',
    data: (told[at]?.data as Record<string, unknown> | undefined) ?? null,
  }));
}
