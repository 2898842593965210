import { z } from 'zod';
import type { ProviderSimulator, SimulatedReply, SimulatedRequest } from '../../src/modules/providers/simulation.js';
import { digestOf } from '../seeded.js';
import { draftFor } from './draft.js';
import { mealsIn } from './meals.js';
import { thingsIn } from './things.js';

const VERSIONS = new Set(['2023-06-01', '2026-10-21']);
const MODELS = /^claude-(haiku|sonnet|opus)-\d(-\d)?$/;
const BYTES_PER_TOKEN = 4;
/** Below this many tokens a prefix is not cached, without an error. */
const LEAST_CACHED_TOKENS = 4096;

const Block = z.looseObject({ type: z.string(), text: z.string().optional(), cache_control: z.unknown().optional() });
const Content = z.union([z.string(), z.array(Block)]);
const Asked = z.looseObject({
  model: z.string(),
  max_tokens: z.int().nonnegative(),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant', 'system']), content: Content })).min(1),
  system: Content.optional(),
  stream: z.boolean().optional(),
  output_config: z
    .looseObject({
      format: z.looseObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) }).nullish(),
    })
    .nullish(),
});
type Asked = z.infer<typeof Asked>;

/**
 * The Messages API (version 2026-10-21): its auth, shapes, errors, usage and stream. It answers like a model that does as it was told:
 * a draft of the days in the user's JSON, from the recipes in ours, or the things in parts of a message.
 */
export function messagesSimulator(): ProviderSimulator {
  return {
    id: 'ANTHROPIC',
    auxiliary: /^\/v1\/models/,
    refusal: (status) => refused(status, `simulated ${status}`),
    respond(request) {
      if (!request.headers['x-api-key'] && !/^Bearer ./.test(request.headers.authorization ?? '')) {
        return refused(401, 'x-api-key header is required');
      }
      if (!VERSIONS.has(request.headers['anthropic-version'] ?? ''))
        return refused(400, 'anthropic-version is required');
      if (request.method === 'GET' && request.path === '/v1/models') {
        return { status: 200, body: { data: [{ type: 'model', id: 'claude-haiku-5-5' }], has_more: false } };
      }
      if (request.method !== 'POST' || request.path !== '/v1/messages') return refused(404, 'Not found');
      return message(request);
    },
  };
}

function message({ body }: SimulatedRequest): SimulatedReply {
  const parsed = Asked.safeParse(jsonOf(body));
  if (!parsed.success) return refused(400, z.prettifyError(parsed.error));
  const asked = parsed.data;
  const taken = ['temperature', 'top_p', 'top_k'].find((name) => name in asked);
  if (taken) return refused(400, `${taken} is not supported`);
  if (!MODELS.test(asked.model)) return refused(404, `model: ${asked.model}`);
  const text = thingsIn(textsOf(asked)) ?? mealsIn(textsOf(asked)) ?? draftFor(textsOf(asked), body);
  const long = tokensOf(text) > asked.max_tokens;
  const said = long ? text.slice(0, asked.max_tokens * BYTES_PER_TOKEN) : text;
  const reply = {
    id: `msg_${digestOf('message', body).slice(0, 24)}`,
    type: 'message',
    role: 'assistant',
    model: asked.model,
    content: [{ type: 'text', text: said }],
    stop_reason: long ? 'max_tokens' : 'end_turn',
    stop_sequence: null,
    usage: usageOf(asked, said),
  };
  return asked.stream ? streamed(reply) : { status: 200, body: reply };
}

function usageOf(asked: Asked, said: string) {
  const system = typeof asked.system === 'string' ? [] : (asked.system ?? []);
  const last = system.findLastIndex((block) => block.cache_control !== undefined && block.cache_control !== null);
  const prefix = tokensOf(
    system
      .slice(0, last + 1)
      .map(({ text }) => text ?? '')
      .join(''),
  );
  const cached = prefix >= LEAST_CACHED_TOKENS ? prefix : 0;
  return {
    input_tokens: tokensOf(textsOf(asked).join('')) - cached,
    output_tokens: tokensOf(said),
    cache_creation_input_tokens: cached,
    cache_read_input_tokens: 0,
  };
}

const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);

function textsOf({ system, messages }: Asked): string[] {
  const blocks = [system ?? [], ...messages.map(({ content }) => content)];
  return blocks.flatMap((content) => (typeof content === 'string' ? [content] : content.map(({ text }) => text ?? '')));
}

interface Message {
  content: readonly { type: string; text: string }[];
  stop_reason: string;
  usage: { output_tokens: number };
}

function streamed(reply: Message): SimulatedReply {
  const text = reply.content[0]!.text;
  const events: [name: string, data: object][] = [
    [
      'message_start',
      { message: { ...reply, content: [], stop_reason: null, usage: { ...reply.usage, output_tokens: 1 } } },
    ],
    ['content_block_start', { index: 0, content_block: { type: 'text', text: '' } }],
    ...(text.match(/[\s\S]{1,200}/g) ?? []).map((part): [string, object] => [
      'content_block_delta',
      { index: 0, delta: { type: 'text_delta', text: part } },
    ]),
    ['content_block_stop', { index: 0 }],
    ['message_delta', { delta: { stop_reason: reply.stop_reason, stop_sequence: null }, usage: reply.usage }],
    ['message_stop', {}],
  ];
  const body = events.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify({ type: name, ...data })}\n\n`);
  return { status: 200, body: body.join(''), headers: { 'content-type': 'text/event-stream' } };
}

const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

function refused(status: number, message: string): SimulatedReply {
  const request_id = `req_${digestOf('refused', status, message).slice(0, 24)}`;
  const error = { type: TYPES[status] ?? 'api_error', message };
  return { status, body: { type: 'error', error, request_id }, headers: { 'request-id': request_id } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // told as an invalid request
  }
}
