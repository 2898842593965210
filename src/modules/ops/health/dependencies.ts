import { Injectable } from '@nestjs/common';
import { Clock } from '../../../clock/clock.js';
import { EventBus } from '../../../events/bus/event-bus.js';
import { DatabaseClock } from '../../../platform/database/database-clock.js';
import { Queues } from '../../../queues/queues.js';
import { QuotesService } from '../../providers/quotes.service.js';
import { WriteProbe } from './write-probe.js';

const CHECK_MS = 2000;

/** `ms`: how long its answer took. `lastGoodAt`: when this process last found it well; null when never. */
export interface Check {
  ok: boolean;
  ms: number;
  detail?: string;
  lastGoodAt: Date | null;
}

export const DEPENDENCIES = ['database', 'bus', 'queues', 'loops', 'providers', 'clock'] as const;
export type Dependency = (typeof DEPENDENCIES)[number];

/** What the product stands on, each asked within two seconds. */
@Injectable()
export class Dependencies {
  private readonly good = new Map<Dependency, Date>();

  constructor(
    private readonly writes: WriteProbe,
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly queues: Queues,
    private readonly quotes: QuotesService,
    private readonly time: DatabaseClock,
  ) {}

  async check(): Promise<Record<Dependency, Check>> {
    const signal = AbortSignal.timeout(CHECK_MS);
    const [database, bus, queues, loops, providers] = await Promise.all([
      this.one('database', () => this.writes.ofDatabase(signal)),
      this.one('bus', () => this.bus.check()),
      this.one('queues', async () => {
        await Promise.all(this.queues.all().map(([, queue]) => queue.getJobCounts('waiting')));
        await this.writes.ofQueues(signal);
      }),
      this.one('loops', async () => {
        const dead = this.clock.dead();
        if (dead.length > 0) throw new Error(`no round any more of ${dead.join(', ')}`);
      }),
      this.one('providers', async () => {
        if (!(await this.quotes.canQuote())) throw new Error('no provider that quotes can be asked');
      }),
    ]);
    return { database, bus, queues, loops, providers, clock: this.noted('clock', { ...this.time.state, ms: 0 }) };
  }

  private async one(name: Dependency, work: () => Promise<unknown>): Promise<Check> {
    const start = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${CHECK_MS} ms`)), CHECK_MS);
    });
    const took = () => Math.round(performance.now() - start);
    try {
      await Promise.race([work(), late]);
      return this.noted(name, { ok: true, ms: took() });
    } catch (error) {
      // Only our own sentences leave the process; a driver's message may name hosts and users.
      const detail = error instanceof Error && error.message.startsWith('no ') ? error.message : 'cannot be reached';
      return this.noted(name, { ok: false, ms: took(), detail });
    } finally {
      clearTimeout(timer);
    }
  }

  private noted(name: Dependency, found: Omit<Check, 'lastGoodAt'>): Check {
    if (found.ok) this.good.set(name, new Date());
    return { ...found, lastGoodAt: this.good.get(name) ?? null };
  }
}
