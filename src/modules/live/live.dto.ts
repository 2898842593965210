import { z } from 'zod';

const MAX_SEQUENCE = 2 ** 31 - 1;
export const Sequence = z.coerce.number().int().min(0).max(MAX_SEQUENCE);

export const FollowSubject = z.object({
  after: Sequence.optional().describe('sequence of the last event you have; Last-Event-ID comes before it'),
});
export type FollowSubject = z.infer<typeof FollowSubject>;
