import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Repeating, Seldom } from '../common/pacing/repeating.js';
import { Metrics, fromZero } from '../platform/telemetry/metrics.js';
import { LOOPS, boundOf, deadAfterMs, type LoopName } from './catalogue.js';

const WATCH_MS = 1000;

/**
 * Starts what runs by itself and watches over it. A round that takes longer than its bound is abandoned and said, for one that waits
 * for something that never comes would be the last one; and each loop's last good round is known to metrics and readiness.
 */
@Injectable()
export class Clock implements OnApplicationShutdown {
  private readonly loops: { name: LoopName; loop: Repeating }[] = [];
  private readonly seldom = new Seldom();
  private readonly watching = setInterval(() => this.watch(), WATCH_MS).unref();

  constructor(
    private readonly metrics: Metrics,
    private readonly log: Pick<PinoLogger, 'warn' | 'error'>,
  ) {}

  /** The loop of a row of the table; who asks for it starts and stops it. */
  loop(name: LoopName, work: () => Promise<boolean | number | void>): Repeating {
    fromZero(this.metrics.loopRoundsAbandoned, [{ loop: name }]);
    this.metrics.loopAgeSeconds.set({ loop: name }, 0);
    const failed = (error: unknown) =>
      this.seldom.say(name, (times) => this.log.warn({ times, error: String(error) }, `${name}_failed`));
    const loop = new Repeating(work, LOOPS[name].everyMs, failed);
    this.loops.push({ name, loop });
    return loop;
  }

  /** The loops that have had no good round for too long. */
  dead(now = performance.now()): LoopName[] {
    const dead = this.loops.filter(
      ({ name, loop }) => loop.lastRoundAt !== null && now - loop.lastRoundAt > deadAfterMs(name),
    );
    return [...new Set(dead.map(({ name }) => name))];
  }

  onApplicationShutdown(): void {
    clearInterval(this.watching);
  }

  watch(now = performance.now()): void {
    const ages = new Map<LoopName, number>();
    for (const { name, loop } of this.loops) {
      if (loop.lastRoundAt === null) continue;
      ages.set(name, Math.max(ages.get(name) ?? 0, now - loop.lastRoundAt));
      if (loop.runningSince === null || now - loop.runningSince < boundOf(name)) continue;
      this.log.error({ loop: name, after_ms: Math.round(now - loop.runningSince) }, 'loop.round_abandoned');
      this.metrics.loopRoundsAbandoned.inc({ loop: name });
      loop.abandon();
    }
    for (const [loop, ms] of ages) this.metrics.loopAgeSeconds.set({ loop }, ms / 1000);
  }
}
