import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../config.js';
import { WARMING } from './reading/warming.js';

/** Reads the tables that reading words needs before the first words come, a step at a time, so that nothing else waits for long. */
@Injectable()
export class WordsWarming implements OnApplicationBootstrap, OnApplicationShutdown {
  private next: NodeJS.Immediate | undefined;

  constructor(private readonly config: Config) {}

  onApplicationBootstrap(): void {
    if (this.config.roles.has('planner') || this.config.roles.has('api')) this.warm(0);
  }

  onApplicationShutdown(): void {
    clearImmediate(this.next);
  }

  private warm(from: number): void {
    this.next = setImmediate(() => {
      WARMING[from]!();
      if (from + 1 < WARMING.length) this.warm(from + 1);
    });
  }
}
