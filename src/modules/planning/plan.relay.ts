import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import type { Repeating } from '../../common/repeating.js';
import { GenerationService } from './generation.service.js';

/** Doorway for time: plans past their deadline are ended, plans that lost their job are queued again. In any planner instance. */
@Injectable()
export class PlanRelay implements OnApplicationShutdown {
  private readonly loops: readonly Repeating[];

  constructor(generation: GenerationService, clock: Clock) {
    this.loops = [
      clock.loop('plans.sweep', () => generation.closeOverdue()),
      clock.loop('plans.relay', () => generation.relay()),
    ];
  }

  start(): void {
    for (const loop of this.loops) loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}
