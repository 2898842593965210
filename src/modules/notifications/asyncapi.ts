import { z } from 'zod';
import { EVENTS, TOPICS, type EventName } from '../../events/catalogue.js';
import { TEST_TYPE, WEBHOOK_TYPES } from './message.js';

/** The AsyncAPI 3 document of what we say: records on the bus and webhooks, from the catalogues that the code itself goes by. Pure. */
export function asyncApi(): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'LoopGPT Commerce events',
      version: '1',
      description:
        'What happened, told at least once: by records on Kafka (CloudEvents 1.0, binary mode) and by webhooks (Standard Webhooks 1.0). Ignore fields and types you do not know.',
    },
    defaultContentType: 'application/json',
    channels: {
      ...Object.fromEntries(TOPICS.map((topic) => [topic, topicChannel(topic)])),
      webhooks: {
        address: null,
        description: 'The URL of an endpoint (POST /v1/webhook-endpoints), or the one named in a request.',
        messages: refs(WEBHOOKS.map(webhookName)),
      },
    },
    operations: {
      ...Object.fromEntries(
        TOPICS.map((topic) => [`publish.${topic}`, sending(topic, 'Each record once it is safe.')]),
      ),
      sendWebhook: sending('webhooks', 'Signed, and repeated for about 75 h until it is answered with 2xx.'),
    },
    components: {
      messages: Object.fromEntries([
        ...EVENT_NAMES.map((name) => [name, recordMessage(name)]),
        ...WEBHOOKS.map((type) => [webhookName(type), webhookMessage(type)]),
      ]),
    },
  };
}

const EVENT_NAMES = Object.keys(EVENTS) as EventName[];
const WEBHOOKS = [...WEBHOOK_TYPES, TEST_TYPE];
const webhookName = (type: string): string => `webhook.${type}`;

const refs = (names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));

const sending = (channel: string, summary: string): object => ({
  action: 'send',
  channel: { $ref: `#/channels/${channel}` },
  summary,
});

const topicChannel = (topic: string): object => ({
  address: topic,
  description: 'The key of each record is the id of its subject.',
  messages: refs(EVENT_NAMES.filter((name) => EVENTS[name].topic === topic)),
});

function recordMessage(name: EventName): object {
  const { about, version, schema } = EVENTS[name];
  const texts = ['ce_id', 'ce_source', 'ce_subject', 'ce_time', 'ce_tenantid', 'ce_sequence', 'traceparent'];
  return {
    name,
    summary: about,
    headers: {
      type: 'object',
      properties: {
        ...Object.fromEntries(texts.map((header) => [header, { type: 'string' }])),
        ce_specversion: { const: '1.0' },
        ce_type: { const: name },
        ce_dataversion: { const: String(version) },
      },
    },
    payload: schemaOf(schema),
  };
}

function webhookMessage(type: string): object {
  const event = Object.hasOwn(EVENTS, type) ? EVENTS[type as EventName] : null;
  const texts = ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'traceparent'];
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
        data: event ? schemaOf(event.schema) : { type: 'object' },
      },
      required: ['id', 'type', 'subject', 'timestamp', 'data'],
    },
  };
}

/** In the dialect that AsyncAPI 3 takes where none is named. */
function schemaOf(schema: z.ZodType): object {
  const { $schema: _, ...converted } = z.toJSONSchema(schema, { target: 'draft-7' });
  return converted;
}
