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
    live: z
      .object({
        measure: z.string(),
        hours: z.int().describe('so long after the words were read, or when their cart was routed before'),
        days: z.int().describe('over so many days'),
        value: z.number().describe('a share, 0 to 1; 0 of none'),
        n: z.int().describe('lines that were read, and nothing asked about'),
        low: z.number().describe('of the 95 % interval'),
        high: z.number(),
      })
      .describe('of your own carts'),
    curve: z
      .array(z.object({ said: z.number(), right: z.number(), n: z.int() }))
      .describe('how often things read with such a certainty were right'),
  })
  .meta({ id: 'WordsAccuracy' });
export type WordsAccuracy = z.infer<typeof WordsAccuracy>;
