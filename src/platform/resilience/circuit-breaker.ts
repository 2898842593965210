import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  SamplingBreaker,
  circuitBreaker,
  handleWhenResult,
  type CircuitBreakerPolicy,
} from 'cockatiel';

export type BreakerState = 'closed' | 'open' | 'half_open';

export interface BreakerOptions {
  /** Opens after so many failures in a row; left out, when more than half of at least 10 calls in 10 s failed. */
  inRow?: number;
  /** How long it stays open before a single probe is let through; 5 s by default. */
  openMs?: number;
  /** What becomes of other calls while the probe is under way: they wait for its end (the default), or are refused. */
  whileProbing?: 'wait' | 'refuse';
}

const WINDOW_MS = 10_000;
const OPEN_MS = 5000;

/** One breaker per key. Failures are values here, so `failed` tells which results count. */
export class CircuitBreaker<T> {
  private readonly breakers = new Map<string, CircuitBreakerPolicy>();

  constructor(
    private readonly failed: (result: T) => boolean,
    private readonly options: BreakerOptions = {},
  ) {}

  /** The work's result, or null when the circuit is open and the work was not done. */
  async run<R extends T>(key: string, work: () => Promise<R>): Promise<R | null> {
    if (this.options.whileProbing === 'refuse' && this.state(key) === 'half_open') return null;
    try {
      return await this.breaker(key).execute(work);
    } catch (error) {
      if (error instanceof BrokenCircuitError) return null;
      throw error;
    }
  }

  state(key: string): BreakerState {
    const { state } = this.breaker(key);
    if (state === CircuitState.Closed) return 'closed';
    return state === CircuitState.HalfOpen ? 'half_open' : 'open';
  }

  private breaker(key: string): CircuitBreakerPolicy {
    let breaker = this.breakers.get(key);
    if (!breaker) {
      const { inRow, openMs = OPEN_MS } = this.options;
      breaker = circuitBreaker(
        handleWhenResult((result) => this.failed(result as T)),
        {
          halfOpenAfter: openMs,
          breaker:
            inRow === undefined
              ? new SamplingBreaker({ threshold: 0.5, duration: WINDOW_MS, minimumRps: 1 })
              : new ConsecutiveBreaker(inRow),
        },
      );
      this.breakers.set(key, breaker);
    }
    return breaker;
  }
}
