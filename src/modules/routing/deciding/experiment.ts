import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Preset, Weights } from './policy.js';

/** The arm that goes by what operators set; all others are compared with it. */
export const CONTROL = 'control';

const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'letters, digits and dashes, 40 at most');

const Arm = z.strictObject({
  share: z.int().min(1).max(100).describe('of a hundred routes, or tenants'),
  preset: Preset.optional(),
  weights: Weights.partial().optional().describe('over those of its preset, or over the operators’'),
  stopped: z.string().max(500).optional().describe('why nobody is given to it any more'),
});

const Guardrails = z.strictObject({
  leastRoutes: z.int().min(2).default(100).describe('decided routes of an arm before it is judged'),
  dearerPercent: z.number().min(0).default(2).describe('paid over the cheapest, beyond that of control'),
  slowerMs: z.number().min(0).default(1000),
  commissionDropCents: z.number().min(0).optional().describe('a route, below that of control'),
  confirmedDropPercent: z.number().min(0).max(100).default(10),
});
export type Guardrails = z.infer<typeof Guardrails>;

/**
 * Weight sets that are tried side by side. `by`: each tenant always has one arm, or each route has its own. Shares that do not make a
 * hundred leave the rest outside of it. Routes whose callers name a preset or weights are never in it.
 */
export const Experiment = z
  .strictObject({
    id: Name,
    by: z.enum(['tenant', 'request']),
    arms: z.record(Name, Arm),
    guardrails: Guardrails.default(Guardrails.parse({})),
  })
  .superRefine(({ arms }, context) => {
    const all = Object.entries(arms);
    const say = (message: string) => context.addIssue({ code: 'custom', path: ['arms'], message });
    const control = arms[CONTROL];
    if (!control || all.length < 2 || all.length > 6) say(`an arm ${CONTROL} and one to five others`);
    if (control && (control.preset || control.weights || control.stopped))
      say(`${CONTROL} goes by what operators set, and has a share alone`);
    if (all.reduce((sum, [, { share }]) => sum + share, 0) > 100) say('shares of more than a hundred');
    for (const [name, { preset, weights }] of all)
      if (name !== CONTROL && !preset && !weights) say(`${name} has neither a preset nor weights`);
  });
export type Experiment = z.infer<typeof Experiment>;
export type Arm = z.infer<typeof Arm>;

/** The experiment that a text says, or what is wrong with it. Pure. */
export function readExperiment(text: string): Experiment | { faults: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { faults: 'it is not JSON' };
  }
  const read = Experiment.safeParse(value);
  if (read.success) return read.data;
  return { faults: read.error.issues.map(({ path, message }) => `${path.join('/')}: ${message}`).join('; ') };
}

/** The experiment that is set, if there is one and it is sound: one of another version may not be, and then nobody is in it. Pure. */
export function soundExperiment(text: string | undefined): Experiment | null {
  const read = text === undefined ? null : readExperiment(text);
  return read === null || 'faults' in read ? null : read;
}

/**
 * The arm of a tenant's route: always the same for the same, and for another experiment by another dealing. Null outside of it and where
 * its arm was stopped. Pure.
 */
export function armOf(experiment: Experiment, tenantId: string, routeId: string): { name: string; arm: Arm } | null {
  const who = experiment.by === 'tenant' ? tenantId : routeId;
  const dealt = createHash('sha256').update(`${experiment.id}\0${who}`).digest().readUInt32BE(0);
  let place = (dealt / 2 ** 32) * 100;
  // By name, so that the order in which they were written down deals nobody anew.
  for (const [name, arm] of Object.entries(experiment.arms).sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (place < arm.share) return arm.stopped === undefined ? { name, arm } : null;
    place -= arm.share;
  }
  return null;
}
