import { Metrics } from '../platform/telemetry/metrics.js';
import { Clock } from './clock.js';

describe('what runs by itself', () => {
  const said: string[] = [];
  const log = {
    warn: (_facts: unknown, message?: string) => void said.push(message!),
    error: (_facts: unknown, message?: string) => void said.push(message!),
  };
  const clock = new Clock(new Metrics(), log as never);
  const ever = () => new Promise<void>(() => undefined);
  const inSeconds = (seconds: number) => performance.now() + seconds * 1000;
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
  beforeEach(() => said.splice(0));
  afterAll(() => clock.onApplicationShutdown());

  it('a round that never ends is given up after its bound, said, and followed by another', async () => {
    const work = jest.fn().mockImplementationOnce(ever).mockResolvedValue(false);
    const loop = clock.loop('operations.sweep', work);
    loop.start();
    clock.watch(inSeconds(14));
    expect(work).toHaveBeenCalledTimes(1);
    clock.watch(inSeconds(16));
    await turn();
    expect(work).toHaveBeenCalledTimes(2);
    expect(said).toEqual(['loop.round_abandoned']);
    await loop.stop();
  });

  it('a loop that only fails is dead after its bound, one that was stopped is not', async () => {
    const failing = clock.loop('webhook.relay', () => Promise.reject(new Error('away')));
    const stopped = clock.loop('operations.relay', () => Promise.resolve());
    failing.start();
    stopped.start();
    await stopped.stop();
    expect(clock.dead()).toEqual([]);
    expect(clock.dead(inSeconds(30))).toEqual(['webhook.relay']);
    expect(said).toEqual(['webhook.relay_failed']);
    await failing.stop();
  });

  it('an abandoned round that ends after all disturbs nobody', async () => {
    let end = (): void => undefined;
    const slow = () => new Promise<boolean>((resolve) => (end = () => resolve(true)));
    const work = jest.fn().mockImplementationOnce(slow).mockResolvedValue(false);
    const loop = clock.loop('operations.count', work);
    loop.start();
    clock.watch(inSeconds(16));
    await turn();
    end();
    await turn();
    expect(work).toHaveBeenCalledTimes(2);
    await loop.stop();
  });
});
