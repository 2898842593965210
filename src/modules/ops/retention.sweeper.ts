import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import type { Repeating } from '../../common/pacing/repeating.js';
import { Config } from '../../config.js';
import { RetentionRepository } from './retention.repository.js';

/** Doorway for time: forgets, batch by batch, what is older than `LOOPGPT_KEEP_DAYS`. Any number of instances may run at once. */
@Injectable()
export class RetentionSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sweeping: Repeating;

  constructor(
    private readonly retention: RetentionRepository,
    private readonly config: Config,
    clock: Clock,
  ) {
    this.sweeping = clock.loop('retention.sweep', () => this.sweep());
  }

  onApplicationBootstrap(): void {
    this.sweeping.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sweeping.stop();
  }

  /** One batch of each kind; answers whether there may be more. */
  async sweep(): Promise<boolean> {
    const days = this.config.values.LOOPGPT_KEEP_DAYS;
    let more = await this.retention.forgetKeys();
    if (days > 0) more = (await this.retention.forget(days)) || more;
    return more;
  }
}
