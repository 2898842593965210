import { z } from 'zod';
import { idPattern } from '../../common/ids.js';
import { WebhookSecret } from '../../platform/crypto/webhook-secret.js';
import { Metadata } from '../../platform/http/submission.js';
import { MAX_URL_LENGTH } from '../../platform/outgoing/url-rules.js';
import { webhookTypes } from './deciding/message.js';
import { SIGNATURES } from './deciding/signature.js';

/** What callers send and get about webhooks. */
/** A repeated type would do no harm, but is surely a mistake. */
const Events = z
  .array(z.lazy(() => z.enum(webhookTypes())))
  .min(1)
  .refine((events) => new Set(events).size === events.length, 'each event at most once');

const Settings = {
  url: z.string().max(MAX_URL_LENGTH),
  /** Null, and by default: all events, also those there will be. */
  events: Events.nullable(),
  description: z.string().max(500),
  metadata: Metadata,
  /** One message about a subject is sent only when those before it are delivered or given up. */
  ordered: z.boolean(),
  /** The most attempts that begin in a second; null is no limit. */
  maxPerSecond: z.int().min(1).max(1000).nullable(),
};

export const CreateEndpoint = z
  .strictObject({
    url: Settings.url,
    events: Settings.events.default(null),
    description: Settings.description.default(''),
    metadata: Settings.metadata.default({}),
    ordered: Settings.ordered.default(false),
    maxPerSecond: Settings.maxPerSecond.default(null),
    /** v1: HMAC under a shared secret. v1a: ed25519, verified with the public key in the answer. */
    signature: z.enum(SIGNATURES).default('v1'),
    secret: WebhookSecret.optional(),
  })
  .refine(({ signature, secret }) => signature === 'v1' || secret === undefined, {
    path: ['secret'],
    error: 'with v1a the key is made here and its private half never leaves',
  })
  .meta({ id: 'CreateWebhookEndpoint' });
export type CreateEndpoint = z.infer<typeof CreateEndpoint>;

export const UpdateEndpoint = z.strictObject(Settings).partial().meta({ id: 'UpdateWebhookEndpoint' });
export type UpdateEndpoint = z.infer<typeof UpdateEndpoint>;

export const RotateSecret = z
  .strictObject({
    secret: WebhookSecret.optional(),
    /** How long the secret so far signs too; 0 when it has leaked. */
    overlapHours: z.int().min(0).max(72).default(24),
  })
  .meta({ id: 'RotateWebhookSecret' });
export type RotateSecret = z.infer<typeof RotateSecret>;

export const EndpointResource = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.string()).nullable(),
    description: z.string(),
    metadata: z.record(z.string(), z.string()),
    ordered: z.boolean(),
    maxPerSecond: z.int().nullable(),
    signature: z.enum(SIGNATURES),
    enabled: z.boolean(),
    disabledReason: z.enum(['requested', 'gone', 'failing']).nullable(),
    disabledAt: z.iso.datetime().nullable(),
    /** Since when every attempt has failed; five days later the endpoint is disabled. */
    failingSince: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'WebhookEndpoint' });
export type EndpointResource = z.infer<typeof EndpointResource>;

/** A `secret` (v1) or a `publicKey` (v1a), to verify with; the other is null. */
const Verifying = { secret: z.string().nullable(), publicKey: z.string().nullable() };

/** The secret is shown here and at a rotation, and nowhere else. */
export const CreatedEndpoint = EndpointResource.extend(Verifying).meta({ id: 'CreatedWebhookEndpoint' });
export type CreatedEndpoint = z.infer<typeof CreatedEndpoint>;

export const EndpointList = z
  .object({ data: z.array(EndpointResource), nextCursor: z.string().nullable() })
  .meta({ id: 'WebhookEndpointList' });
export type EndpointList = z.infer<typeof EndpointList>;

export const SecretResource = z.object({ secret: z.string() }).meta({ id: 'WebhookSecret' });
export type SecretResource = z.infer<typeof SecretResource>;

export const RotatedSecret = z
  .object({ ...Verifying, previousSecretsUntil: z.iso.datetime() })
  .meta({ id: 'RotatedWebhookSecret' });
export type RotatedSecret = z.infer<typeof RotatedSecret>;

export const DELIVERY_STATUSES = ['pending', 'delivered', 'exhausted', 'stopped'] as const;

export const DeliverySummary = z
  .object({
    id: z.string(),
    endpointId: z.string(),
    /** The `webhook-id` header. */
    eventId: z.string(),
    type: z.string(),
    /** What the event is about: a route's id, or an endpoint's. */
    subject: z.string(),
    status: z.enum(DELIVERY_STATUSES),
    attemptCount: z.int(),
    nextAttemptAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    settledAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'WebhookDeliverySummary' });
export type DeliverySummary = z.infer<typeof DeliverySummary>;

export const AttemptResource = z
  .object({
    number: z.int(),
    url: z.string(),
    startedAt: z.iso.datetime(),
    /** Null while it runs; it stays null when it was cut off and nobody knows whether it arrived. */
    outcome: z.enum(['delivered', 'failed']).nullable(),
    statusCode: z.int().nullable(),
    error: z.string().nullable(),
    /** The first kilobyte of what the receiver answered. */
    answer: z.string().nullable(),
    durationMs: z.int().nullable(),
  })
  .meta({ id: 'WebhookAttempt' });

export const DeliveryResource = DeliverySummary.extend({
  /** The exact text that is sent; null for a key that may not read the subject itself. */
  body: z.string().nullable(),
  attempts: z.array(AttemptResource),
}).meta({ id: 'WebhookDelivery' });
export type DeliveryResource = z.infer<typeof DeliveryResource>;

export const DeliveryList = z
  .object({ data: z.array(DeliverySummary), nextCursor: z.string().nullable() })
  .meta({ id: 'WebhookDeliveryList' });
export type DeliveryList = z.infer<typeof DeliveryList>;

const Page = { limit: z.coerce.number().int().min(1).max(100).default(20) };

export const ListEndpoints = z.strictObject({ ...Page, cursor: z.string().regex(idPattern('ep')).optional() });
export type ListEndpoints = z.infer<typeof ListEndpoints>;

export const ListEndpointDeliveries = z.strictObject({
  ...Page,
  cursor: z.string().regex(idPattern('whd')).optional(),
  status: z.enum(DELIVERY_STATUSES).optional(),
});
export type ListEndpointDeliveries = z.infer<typeof ListEndpointDeliveries>;

export const ListDeliveries = ListEndpointDeliveries.extend({ subject: z.string().max(40).optional() });
export type ListDeliveries = z.infer<typeof ListDeliveries>;

export const Replay = z
  .strictObject({
    since: z.iso.datetime({ offset: true }),
    until: z.iso.datetime({ offset: true }).optional(),
    /** Only tells what would start anew, also for an endpoint that is disabled. */
    dryRun: z.boolean().default(false),
  })
  .meta({ id: 'ReplayWebhooks' });
export type Replay = z.infer<typeof Replay>;

export const Replayed = z
  .object({
    /** Nothing was started: what follows is what would be. */
    dryRun: z.boolean(),
    /** How many deliveries start anew. */
    deliveries: z.int(),
    /** There are more in that span; ask again. */
    more: z.boolean(),
  })
  .meta({ id: 'ReplayedWebhooks' });
export type Replayed = z.infer<typeof Replayed>;
