import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../config.js';
import { WARMING } from './reading/warming.js';

/** A process that has just started has other things to do. */
const AFTER_MS = 10_000;

/** Where carts are read, the tables for it are read soon after the start, a step at a time, unless words come before: so nobody waits for long. */
@Injectable()
export class WordsWarming implements OnApplicationBootstrap, OnApplicationShutdown {
  private next: NodeJS.Timeout | undefined;

  constructor(private readonly config: Config) {}

  onApplicationBootstrap(): void {
    if (this.config.roles.has('planner')) this.warm(0, AFTER_MS);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.next);
  }

  private warm(from: number, afterMs: number): void {
    this.next = setTimeout(() => {
      WARMING[from]!();
      if (from + 1 < WARMING.length) this.warm(from + 1, 0);
    }, afterMs).unref();
  }
}
