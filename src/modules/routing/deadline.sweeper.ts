import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Repeating } from '../../common/repeating.js';
import { DecisionService } from './decision.service.js';

const TICK_MS = 25;
const BATCH = 200;

/**
 * Doorway for time. Every aggregator instance looks for overdue routes 40 times a second: a killed Kafka consumer is replaced only
 * after 11 s to 57 s, and deadlines cannot wait for that.
 */
@Injectable()
export class DeadlineSweeper implements OnApplicationShutdown {
  private readonly sweeping: Repeating;

  constructor(decisions: DecisionService, log: PinoLogger) {
    this.sweeping = new Repeating(
      async () => (await decisions.closeOverdue(BATCH)) === BATCH,
      TICK_MS,
      (error) => log.warn({ error: String(error) }, 'deadline.sweep_failed'),
    );
  }

  start(): void {
    this.sweeping.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweeping.stop();
  }
}
