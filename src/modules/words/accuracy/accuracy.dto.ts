import { z } from 'zod';

const Measured = z.object({
  set: z.string(),
  measure: z.string(),
  value: z.number().describe('a share, 0 to 1'),
  n: z.int().describe('how many cases'),
  low: z.number().describe('of the 95 % interval'),
  high: z.number(),
});
export const WordsAccuracy = z
  .object({
    model: z.string(),
    measured: z.array(Measured).describe('each set by itself, never averaged'),
    curve: z
      .array(z.object({ said: z.number(), right: z.number(), n: z.int() }))
      .describe('how often things read with such a certainty were right'),
  })
  .meta({ id: 'WordsAccuracy' });
export type WordsAccuracy = z.infer<typeof WordsAccuracy>;
