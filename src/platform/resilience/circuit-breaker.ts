import {
  BrokenCircuitError,
  CircuitState,
  SamplingBreaker,
  circuitBreaker,
  handleWhenResult,
  type CircuitBreakerPolicy,
} from 'cockatiel';

export type BreakerState = 'closed' | 'open' | 'half_open';

const WINDOW_MS = 10_000;
const OPEN_MS = 5000;

/**
 * One breaker per key: opens when more than half of at least 10 calls in 10 s failed, lets a single probe through after 5 s.
 * Failures are values here, so `failed` tells which results count.
 */
export class CircuitBreaker<T> {
  private readonly breakers = new Map<string, CircuitBreakerPolicy>();

  constructor(private readonly failed: (result: T) => boolean) {}

  /** The work's result, or null when the circuit is open and the work was not done. */
  async run(key: string, work: () => Promise<T>): Promise<T | null> {
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
      breaker = circuitBreaker(
        handleWhenResult((result) => this.failed(result as T)),
        {
          halfOpenAfter: OPEN_MS,
          breaker: new SamplingBreaker({ threshold: 0.5, duration: WINDOW_MS, minimumRps: 1 }),
        },
      );
      this.breakers.set(key, breaker);
    }
    return breaker;
  }
}
