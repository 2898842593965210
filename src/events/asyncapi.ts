import { z } from 'zod';
import { EVENTS, TOPICS, type EventName } from './catalogue.js';

/** AsyncAPI 3 in parts: whoever says something describes it, from the schemas that the code itself goes by. Pure. */
export interface AsyncApiPart {
  channels: Readonly<Record<string, object>>;
  operations: Readonly<Record<string, object>>;
  messages: Readonly<Record<string, object>>;
  schemas?: Readonly<Record<string, object>>;
}

/** Messages of the document by name, as a channel lists them. */
export const refs = (names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));

/** What we say (`send`) or listen to (`receive`) on a channel. */
export const operation = (action: 'send' | 'receive', channel: string, summary: string): object => ({
  action,
  channel: { $ref: `#/channels/${channel}` },
  summary,
});

/**
 * A schema of what is told (`output`) or sent to us, in the dialect that AsyncAPI 3 takes where none is named, and apart from it those
 * it refers to by name, which are the document's.
 */
export function split(
  schema: z.ZodType,
  io: 'input' | 'output' = 'output',
): { payload: object; schemas: Record<string, object> } {
  const { $schema: _, ...converted } = z.toJSONSchema(schema, { target: 'draft-7', io });
  const text = JSON.stringify(converted).replaceAll(/#\/(\$defs|definitions)\//g, '#/components/schemas/');
  const { $defs, definitions, ...payload } = JSON.parse(text) as { $defs?: object; definitions?: object };
  return { payload, schemas: { ...$defs, ...definitions } as Record<string, object> };
}

/** `data` of an event, wherever it is told. */
export const dataOf = (name: EventName): ReturnType<typeof split> => split(EVENTS[name].schema);

/** The records on the bus, from the catalogue. */
export function recordsPart(): AsyncApiPart {
  const names = Object.keys(EVENTS) as EventName[];
  const channelOf = (topic: string): object => ({
    address: topic,
    description: 'The key of each record is the id of its subject.',
    messages: refs(names.filter((name) => EVENTS[name].topic === topic)),
  });
  return {
    channels: Object.fromEntries(TOPICS.map((topic) => [topic, channelOf(topic)])),
    operations: Object.fromEntries(
      TOPICS.map((topic) => [`publish.${topic}`, operation('send', topic, 'Each record once it is safe.')]),
    ),
    messages: Object.fromEntries(names.map((name) => [name, recordMessage(name)])),
    schemas: Object.assign({}, ...names.map((name) => dataOf(name).schemas)) as Record<string, object>,
  };
}

function recordMessage(name: EventName): object {
  const { about, version } = EVENTS[name];
  const texts = [
    'ce_id',
    'ce_source',
    'ce_subject',
    'ce_time',
    'ce_tenantid',
    'ce_sequence',
    'traceparent',
    'tracestate',
  ];
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
    payload: dataOf(name).payload,
  };
}
