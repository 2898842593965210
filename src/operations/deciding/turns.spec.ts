import { Turns } from './turns.js';

const tick = () => new Promise((resolve) => setImmediate(resolve));

/** Work that ends when it is told to, and the order in which it began. */
function bench(turns: Turns) {
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, cost: number, signal?: AbortSignal) =>
    turns.run(
      name[0]!,
      { work: cost },
      () => {
        began.push(name);
        return new Promise<void>((resolve) => ends.set(name, resolve));
      },
      signal,
    );
  const end = async (name: string) => {
    ends.get(name)!();
    await tick();
  };
  return { began, ask, end };
}

describe('turns at what there is little of', () => {
  it('go to whose work was least so far, however many of another wait before', async () => {
    const { began, ask, end } = bench(new Turns({ room: 1 }));
    for (const name of ['a1', 'a2', 'a3', 'b1']) void ask(name, 10);
    await tick();
    await end('a1');
    await end('b1');
    await end('a2');
    expect(began).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('count work and not requests: one heavy turn is followed by many light ones of another', async () => {
    const turns = new Turns({ room: 200 });
    const { began, ask, end } = bench(turns);
    void ask('a1', 200);
    void ask('a2', 200);
    for (const name of ['b1', 'b2', 'b3']) void ask(name, 50);
    await tick();
    await end('a1');
    expect(began).toEqual(['a1', 'b1', 'b2', 'b3']);
    expect(turns.backlog).toBe(200);
  });

  it('let who has nothing under way begin a little at once, beyond the room', async () => {
    const { began, ask } = bench(new Turns({ room: 100, small: 10 }));
    void ask('a1', 100);
    void ask('a2', 5);
    void ask('b1', 5);
    void ask('c1', 50);
    await tick();
    expect(began).toEqual(['a1', 'b1']);
  });

  it('are taken by long work in its part of the room alone, so that short work of others never waits behind it', async () => {
    const { began, ask, end } = bench(new Turns({ room: 100, large: { over: 10, most: 60 } }));
    for (const name of ['a1', 'a2', 'a3']) void ask(name, 30);
    for (const name of ['b1', 'b2', 'b3', 'b4']) void ask(name, 10);
    await tick();
    expect(began).toEqual(['a1', 'a2', 'b1', 'b2', 'b3', 'b4']);
    await end('a1');
    expect(began.at(-1)).toBe('a3');
  });

  it('tell a little by its work, however much of the room it takes', async () => {
    const turns = new Turns({ room: 1, small: 10 });
    const began: string[] = [];
    const ask = (tenantId: string, work: number) =>
      void turns.run(tenantId, { work, takes: 1 }, () => {
        began.push(tenantId);
        return new Promise<void>(() => undefined);
      });
    for (const [tenantId, work] of [
      ['a', 100],
      ['b', 100],
      ['c', 10],
    ] as const)
      ask(tenantId, work);
    await tick();
    expect(began).toEqual(['a', 'c']);
  });

  it('are more for a heavier tenant', async () => {
    const { began, ask, end } = bench(new Turns({ room: 1, weights: new Map([['a', 2]]) }));
    for (const name of ['b1', 'a1', 'a2', 'a3', 'b2', 'b3']) void ask(name, 10);
    await tick();
    for (const name of ['b1', 'a1', 'a2', 'a3', 'b2']) await end(name);
    expect(began).toEqual(['b1', 'a1', 'a2', 'a3', 'b2', 'b3']);
  });

  it('leave room for others, whatever one tenant has waiting', async () => {
    const { began, ask } = bench(new Turns({ room: 2, most: 1 }));
    for (const name of ['a1', 'a2', 'b1']) void ask(name, 1);
    await tick();
    expect(began).toEqual(['a1', 'b1']);
  });

  it('are left by who does not wait any longer, and the next has its turn', async () => {
    const { began, ask, end } = bench(new Turns({ room: 1 }));
    const leaving = new AbortController();
    void ask('a1', 1);
    const left = ask('b1', 1, leaving.signal);
    void ask('c1', 1);
    await tick();
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    await end('a1');
    expect(began).toEqual(['a1', 'c1']);
  });
});
