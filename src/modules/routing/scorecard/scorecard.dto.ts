import { z } from 'zod';
import { Honesty, ProviderId } from '../../providers/provider.js';

export const WINDOWS = { hour: 3600, day: 24 * 3600, week: 7 * 24 * 3600 } as const;
export type Window = keyof typeof WINDOWS;

/** How one provider did in one window. Milliseconds are of calls that were answered; null where there were none. */
export const Score = z.object({
  answers: z.int().describe('calls that were answered or failed'),
  failures: z.int(),
  successPercent: z.number().nullable(),
  late: z.int().describe('answers after the decision'),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  wins: z.int(),
  winPercent: z.number().nullable().describe('of all that were decided for somebody'),
  suggestedTimeoutMs: z.int().nullable().describe('its p95 and two seconds, from twenty answers on'),
});
export type Score = z.infer<typeof Score>;

export const Scorecards = z
  .object({
    readAt: z.iso.datetime(),
    providers: z.array(
      z.object({
        providerId: ProviderId,
        hour: Score,
        day: Score,
        week: Score,
        honesty: Honesty.nullable().describe('how its quotes compare with what was then asked and taken, over 90 days'),
      }),
    ),
  })
  .meta({ id: 'Scorecards' });
export type Scorecards = z.infer<typeof Scorecards>;
