import { recordsPart, type AsyncApiPart } from '../../../events/asyncapi.js';
import { gatewayPart } from '../../live/gateway/gateway.asyncapi.js';
import { socketPart } from '../../live/socket/socket.asyncapi.js';
import { webhooksPart } from '../../notifications/webhooks.asyncapi.js';

/** The AsyncAPI 3 document of what we say: records on the bus, webhooks, and the messages of the WebSocket. Pure. */
export function asyncApi(): object {
  const parts = [recordsPart(), webhooksPart(), socketPart(), gatewayPart()];
  const all = (name: keyof AsyncApiPart): object => Object.assign({}, ...parts.map((part) => part[name])) as object;
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'LoopGPT Commerce events',
      version: '1',
      description:
        'What happened, told at least once: by records on Kafka (CloudEvents 1.0, binary mode), by webhooks (Standard Webhooks 1.0) and on a WebSocket. Ignore fields and types you do not know.',
    },
    defaultContentType: 'application/json',
    channels: all('channels'),
    operations: all('operations'),
    components: { messages: all('messages'), schemas: all('schemas') },
  };
}
