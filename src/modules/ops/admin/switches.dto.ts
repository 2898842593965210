import { z } from 'zod';

export const Why = z.string().trim().min(3).max(500).describe('for the record: why this is done');

const Untried = z
  .boolean()
  .default(false)
  .describe('take credentials and a simulator over without asking whether they answer');

export const ChangeSwitches = z
  .strictObject({
    changes: z
      .record(z.string().max(60), z.string().max(20_000).nullable())
      .refine((changes) => Object.keys(changes).length > 0, { message: 'name at least one switch' })
      .describe('by the names of the environment; null takes a value back'),
    why: Why,
    untried: Untried,
  })
  .meta({ id: 'ChangeSwitches' });
export type ChangeSwitches = z.infer<typeof ChangeSwitches>;

export const UndoAct = z.strictObject({ why: Why, untried: Untried }).meta({ id: 'UndoAct' });
export type UndoAct = z.infer<typeof UndoAct>;

const Shown = z.record(z.string(), z.string());
export const Switches = z
  .object({
    version: z.int(),
    set: Shown.describe('what is set over the environment; secrets are never shown'),
    inForce: Shown.describe(
      'each switch as it holds now, set or from the environment, weights as the preset makes them',
    ),
    production: z.boolean().describe('whether mock mode has to be allowed by name'),
  })
  .meta({ id: 'Switches' });
export type Switches = z.infer<typeof Switches>;

export const SwitchesPreview = z
  .object({
    decisions: z.int().describe('how many of the latest decisions were decided again'),
    changed: z.array(z.object({ routeId: z.string(), winner: z.string().nullable(), wouldBe: z.string().nullable() })),
  })
  .meta({ id: 'SwitchesPreview' });
export type SwitchesPreview = z.infer<typeof SwitchesPreview>;

const Act = z.object({
  id: z.string(),
  version: z.int(),
  at: z.iso.datetime(),
  actor: z.string(),
  why: z.string(),
  before: Shown,
  after: Shown,
  undoes: z.string().nullable(),
  note: z.string().nullable().describe('what was done, where no switch was changed'),
});
export const ActList = z.object({ data: z.array(Act), nextBefore: z.int().nullable() }).meta({ id: 'ActList' });
export type ActList = z.infer<typeof ActList>;

/** The largest number of its column. */
const MAX_VERSION = 2 ** 31 - 1;
export const ListActs = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  before: z.coerce.number().int().min(1).max(MAX_VERSION).optional(),
});
export type ListActs = z.infer<typeof ListActs>;
