import { z } from 'zod';
import { MEASURES } from '../deciding/experiment-result.js';
import { Experiment } from '../deciding/experiment.js';

const Measured = z.object({
  mean: z.number(),
  difference: z
    .object({ mean: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('from control, and between what it lies with 95 in 100; null of control itself, and of too few routes'),
});

export const ExperimentResult = z.object({
  id: z.string(),
  running: z.boolean(),
  begunAt: z.iso.datetime(),
  readAt: z.iso.datetime(),
  definition: Experiment,
  arms: z.array(
    z.object({
      arm: z.string(),
      share: z.int().nullable(),
      stopped: z.string().nullable().describe('why nobody is given to it any more'),
      closed: z.int(),
      decided: z.int().describe('routes that somebody won; what follows is of them'),
      ...(Object.fromEntries(MEASURES.map((name) => [name, Measured])) as Record<
        (typeof MEASURES)[number],
        typeof Measured
      >),
    }),
  ),
});
export type ExperimentResult = z.infer<typeof ExperimentResult>;

export const ExperimentResults = z.object({ data: z.array(ExperimentResult) }).meta({ id: 'ExperimentResults' });
export type ExperimentResults = z.infer<typeof ExperimentResults>;
