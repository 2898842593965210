import { CircuitBreaker } from './circuit-breaker.js';

describe('a circuit breaker', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('opens for its own key when most calls fail, lets one probe through, and closes when that succeeds', async () => {
    const breaker = new CircuitBreaker<boolean>((ok) => !ok);
    const call = (key: string, ok: boolean) => breaker.run(key, async () => ok);
    for (let index = 0; index < 30; index++) {
      await call('bad', false);
      await call('good', true);
      jest.advanceTimersByTime(100);
    }
    expect([breaker.state('bad'), breaker.state('good')]).toEqual(['open', 'closed']);
    const work = jest.fn(async () => true);
    expect(await breaker.run('bad', work)).toBeNull();
    expect(work).not.toHaveBeenCalled();
    jest.advanceTimersByTime(5001);
    expect(await call('bad', false)).toBe(false);
    expect(breaker.state('bad')).toBe('open');
    jest.advanceTimersByTime(5001);
    expect(await breaker.run('bad', work)).toBe(true);
    expect(breaker.state('bad')).toBe('closed');
  });

  it('counts no result that is not a failure, whatever it says', async () => {
    const breaker = new CircuitBreaker<string>((result) => result === 'unavailable');
    for (let index = 0; index < 50; index++) await breaker.run('a', async () => 'no_match');
    expect(breaker.state('a')).toBe('closed');
  });
});
