import { setTimeout as sleep } from 'node:timers/promises';
import { isRefusedForData } from '../sql-state.js';

interface Waiting<In, Out> {
  item: In;
  resolve: (out: Out) => void;
  reject: (error: unknown) => void;
}

/**
 * Batch while busy, never wait while idle: the first item goes at once; items that come while a flush is in flight go together in
 * the next. Where nobody waits for the result, `restMs` has each flush wait for more. Each caller gets its own result, in the order of
 * `flush`'s answer. A flush that fails fails its items; one that the store refuses for its data is taken apart until what is to blame
 * fails alone. So `flush` does all for its items or nothing.
 */
export class Batcher<In, Out> {
  private waiting: Waiting<In, Out>[] = [];
  private active = 0;

  constructor(
    private readonly flush: (items: In[]) => Promise<Out[]>,
    private readonly options: { maxItems: number; maxInFlight?: number; restMs?: number },
  ) {}

  add(item: In): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.active < (this.options.maxInFlight ?? 1)) {
        this.active++;
        void this.run();
      }
    });
  }

  private async run(): Promise<void> {
    await this.rest();
    while (this.waiting.length > 0) {
      await this.settle(this.waiting.splice(0, this.options.maxItems));
      if (this.waiting.length > 0 && this.options.restMs) await this.rest();
    }
    this.active--;
  }

  /** At least for the rest of this turn's items. */
  private rest(): Promise<unknown> {
    const { restMs, maxItems } = this.options;
    return restMs && this.waiting.length < maxItems ? sleep(restMs) : Promise.resolve();
  }

  private async settle(batch: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const results = await this.flush(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index] as Out));
    } catch (error) {
      if (batch.length === 1 || !isRefusedForData(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      for (const half of halves(batch)) await this.settle(half);
    }
  }
}

/** A list of two or more as its two halves, in order. */
export function halves<T>(list: readonly T[]): [T[], T[]] {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
}
