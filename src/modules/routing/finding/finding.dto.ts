import { z } from 'zod';
import { idPattern } from '../../../common/ids.js';
import { ProviderId } from '../../providers/provider.js';

/** What operators look for routes by; all that is named holds at once. */
export const FindRoutes = z.strictObject({
  id: z.string().min(1).max(64).optional().describe('of a route, or of the trace of its request'),
  item: z.string().trim().min(1).max(100).optional().describe('part of the name of something in the cart'),
  provider: ProviderId.optional().describe('that answered it'),
  reference: z.string().min(1).max(128).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().regex(idPattern('req')).optional(),
});
export type FindRoutes = z.infer<typeof FindRoutes>;

export const FoundRoutes = z
  .object({
    data: z.array(
      z.object({
        id: z.string(),
        tenantId: z.string(),
        status: z.enum(['open', 'fulfilled', 'partial', 'no_quotes', 'cancelled']),
        reference: z.string().nullable(),
        traceId: z.string(),
        items: z.array(z.string()).describe('names in the cart, the first ten'),
        winnerId: z.string().nullable(),
        totalCents: z.int().nullable(),
        currency: z.string().nullable(),
        createdAt: z.iso.datetime(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'FoundRoutes' });
export type FoundRoutes = z.infer<typeof FoundRoutes>;
