import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import type { Repeating } from '../../common/repeating.js';
import { DecisionService } from './decision.service.js';

const BATCH = 200;

/**
 * Doorway for time. Every aggregator instance looks for overdue routes 40 times a second: a killed Kafka consumer is replaced only
 * after 11 s to 57 s, and deadlines cannot wait for that.
 */
@Injectable()
export class DeadlineSweeper implements OnApplicationShutdown {
  private readonly sweeping: Repeating;

  constructor(decisions: DecisionService, clock: Clock) {
    this.sweeping = clock.loop('deadline.sweep', async () => (await decisions.closeOverdue(BATCH)) === BATCH);
  }

  start(): void {
    this.sweeping.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweeping.stop();
  }
}
