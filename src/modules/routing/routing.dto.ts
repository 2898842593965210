import { z } from 'zod';
import { idPattern } from '../../common/ids.js';
import { QueuePlace, submission, submitted } from '../../platform/http/submission.js';
import { CartLine, FailureReason, ProviderId, QuoteLine, ShippingAddress } from '../providers/provider.js';
import { SplitWish } from './splitting/split.js';
import {
  AllowPartial,
  BudgetCents,
  HistoryWeight,
  NeededBy,
  Outcome,
  Policy,
  Preset,
  Weights,
} from './deciding/policy.js';

/** What callers send and get. Strict in what we take; every answer in the tests is checked against the OpenAPI made from these. */
export const MAX_ITEMS = 200;

const Items = z
  .array(CartLine)
  .min(1)
  .max(MAX_ITEMS)
  .refine((items) => new Set(items.map((item) => item.id)).size === items.length, 'each item needs an id of its own');

export const CreateRoute = z
  .strictObject({
    items: Items,
    shippingAddress: ShippingAddress,
    deadlineMs: z.int().min(100).max(30_000).optional(),
    quorum: z.int().min(1).max(20).optional(),
    allowPartial: AllowPartial.optional(),
    weights: Weights.partial().optional(),
    preset: Preset.optional(),
    historyWeight: HistoryWeight.optional(),
    strategy: z
      .enum(['single', 'split'])
      .optional()
      .describe(
        'split: all answers are waited for, and the outcome tells the cheapest way of buying at several stores, too',
      ),
    split: SplitWish.optional(),
    providers: z
      .array(ProviderId)
      .min(1)
      .max(20)
      .optional()
      .describe('only these are asked; refused with 422 where none of them is enabled and quotes'),
    budgetCents: BudgetCents.optional(),
    neededBy: NeededBy.optional(),
    priceCheck: z
      .boolean()
      .optional()
      .describe('tell how the winner’s prices stand among those seen before; so it is with a historyWeight'),
    ...submission,
  })
  .refine((body) => !(body.weights && body.preset), { message: 'give weights or a preset, not both', path: ['preset'] })
  .refine((body) => !body.split || body.strategy === 'split', {
    message: 'goes with the strategy "split"',
    path: ['split'],
  })
  .meta({ id: 'CreateRoute' });
export type CreateRoute = z.infer<typeof CreateRoute>;

export const ROUTE_STATUSES = ['open', 'fulfilled', 'partial', 'no_quotes', 'cancelled'] as const;
export type RouteStatus = (typeof ROUTE_STATUSES)[number];

/** A late answer compared with the winner: what waiting longer would have changed. */
export const Regret = z.object({
  providerId: ProviderId,
  wouldHaveWon: z.boolean(),
  scoreDifference: z.number().nullable(),
  totalDifferenceCents: z.int().nullable(),
});

export const QuoteSummary = z
  .object({
    providerId: ProviderId,
    status: z.enum(['complete', 'partial', 'link', 'failed']),
    late: z.boolean(),
    latencyMs: z.number(),
    currency: z.string().nullable(),
    itemsCents: z.int().nullable(),
    feesCents: z.int().nullable(),
    taxCents: z.int().nullable(),
    deliveryCents: z.int().nullable(),
    totalCents: z.int().nullable(),
    unknownParts: z.array(z.string()),
    deliveryMinutes: z.object({ min: z.number(), max: z.number() }).nullable(),
    url: z.string().nullable(),
    observedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable(),
    simulated: z.boolean().nullable(),
    /** Given for the same cart a few minutes before. */
    cached: z.boolean().nullable(),
    reason: FailureReason.nullable(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'QuoteSummary' });
export type QuoteSummary = z.infer<typeof QuoteSummary>;

/** A route as events carry it: never changes once the route is closed. */
export const RouteSnapshot = z.object({
  ...submitted(ROUTE_STATUSES),
  outcome: Outcome.nullable(),
  quotes: z.array(QuoteSummary),
});
export type RouteSnapshot = z.infer<typeof RouteSnapshot>;

/** A route as GET shows it: the snapshot plus what came late and the lines of every quote. */
export const RouteResource = RouteSnapshot.extend({
  lateQuotes: z.array(Regret),
  lines: z.record(z.string(), z.array(QuoteLine)),
  cancelAt: z.iso.datetime().nullable().describe('by Cancel-After: cancelled then if it is still open'),
  queue: QueuePlace,
  /** What confirms the winner, once; only for keys with routes:write, and in no event. */
  confirmation: z.object({ token: z.string(), expiresAt: z.iso.datetime() }).nullable(),
}).meta({ id: 'Route' });
export type RouteResource = z.infer<typeof RouteResource>;

export const ValidatedRoute = z
  .object({
    valid: z.literal(true),
    policy: Policy.describe('as it would be frozen: who is asked, and how it is decided'),
  })
  .meta({ id: 'ValidatedRoute' });
export type ValidatedRoute = z.infer<typeof ValidatedRoute>;

export const CreateRouteOptions = z.strictObject({
  validateOnly: z
    .enum(['true', 'false'])
    .optional()
    .describe('true: only say what would be asked; nothing is accepted'),
});
export type CreateRouteOptions = z.infer<typeof CreateRouteOptions>;

export const RouteListItem = z
  .object({
    id: z.string(),
    status: z.enum(ROUTE_STATUSES),
    reference: z.string().nullable(),
    createdAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    winnerId: ProviderId.nullable(),
    totalCents: z.int().nullable(),
  })
  .meta({ id: 'RouteListItem' });

export const RouteList = z
  .object({
    data: z.array(RouteListItem),
    nextCursor: z
      .string()
      .nullable()
      .describe(
        'null at the end; a page may hold fewer than asked for and still have one, for a filter looks at 1,000 routes at a time',
      ),
  })
  .meta({ id: 'RouteList' });
export type RouteList = z.infer<typeof RouteList>;

export const ListRoutes = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().regex(idPattern('req')).optional(),
  reference: z.string().max(128).optional(),
  status: z.enum(ROUTE_STATUSES).optional(),
  selectedProvider: ProviderId.optional(),
  item: z.string().min(1).max(200).optional().describe('the id of a line, or words that its name holds'),
});
export type ListRoutes = z.infer<typeof ListRoutes>;
