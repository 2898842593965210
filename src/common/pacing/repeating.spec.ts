import { Repeating } from './repeating.js';

describe('a repeating loop', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('runs at once, again while there is more, then after its pause, and at once when woken', async () => {
    const answers = [true, true, false, false, false];
    const work = jest.fn(async () => answers.shift() ?? false);
    const loop = new Repeating(work, 1000, () => undefined);
    loop.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(work).toHaveBeenCalledTimes(3);
    await jest.advanceTimersByTimeAsync(1000);
    expect(work).toHaveBeenCalledTimes(4);
    loop.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(work).toHaveBeenCalledTimes(5);
    await loop.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(work).toHaveBeenCalledTimes(5);
  });

  it('comes back after as many milliseconds as its work answers, and after its pause again', async () => {
    const answers = [40, false];
    const work = jest.fn(async () => answers.shift() ?? false);
    const loop = new Repeating(work, 1000, () => undefined);
    loop.start();
    await jest.advanceTimersByTimeAsync(39);
    expect(work).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(work).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(999);
    expect(work).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(1);
    expect(work).toHaveBeenCalledTimes(3);
    await loop.stop();
  });

  it('never runs twice at once: a wake-up meanwhile makes one more round', async () => {
    let release: () => void = () => undefined;
    let running = 0;
    const work = jest.fn(async () => {
      expect(++running).toBe(1);
      await new Promise<void>((resolve) => (release = resolve));
      running--;
    });
    const loop = new Repeating(work, 1000, () => undefined);
    loop.start();
    for (let times = 0; times < 5; times++) loop.wake();
    release();
    await jest.advanceTimersByTimeAsync(0);
    expect(work).toHaveBeenCalledTimes(2);
    release();
    await loop.stop();
  });

  it('reports an error and goes on', async () => {
    const errors: unknown[] = [];
    const work = jest.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue(false);
    const loop = new Repeating(work, 1000, (error) => errors.push(error));
    loop.start();
    await jest.advanceTimersByTimeAsync(1000);
    expect(errors).toHaveLength(1);
    expect(work).toHaveBeenCalledTimes(2);
    await loop.stop();
  });

  it('stops though its round never ends, after a moment, and hears nothing more of it', async () => {
    let fail: (error: Error) => void = () => undefined;
    const errors: unknown[] = [];
    const loop = new Repeating(
      () => new Promise((_resolve, reject) => (fail = reject)),
      1000,
      (error) => errors.push(error),
    );
    loop.start();
    const stopped = loop.stop();
    await jest.advanceTimersByTimeAsync(3000);
    await stopped;
    fail(new Error('the pool has ended'));
    await jest.advanceTimersByTimeAsync(0);
    expect(errors).toEqual([]);
  });
});
