import { Batcher } from './batcher.js';

describe('a batcher', () => {
  it('sends the first at once and what comes meanwhile together, each caller its own answer', async () => {
    const batches: number[][] = [];
    const releases: (() => void)[] = [];
    const batcher = new Batcher<number, number>(
      async (items) => {
        batches.push(items);
        await new Promise<void>((resolve) => releases.push(resolve));
        return items.map((item) => item * 10);
      },
      { maxItems: 3 },
    );
    const answers = [batcher.add(1)];
    await turn();
    answers.push(...[2, 3, 4, 5].map((item) => batcher.add(item)));
    await turn();
    expect(batches).toEqual([[1]]);
    for (let index = 0; index < 3; index++) {
      releases[index]!();
      await turn();
    }
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50]);
  });

  it('waits for more where nobody waits for it, and for no more than it takes at once', async () => {
    const batches: number[][] = [];
    const flush = async (items: number[]) => {
      batches.push(items);
      return items;
    };
    const resting = new Batcher<number, number>(flush, { maxItems: 4, restMs: 20 });
    const first = resting.add(1);
    await turn();
    const answers = Promise.all([first, resting.add(2), resting.add(3)]);
    expect(batches).toEqual([]);
    expect(await answers).toEqual([1, 2, 3]);
    expect(batches).toEqual([[1, 2, 3]]);
    await Promise.all([4, 5, 6, 7, 8].map((item) => resting.add(item)));
    expect(batches.slice(1)).toEqual([[4, 5, 6, 7], [8]]);
  });

  it('fails exactly the items of a failed flush and goes on', async () => {
    const batcher = new Batcher<string, string>(
      async (items) => {
        if (items.includes('bad')) throw new Error('no');
        return items;
      },
      { maxItems: 10 },
    );
    const failed = Promise.allSettled([batcher.add('bad'), batcher.add('beside')]);
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await batcher.add('good')).toBe('good');
  });

  it.each([1, 2, 7, 64])(
    'fails only what the store refuses for its data, of a batch with %i such items',
    async (bad) => {
      const batches: number[] = [];
      const batcher = new Batcher<number, number>(
        async (items) => {
          batches.push(items.length);
          if (items.some((item) => item < bad)) throw Object.assign(new Error('refused'), { code: '22P05' });
          return items;
        },
        { maxItems: 200 },
      );
      const items = Array.from({ length: 200 }, (_, item) => (item * 37) % 200);
      const settled = await Promise.allSettled(items.map((item) => batcher.add(item)));
      items.forEach((item, index) => {
        const { status } = settled[index]!;
        expect([item, status]).toEqual([item, item < bad ? 'rejected' : 'fulfilled']);
      });
      expect(batches.length).toBeLessThanOrEqual(1 + bad * 2 * Math.ceil(Math.log2(200)));
    },
  );
});

const turn = () => new Promise((resolve) => setImmediate(resolve));
