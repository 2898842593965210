import { operation, refs, split, type AsyncApiPart } from '../../../events/asyncapi.js';
import { PROTOCOL, SERVER_MESSAGES, Subscribe, Unsubscribe } from '../deciding/socket-messages.js';

const CLIENT_MESSAGES = { subscribe: Subscribe, unsubscribe: Unsubscribe };
const nameOf = (type: string): string => `stream.${type}`;
const namesOf = (messages: object): string[] => Object.keys(messages).map(nameOf);

/** The WebSocket, for the AsyncAPI document. Pure. */
export function socketPart(): AsyncApiPart {
  const messages = { ...CLIENT_MESSAGES, ...SERVER_MESSAGES };
  const converted = [
    ...Object.entries(CLIENT_MESSAGES).map(([type, schema]) => [type, split(schema, 'input')] as const),
    ...Object.entries(SERVER_MESSAGES).map(([type, schema]) => [type, split(schema, 'output')] as const),
  ];
  const text = { type: 'string' };
  return {
    channels: {
      stream: {
        address: '/v1/stream',
        description: `Follow routes, plans, imports, carts and watches of prices or clearances on one WebSocket (subprotocol ${PROTOCOL}); docs/websocket.md says how.`,
        messages: refs(namesOf(messages)),
        bindings: {
          ws: {
            method: 'GET',
            query: { type: 'object', properties: { token: text } },
            headers: { type: 'object', properties: { Authorization: text, 'Sec-WebSocket-Protocol': text } },
            bindingVersion: '0.1.0',
          },
        },
      },
    },
    operations: {
      tellStream: {
        ...operation('send', 'stream', 'What happens to what is followed.'),
        ...ofChannel(SERVER_MESSAGES),
      },
      obeyStream: { ...operation('receive', 'stream', 'What to follow.'), ...ofChannel(CLIENT_MESSAGES) },
    },
    messages: Object.fromEntries(
      converted.map(([type, { payload }]) => [
        nameOf(type),
        { name: type, summary: messages[type as 'event'].description, payload },
      ]),
    ),
    schemas: Object.assign({}, ...converted.map(([, { schemas }]) => schemas)) as Record<string, object>,
  };
}

const ofChannel = (messages: object): object => ({
  messages: namesOf(messages).map((name) => ({ $ref: `#/channels/stream/messages/${name}` })),
});
