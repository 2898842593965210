import { z } from 'zod';
import { ProviderId } from '../../providers/provider.js';

export const ConfirmRoute = z
  .strictObject({
    confirmationToken: z.string().min(20).max(200),
    acceptTotalCents: z
      .int()
      .nonnegative()
      .optional()
      .describe('the highest total that is accepted, where it has moved'),
    acceptMissing: z.array(z.string().max(64)).max(200).optional().describe('ids of lines that it may now lack'),
  })
  .meta({ id: 'ConfirmRoute' });
export type ConfirmRoute = z.infer<typeof ConfirmRoute>;

/** What was agreed. It names no token: webhooks and streams carry it too. */
export const Confirmation = z
  .object({
    routeId: z.string(),
    providerId: ProviderId,
    /** `link`: open `handoffUrl` to order. `order_request`: the provider has no such link; the order is on record for an operator. */
    kind: z.enum(['link', 'order_request']),
    handoffUrl: z.string().nullable(),
    currency: z.string(),
    /** As the route was decided, and as the provider says now. */
    decidedTotalCents: z.int(),
    totalCents: z.int(),
    /** Lines that it served when the route was decided and does not serve now. */
    missing: z.array(z.string()),
    simulated: z.boolean(),
    confirmedAt: z.iso.datetime(),
  })
  .meta({ id: 'Confirmation' });
export type Confirmation = z.infer<typeof Confirmation>;
