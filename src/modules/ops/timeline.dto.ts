import { z } from 'zod';

export const Timeline = z
  .object({
    id: z.string(),
    traceId: z.string(),
    steps: z.array(
      z.object({
        at: z.iso.datetime(),
        /** Milliseconds since acceptance. */
        afterMs: z.number(),
        step: z.string(),
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'Timeline' });
export type Timeline = z.infer<typeof Timeline>;
