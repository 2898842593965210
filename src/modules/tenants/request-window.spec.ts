import { RequestWindow } from './request-window.js';

const MINUTE = 60_000;

describe('RequestWindow', () => {
  it('lets in as many as the quota in a window, and again in the next', () => {
    const requests = new RequestWindow(2, MINUTE);
    expect(requests.take('a', 10)).toEqual({ allowed: true, remaining: 1, resetMs: MINUTE - 10 });
    expect(requests.take('a', 20)).toEqual({ allowed: true, remaining: 0, resetMs: MINUTE - 20 });
    expect(requests.take('a', 30)).toEqual({ allowed: false, remaining: 0, resetMs: MINUTE - 30 });
    expect(requests.take('b', 30).allowed).toBe(true);
    expect(requests.take('a', MINUTE).allowed).toBe(true);
  });

  it('shares one quota among processes that tell each other', () => {
    const shared = new Map<string, number>();
    const processes = [new RequestWindow(100, MINUTE), new RequestWindow(100, MINUTE), new RequestWindow(100, MINUTE)];
    const tell = (requests: RequestWindow) => {
      const said = requests.untold();
      if (!said) return;
      for (const [key, count] of said.counts) shared.set(key, (shared.get(key) ?? 0) + count);
      requests.learn(said, shared);
    };
    let allowed = 0;
    for (let round = 0; round < 50; round++) {
      for (const requests of processes) {
        for (let request = 0; request < 4; request++) if (requests.take('a', round).allowed) allowed++;
        tell(requests);
      }
    }
    // Beyond the quota: what two others let in before they told, four each.
    expect(allowed).toBeGreaterThanOrEqual(100);
    expect(allowed).toBeLessThanOrEqual(108);
    expect(shared.get('a')).toBe(allowed);
  });

  it('keeps counting by itself what was let in while the others were being told, or could not be', () => {
    const requests = new RequestWindow(3, MINUTE);
    requests.take('a', 0);
    const said = requests.untold()!;
    requests.take('a', 1);
    requests.learn(said, new Map([['a', 2]]));
    expect(requests.untold()!.counts.get('a')).toBe(1);
    expect(requests.take('a', 2)).toMatchObject({ allowed: false, remaining: 0 });
  });

  it('forgets what was told of a window that is over', () => {
    const requests = new RequestWindow(3, MINUTE);
    requests.take('a', 0);
    const said = requests.untold()!;
    requests.take('a', MINUTE);
    requests.learn(said, new Map([['a', 3]]));
    expect(requests.take('a', MINUTE).remaining).toBe(1);
    expect(requests.untold()!.window).toBe(1);
  });
});
