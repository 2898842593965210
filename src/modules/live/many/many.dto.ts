import { z } from 'zod';
import { tellerOf } from '../../../operations/catalogue.js';
import { SERVER_MESSAGES } from '../deciding/socket-messages.js';
import { Sequence } from '../live.dto.js';

/** As many as a WebSocket follows. */
const MOST = 100;

const Place = z.string().transform((text, context) => {
  const [subject = '', digits = '0', ...rest] = text.split(':');
  const after = Sequence.safeParse(digits);
  if (after.success && rest.length === 0 && tellerOf(subject)) return { subject, after: after.data };
  context.addIssue({ code: 'custom', message: 'the id of something that can be followed, and the sequence you have' });
  return z.NEVER;
});

export const FollowMany = z.object({
  follow: z
    .string()
    .max(6000)
    .transform((text) => text.split(','))
    .pipe(z.array(Place).min(1).max(MOST))
    .refine((places) => new Set(places.map(({ subject }) => subject)).size === places.length, 'each id once')
    .describe(`comma list of at most ${MOST} ids, each with the sequence of the last event you have: req_…:3,plan_…:0`),
  stay: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('go on after outcomes'),
  token: z.string().max(2000).optional().describe('a browser token of the one subject that is followed'),
});
export type FollowMany = z.infer<typeof FollowMany>;

const { event, gap, ended, error } = SERVER_MESSAGES;
export const ManyEvents = z
  .object({
    messages: z.array(z.discriminatedUnion('type', [event, gap, ended, error])).describe('as on the WebSocket'),
    hasMore: z.boolean().describe('ask again at once; otherwise after a while'),
  })
  .meta({ id: 'ManyEvents' });
