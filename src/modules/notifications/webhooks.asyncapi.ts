import { operation, refs, dataOf, type AsyncApiPart } from '../../events/asyncapi.js';
import { EVENTS, type EventName } from '../../events/catalogue.js';
import { TEST_TYPE, webhookTypes } from './deciding/message.js';

/** Webhooks, for the AsyncAPI document. Pure. */
export function webhooksPart(): AsyncApiPart {
  const types = [...webhookTypes(), TEST_TYPE];
  const nameOf = (type: string): string => `webhook.${type}`;
  return {
    channels: {
      webhooks: {
        address: null,
        description: 'The URL of an endpoint (POST /v1/webhook-endpoints), or the one named in a request.',
        messages: refs(types.map(nameOf)),
      },
    },
    operations: {
      sendWebhook: operation('send', 'webhooks', 'Signed, and repeated for about 75 h until it is answered with 2xx.'),
    },
    messages: Object.fromEntries(types.map((type) => [nameOf(type), webhookMessage(type)])),
  };
}

function webhookMessage(type: string): object {
  const event = Object.hasOwn(EVENTS, type) ? EVENTS[type as EventName] : null;
  const texts = ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'traceparent', 'tracestate'];
  return {
    name: type,
    summary: event?.about ?? 'What webhooks say about themselves.',
    headers: {
      type: 'object',
      properties: Object.fromEntries(texts.map((header) => [header, { type: 'string' }])),
      required: texts.slice(0, 3),
    },
    payload: {
      type: 'object',
      properties: {
        id: { type: 'string', description: 'the webhook-id header' },
        type: { const: type },
        subject: { type: 'string' },
        timestamp: { type: 'string', format: 'date-time' },
        sequence: { type: 'integer', description: 'within the subject; the same in streams and polls' },
        data: event ? dataOf(type as EventName).payload : { type: 'object' },
      },
      required: ['id', 'type', 'subject', 'timestamp', 'data'],
    },
  };
}
