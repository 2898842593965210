import { z } from 'zod';
import { operation, refs, split, type AsyncApiPart } from '../../../events/asyncapi.js';
import { GATEWAY_MESSAGES, TOLD } from './gateway-messages.mapping.js';

const nameOf = (type: string): string => `gateway.${type}`;
const namesOf = (types: readonly string[]): string[] => types.map(nameOf);
const SAID = Object.keys(GATEWAY_MESSAGES);
const ANSWERS = ['auth', 'subscribed', 'pong', ...Object.keys(TOLD), 'error'];

const Answer = z.object({
  type: z.string(),
  data: z.looseObject({}),
  timestamp: z.iso.datetime(),
  sessionId: z.string(),
  userId: z.string().optional().describe('of the key, whatever was stated'),
});

/** The former gateway, for the AsyncAPI document. Pure. */
export function gatewayPart(): AsyncApiPart {
  const told = ANSWERS.map((type) => [`told.${type}`, Answer] as const);
  const messages = [...Object.entries(GATEWAY_MESSAGES), ...told];
  const ofChannel = (types: readonly string[]): object => ({
    messages: namesOf(types).map((name) => ({ $ref: `#/channels/gateway/messages/${name}` })),
  });
  const answers = told.map(([type]) => type);
  return {
    channels: {
      gateway: {
        address: '/ws/walmart',
        description: 'The former live gateway; docs/websocket.md says how. New clients use /v1/stream.',
        messages: refs(namesOf(messages.map(([type]) => type))),
        bindings: { ws: { method: 'GET', bindingVersion: '0.1.0' } },
      },
    },
    operations: {
      tellGateway: { ...operation('send', 'gateway', 'What becomes of carts and prices.'), ...ofChannel(answers) },
      obeyGateway: { ...operation('receive', 'gateway', 'What former clients say.'), ...ofChannel(SAID) },
    },
    messages: Object.fromEntries(
      messages.map(([type, schema]) => [
        nameOf(type),
        {
          name: type.replace('told.', ''),
          payload: split(schema, type.startsWith('told.') ? 'output' : 'input').payload,
        },
      ]),
    ),
  };
}
