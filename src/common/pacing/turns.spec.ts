import { inTurns, turn } from './turns.js';

describe('turns', () => {
  it('lets one go on in each turn of the event loop, in the order they came', async () => {
    const order: string[] = [];
    let loops = 0;
    let isDone = false;
    const count = () => void (isDone || (loops++, setImmediate(count)));
    setImmediate(count);
    await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (name) => {
        await turn();
        order.push(`${name}${loops}`);
      }),
    );
    isDone = true;
    expect(order.map((one) => one[0])).toEqual(['a', 'b', 'c', 'd']);
    expect(new Set(order.map((one) => one.slice(1))).size).toBe(4);
  });

  it('goes from lane to lane, however many wait in one', async () => {
    const order: string[] = [];
    await Promise.all(['a', 'a', 'a', 'b', 'b'].map((lane) => turn(lane).then(() => order.push(lane))));
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a']);
  });

  it('gives others a turn between any two of many items', async () => {
    let others = 0;
    let isDone = false;
    const other = () => void (isDone || (others++, setImmediate(other)));
    setImmediate(other);
    const seen = await inTurns(Array.from({ length: 200 }), () => others);
    isDone = true;
    expect(new Set(seen).size).toBeGreaterThanOrEqual(199);
  });
});
