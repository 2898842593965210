import { newId } from '../../../common/ids.js';
import { traceparentFrom } from '../../../platform/telemetry/tracing.js';
import { tellers } from '../../../operations/catalogue.js';
import { bodyOf, type EventEnvelope } from '../../../events/event.js';

/** What webhooks say about themselves, to the tenant's other endpoints. */
export const NOTICE_TYPES = ['delivery.exhausted', 'endpoint.failing', 'endpoint.disabled'] as const;
/** What webhooks carry: of each teller what its row says, for its steps may be for streams and polls alone. */
export const webhookTypes = (): string[] => [...tellers().flatMap(({ webhooks }) => webhooks), ...NOTICE_TYPES];
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

export const isWebhookType = (name: string): boolean => webhookTypes().includes(name);

export function messageOf(event: EventEnvelope): WebhookMessage {
  const { id, tenantId, subject, sequence, name, traceparent, time } = event;
  return { id, tenantId, subject, sequence, type: name, body: bodyOf(event), traceparent, occurredAt: time };
}

/** A message of our own that announces no stored event, and so has no sequence. */
export function ownMessage(
  type: (typeof NOTICE_TYPES)[number] | typeof TEST_TYPE,
  about: { tenantId: string; subject: string },
  data: object,
  occurredAt: Date,
): WebhookMessage {
  const id = newId('evt');
  const timestamp = occurredAt.toISOString();
  const body = JSON.stringify({ id, type, subject: about.subject, timestamp, data });
  return {
    id,
    ...about,
    sequence: 0,
    type,
    body,
    traceparent: traceparentFrom(undefined),
    occurredAt: timestamp,
  };
}
