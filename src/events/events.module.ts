import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { PinoLogger } from 'nestjs-pino';
import { Config } from '../config.js';
import { Metrics } from '../platform/telemetry/metrics.js';
import { EventBus } from './bus/event-bus.js';
import { KafkaEventBus } from './bus/kafka.event-bus.js';
import { MemoryEventBus } from './bus/memory.event-bus.js';
import { DirectPublisher } from './direct.publisher.js';
import { EventHorizon } from './event-horizon.js';
import { EventLog } from './event-log.js';
import { EventWaiter } from './event-waiter.js';
import { CrashSuspects } from './listening/crash-suspects.js';
import { DeadLetters } from './listening/dead-letters.js';
import { EventRouter } from './listening/event-router.js';
import { Outbox } from './outbox.js';
import { OutboxRelay } from './outbox.relay.js';
import { Relay } from './relay.js';

/** A consumer that cannot go on ends the process in order (SIGTERM), so that its supervisor starts a fresh one. */
function endProcess(): void {
  process.exitCode = 1;
  process.kill(process.pid, 'SIGTERM');
}

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    {
      provide: EventBus,
      inject: [Config, PinoLogger, Metrics],
      useFactory: async (config: Config, log: PinoLogger, metrics: Metrics): Promise<EventBus> => {
        if (!config.values.KAFKA_BROKERS) return new MemoryEventBus();
        const bus = new KafkaEventBus(config, log, metrics, endProcess);
        await bus.connect();
        return bus;
      },
    },
    CrashSuspects,
    DeadLetters,
    DirectPublisher,
    EventHorizon,
    EventLog,
    EventRouter,
    EventWaiter,
    Outbox,
    OutboxRelay,
    { provide: Relay, useExisting: OutboxRelay },
  ],
  exports: [
    EventHorizon,
    EventLog,
    EventBus,
    DirectPublisher,
    EventRouter,
    EventWaiter,
    Outbox,
    OutboxRelay,
    DeadLetters,
  ],
})
export class EventsModule implements OnApplicationShutdown {
  constructor(
    private readonly bus: EventBus,
    private readonly router: EventRouter,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.router.stop();
    await this.bus.close();
  }
}
