import type { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../src/clock/clock.js';
import { readConfig } from '../../src/read-config.js';
import { DirectPublisher } from '../../src/events/direct.publisher.js';
import { directEvent, type EventEnvelope } from '../../src/events/event.js';
import { KafkaEventBus } from '../../src/events/bus/kafka.event-bus.js';
import { Listens, type EventListener } from '../../src/events/listening/on-events.js';
import type { Database } from '../../src/platform/database/database.js';
import { Metrics } from '../../src/platform/telemetry/metrics.js';
import { failed } from '../support/decisions.js';
import { createStores, migrated, rowsOf, type Stores } from '../support/stores.js';

const EVENTS = 20;

/** What is declared is listened to wherever it runs, so the declaration is all that a publisher knows of a listener. */
@Listens({ group: 'first', topic: 'quotes.v1', role: 'aggregator' })
class First implements EventListener {
  async handle(): Promise<void> {}
}
@Listens({ group: 'second', topic: 'quotes.v1', role: 'notifier' })
class Second implements EventListener {
  async handle(): Promise<void> {}
}
@Listens({ group: 'hinted', topic: 'quotes.v1', role: 'api', everyInstance: true })
class Hinted implements EventListener {
  async handle(): Promise<void> {}
}

describe('events that no broker took', () => {
  let stores: Stores;
  let database: Database;
  let publisher: DirectPublisher;
  let clock: Clock;
  const log = { warn: () => undefined } as unknown as PinoLogger;
  const spilled = () => rowsOf<{ listener: string }>(stores.adminUrl, 'SELECT listener FROM spilled_events', []);

  beforeAll(async () => {
    stores = await createStores();
    database = await migrated(stores);
    const config = readConfig({ LOOPGPT_ENV: 'test', ...stores.env, KAFKA_BROKERS: '127.0.0.1:1' });
    // Never connected, as while its broker is away.
    const bus = new KafkaEventBus(config, log as never, new Metrics(), () => undefined);
    clock = new Clock(new Metrics(), log);
    publisher = new DirectPublisher(database, bus, log, clock, new Metrics(), config);
  }, 60_000);
  afterAll(async () => {
    await publisher?.onApplicationShutdown();
    clock?.onApplicationShutdown();
    await database?.close();
    await stores?.drop();
  });

  it('are kept for each group that listens: two listeners get all of them, and one that fails takes none from the other', async () => {
    expect([First, Second, Hinted]).toHaveLength(3);
    const about = { tenantId: 'ten_a', subject: 'req_1', traceparent: '' };
    const events = Array.from({ length: EVENTS }, () =>
      directEvent('quote.received', about, { routeId: 'req_1', answer: { ...failed('KROGER_API'), calls: 1 } }),
    );
    await publisher.publish(events);
    expect((await spilled()).map(({ listener }) => listener).sort()).toEqual([
      ...Array<string>(EVENTS).fill('first'),
      ...Array<string>(EVENTS).fill('second'),
    ]);

    const heard = { first: [] as string[], second: [] as string[] };
    let failures = 3;
    const keep = (by: 'first' | 'second') => async (batch: readonly EventEnvelope[]) => {
      if (by === 'second' && failures-- > 0) throw new Error('the listener is unwell');
      heard[by].push(...batch.map(({ id }) => id));
    };
    publisher.drain('quotes.v1', 'first', keep('first'));
    publisher.drain('quotes.v1', 'second', keep('second'));
    const until = Date.now() + 10_000;
    while ((await spilled()).length > 0 && Date.now() < until) await new Promise((r) => setTimeout(r, 50));
    const ids = events.map(({ id }) => id);
    expect(heard).toEqual({ first: ids, second: ids });
  });
});
