import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Repeating } from '../../common/repeating.js';
import { RoutingRepository } from './routing.repository.js';

const REFRESH_MS = 10_000;

/** How each provider answered lately, as stored quotes tell; read every 10 s and frozen into each new route's policy. */
@Injectable()
export class Reliability implements OnApplicationShutdown {
  private counts: ReadonlyMap<string, { answers: number; usable: number }> = new Map();
  private readonly refreshing: Repeating;

  constructor(
    private readonly routes: RoutingRepository,
    log: PinoLogger,
  ) {
    this.refreshing = new Repeating(
      async () => {
        this.counts = new Map((await this.routes.recentReliability()).map((row) => [row.providerId, row]));
      },
      REFRESH_MS,
      (error) => log.warn({ error: String(error) }, 'reliability.refresh_failed'),
    );
  }

  start(): void {
    this.refreshing.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.refreshing.stop();
  }

  recent(): ReadonlyMap<string, { answers: number; usable: number }> {
    return this.counts;
  }
}
