import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Repeating } from '../../common/repeating.js';
import { GenerationService } from './generation.service.js';

const SWEEP_MS = 100;
const RELAY_MS = 1000;

/** Doorway for time: plans past their deadline are ended, plans that lost their job are queued again. In any planner instance. */
@Injectable()
export class PlanRelay implements OnApplicationShutdown {
  private readonly loops: readonly Repeating[];

  constructor(generation: GenerationService, log: PinoLogger) {
    const failed = (what: string) => (error: unknown) => log.warn({ error: String(error) }, what);
    this.loops = [
      new Repeating(() => generation.closeOverdue(), SWEEP_MS, failed('plans.sweep_failed')),
      new Repeating(() => generation.relay(), RELAY_MS, failed('plans.relay_failed')),
    ];
  }

  start(): void {
    for (const loop of this.loops) loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}
