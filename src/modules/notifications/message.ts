import { newId } from '../../common/ids.js';
import { traceparentFrom } from '../../platform/telemetry/tracing.js';
import type { EventEnvelope } from '../../events/event.js';

/** Events that routes announce and webhooks carry. */
export const ROUTE_TYPES = ['route.decided', 'route.failed', 'route.cancelled', 'route.confirmed'] as const;
/** What webhooks say about themselves, to the tenant's other endpoints. */
export const NOTICE_TYPES = ['delivery.exhausted', 'endpoint.failing', 'endpoint.disabled'] as const;
export const WEBHOOK_TYPES = [...ROUTE_TYPES, ...NOTICE_TYPES] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];
/** Sent to one endpoint because someone asked for it; passes every filter. */
export const TEST_TYPE = 'webhook.test';

/** What an endpoint is sent: built once for an event, stored, and sent byte for byte at every attempt. */
export interface WebhookMessage {
  /** `webhook-id`: the same at every attempt and endpoint. */
  id: string;
  tenantId: string;
  subject: string;
  sequence: number;
  type: string;
  body: string;
  traceparent: string;
  occurredAt: string;
}

export function isWebhookType(name: string): name is WebhookType {
  return (WEBHOOK_TYPES as readonly string[]).includes(name);
}

/** The event's data goes in as the text it is: parsing and writing it again could change its bytes. */
export function messageOf(event: EventEnvelope): WebhookMessage {
  const { id, tenantId, subject, sequence, name, traceparent, time } = event;
  const body = `{"type":${JSON.stringify(name)},"timestamp":${JSON.stringify(time)},"sequence":${sequence},"data":${event.data}}`;
  return { id, tenantId, subject, sequence, type: name, body, traceparent, occurredAt: time };
}

/** A message of our own that announces no stored event, and so has no sequence. */
export function ownMessage(
  type: (typeof NOTICE_TYPES)[number] | typeof TEST_TYPE,
  about: { tenantId: string; subject: string },
  data: object,
  occurredAt: Date,
): WebhookMessage {
  const timestamp = occurredAt.toISOString();
  const body = JSON.stringify({ type, timestamp, data });
  return {
    id: newId('evt'),
    ...about,
    sequence: 0,
    type,
    body,
    traceparent: traceparentFrom(undefined),
    occurredAt: timestamp,
  };
}
