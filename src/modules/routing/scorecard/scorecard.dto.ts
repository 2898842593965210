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

export const Timeouts = z
  .object({
    data: z.array(
      z.object({
        providerId: ProviderId,
        timeoutMs: z.int().nullable().describe('in force; null where it is not asked'),
        answers: z.int().describe('good ones of the last day'),
        p95Ms: z.int().nullable(),
        suggestedMs: z.int().nullable().describe('its p95 and two seconds, from twenty answers on'),
        wouldHave: z
          .object({
            lostAnswers: z.int().describe('came later than that'),
            lostWins: z.int().describe('of these, those that won'),
            sooner: z.int().describe('timed out, and would have been given up sooner'),
            soonerMs: z.int().describe('by so much in the mean'),
            mayHaveBeenHeard: z.int().describe('timed out, and would have been waited for longer'),
          })
          .nullable()
          .describe('what the suggestion would have changed in the last day'),
      }),
    ),
  })
  .meta({ id: 'Timeouts' });
export type Timeouts = z.infer<typeof Timeouts>;

/** What a line of the log tells, by its letter there. */
export const KINDS: Readonly<Record<string, string>> = {
  s: 'quote',
  l: 'link',
  c: 'cached',
  t: 'late',
  e: 'error',
  d: 'decision',
};

export const ListEdgeLogs = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  provider: ProviderId.optional(),
  kind: z.enum(['quote', 'link', 'cached', 'late', 'error', 'decision']).optional(),
});
export type ListEdgeLogs = z.infer<typeof ListEdgeLogs>;

export const EdgeLogs = z
  .object({
    data: z.array(
      z.object({
        at: z.iso.datetime(),
        kind: z.string().describe('quote, link, cached, late or error of an answer; decision, with its winner'),
        providerId: z.string().nullable(),
        latencyMs: z.number().nullable(),
        totalCents: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'EdgeLogs' });
export type EdgeLogs = z.infer<typeof EdgeLogs>;
