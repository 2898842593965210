import { Injectable } from '@nestjs/common';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { providersMetrics } from '../providers.metrics.js';
import { AskedCarts } from './asked-carts.js';

/** How often quotes that are kept were used, and those asked for ahead of need; in this process, since it started. */
@Injectable()
export class WarmingCounts {
  constructor(
    private readonly asked: AskedCarts,
    private readonly metrics: Metrics,
  ) {}

  async read() {
    const { quoteCache, warmed, warmedUsed } = this.metrics.of(providersMetrics);
    const [looks, asked, used] = await Promise.all([quoteCache.get(), warmed.get(), warmedUsed.get()]);
    const sum = (counted: typeof looks, result: string) =>
      counted.values.filter(({ labels }) => labels.result === result).reduce((all, { value }) => all + value, 0);
    return {
      hits: sum(looks, 'hit'),
      misses: sum(looks, 'miss'),
      warmed: sum(asked, 'ok'),
      warmedUsed: used.values[0]?.value ?? 0,
      cartsKnown: this.asked.known,
    };
  }
}
