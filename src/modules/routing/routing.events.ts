import { z } from 'zod';
import type { EventRow } from '../../events/event-row.js';
import { FailureReason, ProviderAnswer, ProviderId } from '../providers/provider.js';
import { Confirmation } from './confirming/confirmation.dto.js';
import { ROUTE_STATUSES, RouteSnapshot } from './routing.dto.js';

const ROUTES = { topic: 'routes.v1', version: 1, source: 'outbox' } as const;

/** What routes announce. */
export const ROUTING_EVENTS = {
  'quote.received': {
    topic: 'quotes.v1',
    version: 1,
    source: 'direct',
    about: 'One provider answered one route, well or badly.',
    schema: z.object({ routeId: z.string(), answer: ProviderAnswer }),
  },
  'route.quoted': {
    topic: 'progress.v1',
    version: 1,
    source: 'direct',
    about:
      'A provider has answered: told live to open streams and sockets, kept nowhere, and without a place in the order (sequence 0).',
    schema: z.object({
      id: z.string(),
      providerId: ProviderId,
      status: z
        .enum(['counted', 'link', 'failed'])
        .describe('counted: a price, to be weighed by the policy of the route'),
      totalCents: z.int().nullable(),
      currency: z.string().nullable(),
      latencyMs: z.number(),
      reason: FailureReason.nullable(),
    }),
  },
  'route.decided': { ...ROUTES, about: 'The route has a winner.', schema: RouteSnapshot, terminal: true },
  'route.failed': {
    ...ROUTES,
    about: 'The route was closed without a usable quote.',
    schema: RouteSnapshot,
    terminal: true,
  },
  'route.cancelled': {
    ...ROUTES,
    about: 'The caller cancelled the route before it was decided.',
    schema: RouteSnapshot,
    terminal: true,
  },
  'route.confirmed': {
    ...ROUTES,
    about: 'The caller confirmed the winner, who was asked again: the cart is handed over.',
    schema: z.object({
      id: z.string(),
      status: z.enum(ROUTE_STATUSES),
      reference: z.string().nullable(),
      confirmation: Confirmation,
    }),
  },
} as const satisfies Record<string, EventRow>;
