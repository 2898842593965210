import { Injectable } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { PinoLogger } from 'nestjs-pino';
import { halves } from '../../common/pacing/batcher.js';
import { isRefusedForData } from '../../common/sql-state.js';
import { Config } from '../../config.js';
import { isStoreAway } from '../../platform/database/store-errors.js';
import { Metrics, fromZero } from '../../platform/telemetry/metrics.js';
import { EVENTS, type Topic } from '../catalogue.js';
import { EventBus } from '../bus/event-bus.js';
import type { EventEnvelope } from '../event.js';
import { DirectPublisher } from '../direct.publisher.js';
import { CrashSuspects } from './crash-suspects.js';
import { DeadLetters } from './dead-letters.js';
import { readingOf, type HeardEvent } from './heard.js';
import { LISTENER, topicsOf, type EventListener, type ListenerOptions } from './on-events.js';

const STORE_RETRY_MS = 200;
const ATTEMPTS = 3;

/** One listener on one topic. */
type Listening = ListenerOptions & { topic: Topic };

/**
 * Finds every `@Listens` class, subscribes those whose role runs here, and stands between the bus and them: unreadable records are
 * parked as dead letters, a record that keeps failing by itself or ends the process is parked too, and while the database is away it waits.
 */
@Injectable()
export class EventRouter {
  private stopped = false;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
    private readonly config: Config,
    private readonly bus: EventBus,
    private readonly direct: DirectPublisher,
    private readonly suspects: CrashSuspects,
    private readonly deadLetters: DeadLetters,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
  ) {}

  /** Subscribes this process's listeners; resolves when all have joined. */
  async start(): Promise<void> {
    const subscriptions = this.listeners().map(({ options, listener }) => {
      const handle = (batch: readonly EventEnvelope[]) => this.handle(options, listener, batch);
      const { everyInstance = false, restMs = 0 } = options;
      return { ...options, everyInstance, restMs, handle };
    });
    fromZero(
      this.metrics.busPoison,
      subscriptions.map(({ topic }) => ({ topic })),
    );
    await this.suspects.begin();
    await this.bus.subscribe(subscriptions);
    this.suspects.joined();
    for (const { topic, group, everyInstance, handle } of subscriptions) {
      if (hasDirectEvents(topic) && !everyInstance) this.direct.drain(topic, group, handle);
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private listeners(): { options: Listening; listener: EventListener }[] {
    return this.discovery
      .getProviders()
      .filter((wrapper) => wrapper.metatype && wrapper.instance)
      .flatMap((wrapper) => {
        const options = this.reflector.get<ListenerOptions | undefined>(LISTENER, wrapper.metatype as () => unknown);
        const listener = wrapper.instance as EventListener;
        if (!options || !this.config.roles.has(options.role)) return [];
        return topicsOf(options).map((one) => ({ options: { ...options, topic: one }, listener }));
      });
  }

  private async handle(options: Listening, listener: EventListener, batch: readonly EventEnvelope[]): Promise<void> {
    const readable: HeardEvent[] = [];
    for (const event of batch) {
      const reading = readingOf(event);
      if (typeof reading === 'string') await this.park(options, event, reading);
      else readable.push(reading);
    }
    if (readable.length === 0) return;
    if (this.suspects.isCareful && options.everyInstance !== true)
      await this.handleCarefully(options, listener, readable);
    else await this.handleApart(options, listener, readable);
  }

  /**
   * After a crash, which a record of these may have brought about. A process that ended before it had marked a record as published left a
   * copy of it on the bus with each end: once it is parked, its copies are, too.
   */
  private async handleCarefully(
    options: Listening,
    listener: EventListener,
    all: readonly HeardEvent[],
  ): Promise<void> {
    const name = `${options.topic}/${options.group}`;
    const once = new Map(all.map((event) => [event.id, event]));
    for (const id of await this.deadLetters.parked(name, [...once.keys()])) once.delete(id);
    const batch = [...once.values()];
    const ids = [...once.keys()];
    if (batch.length === 0) return;
    if (!(await this.suspects.any(name, ids)))
      return this.suspects.inHand(name, ids, () => this.handleApart(options, listener, batch));
    for (const event of batch) {
      const doing = () => this.handleApart(options, listener, [event]);
      await this.suspects.alone(name, event.id, doing, (reason) => this.park(options, asSent(event), reason));
    }
  }

  /** A batch that fails is taken apart until what is to blame fails alone, and is parked. */
  private async handleApart(options: Listening, listener: EventListener, batch: readonly HeardEvent[]): Promise<void> {
    try {
      await this.attempt(listener, batch, batch.length === 1 ? ATTEMPTS : 1);
    } catch (error) {
      if (batch.length === 1) return this.park(options, asSent(batch[0]!), String(error));
      this.log.warn({ group: options.group, records: batch.length, error: String(error) }, 'events.batch_failed');
      for (const half of halves(batch)) await this.handleApart(options, listener, half);
    }
  }

  private async attempt(listener: EventListener, events: readonly HeardEvent[], attempts: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await listener.handle(events);
      } catch (error) {
        if (this.stopped) throw error;
        if (isStoreAway(error)) attempt--;
        else if (attempt >= attempts || isRefusedForData(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, STORE_RETRY_MS));
      }
    }
  }

  private async park(options: Listening, event: EventEnvelope, reason: string): Promise<void> {
    this.metrics.busPoison.inc({ topic: options.topic });
    this.log.error({ group: options.group, event_id: event.id, event_name: event.name, reason }, 'events.dead_letter');
    await this.deadLetters.park(`${options.topic}/${options.group}`, event, reason);
  }
}

function hasDirectEvents(topic: Topic): boolean {
  return Object.values(EVENTS).some((event) => event.topic === topic && event.source === 'direct');
}

/** As it goes out again when it is redriven: the data as its text alone. */
function asSent(heard: HeardEvent): EventEnvelope {
  const { parsed: _, ...event } = heard;
  return event;
}
