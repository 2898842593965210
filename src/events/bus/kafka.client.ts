import { connect, type Socket } from 'node:net';
import { Kafka, logLevel, type ISocketFactoryArgs } from 'kafkajs';
import type { Config } from '../../config.js';

/** A send may not take longer than a route can afford: past it the records spill (see outbox and spill). */
export const REQUEST_TIMEOUT_MS = 2000;
const KEEP_ALIVE_MS = 5000;

/** What of a kafkajs producer or consumer tells that a request was not answered. */
interface TellsTimeouts {
  events: { REQUEST_TIMEOUT: string };
  on(event: never, listener: () => void): unknown;
}

/**
 * A client of the broker with connections of its own. kafkajs goes on asking over a connection that neither answers nor ends (a
 * failover, a forgotten NAT entry); here an answer that stays away ends it, and kafkajs connects anew.
 */
export class KafkaClient {
  readonly kafka: Kafka;
  private readonly sockets = new Set<Socket>();

  constructor(config: Config) {
    this.kafka = new Kafka({
      clientId: 'loopgpt',
      brokers: config.values.KAFKA_BROKERS ?? [],
      connectionTimeout: 1000,
      requestTimeout: REQUEST_TIMEOUT_MS,
      logLevel: logLevel.NOTHING,
      // A send is over, one way or the other, before a transaction that waits for it is ended for idling.
      retry: { initialRetryTime: 50, maxRetryTime: 1000, retries: 2 },
      socketFactory: (wanted) => this.open(wanted),
    });
  }

  /** Ends all connections when one of `client`'s requests is not answered in its time. */
  watch<C extends TellsTimeouts>(client: C): C {
    client.on(client.events.REQUEST_TIMEOUT as never, () => {
      for (const socket of this.sockets) socket.destroy(new Error('the broker does not answer on this connection'));
    });
    return client;
  }

  private open({ host, port, onConnect }: ISocketFactoryArgs): Socket {
    const socket = connect(
      { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS },
      onConnect,
    );
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  }
}
