import { AdaptiveLimit } from './adaptive-limit.js';

interface Lane {
  limit: AdaptiveLimit;
  inFlight: number;
  waiting: Set<() => void>;
}

/**
 * How much of each key's work may be under way at once: up to `max`, fewer while its results show overload (see AdaptiveLimit), never
 * under `min`. Up to `queue` more wait their turn, in order.
 */
export class Limiter<T> {
  private readonly lanes = new Map<string, Lane>();

  constructor(
    private readonly options: { min: number; max: number; queue: number },
    private readonly isOverload: (result: T) => boolean,
  ) {}

  /** The work's result; null, without doing it, when too many wait already or `signal` ended the waiting. */
  async run(key: string, work: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
    const lane = this.lane(key);
    if (!(await this.admitted(lane, signal))) return null;
    let isOverload = false;
    try {
      const result = await work();
      isOverload = this.isOverload(result);
      return result;
    } finally {
      lane.limit.ended(isOverload, lane.inFlight, performance.now());
      lane.inFlight--;
      this.admitNext(lane);
    }
  }

  use(key: string): { inFlight: number; limit: number } {
    const { inFlight, limit } = this.lane(key);
    return { inFlight, limit: limit.current };
  }

  /** Counted as under way from here on when it answers true. */
  private admitted(lane: Lane, signal: AbortSignal): boolean | Promise<boolean> {
    if (signal.aborted) return false;
    if (lane.inFlight < lane.limit.current) {
      lane.inFlight++;
      return true;
    }
    if (lane.waiting.size >= this.options.queue) return false;
    return new Promise((resolve) => {
      const admit = () => {
        signal.removeEventListener('abort', leave);
        lane.waiting.delete(admit);
        lane.inFlight++;
        resolve(true);
      };
      const leave = () => {
        lane.waiting.delete(admit);
        resolve(false);
      };
      lane.waiting.add(admit);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  private admitNext(lane: Lane): void {
    for (const admit of lane.waiting) {
      if (lane.inFlight >= lane.limit.current) return;
      admit();
    }
  }

  private lane(key: string): Lane {
    let lane = this.lanes.get(key);
    if (!lane) {
      const { min, max } = this.options;
      this.lanes.set(key, (lane = { limit: new AdaptiveLimit(min, max), inFlight: 0, waiting: new Set() }));
    }
    return lane;
  }
}
