import fc from 'fast-check';
import { crossed, lineFor, type Direction, type Side } from './crossing.js';

const LINE = { line: 1000, hysteresis: 0.03, direction: 'both' as Direction };
/** What is told as a price moves, from a side on which it stood. */
function told(
  prices: readonly number[],
  line: { line: number; hysteresis: number; direction: Direction } = LINE,
  from: Side | null = 'above',
) {
  let side = from;
  return prices.map((price) => {
    const now = crossed(price, line, side);
    side = now.side;
    return now.crossing;
  });
}

describe('a price that is watched', () => {
  it('is told once when it falls to the line or under it, and not again while it stays there', () => {
    expect(told([1100, 1000, 990, 800])).toEqual([null, 'dropped', null, null]);
  });

  it('is told again only after it was dearer than the line by the hysteresis', () => {
    expect(told([990, 1010, 1030, 990])).toEqual(['dropped', null, null, null]);
    expect(told([990, 1031, 990])).toEqual(['dropped', 'raised', 'dropped']);
  });

  it('is told in the directions that are asked for alone', () => {
    expect(told([990, 1100, 990], { ...LINE, direction: 'drop' })).toEqual(['dropped', null, 'dropped']);
    expect(told([990, 1100, 990], { ...LINE, direction: 'rise' })).toEqual([null, 'raised', null]);
  });

  it('is a drop where it was never seen before and is below, and no rise where it is above', () => {
    expect(told([990], LINE, null)).toEqual(['dropped']);
    expect(told([1100], LINE, null)).toEqual([null]);
  });

  it('never tells the same twice in a row, and nothing within the band around the line', () => {
    const price = fc.integer({ min: 1, max: 2000 });
    fc.assert(
      fc.property(fc.array(price), fc.constantFrom<Side | null>('below', 'above', null), (prices, from) => {
        const all = told(prices, LINE, from).filter((one) => one !== null);
        expect(all.every((one, at) => at === 0 || one !== all[at - 1])).toBe(true);
        const trembling = prices.map((one) => 1001 + (one % 30));
        expect(told(trembling, LINE, from).every((one) => one === null)).toBe(true);
      }),
    );
  });
});

describe('the line of a watch', () => {
  const price = { amount: 1000, unit: 'g' as const, currency: 'USD' };
  const seen = [300, 310, 320, 330, 340, 350, 360, 370, 380, 390].map((cents) => ({
    unitMicros: cents * 1000,
    unit: 'g' as const,
    currency: 'USD',
  }));

  it('is the price of as much, or of one pack as it is sold', () => {
    expect(lineFor({ cents: 300, pack: { amount: 500, unit: 'g' } }, price, [])).toBe(600_000);
    expect(lineFor({ cents: 300, pack: null }, price, [])).toBe(300_000);
    expect(lineFor({ cents: 300, pack: { amount: 1, unit: 'ml' } }, price, [])).toBeNull();
  });

  it('is a share of the median, or where a share of all was at it or above', () => {
    expect(lineFor({ share: 0.8 }, price, seen)).toBe(276_000);
    expect(lineFor({ percentile: 1 }, price, seen)).toBe(300_000);
    expect(lineFor({ percentile: 0.9 }, price, seen)).toBe(300_000);
    expect(lineFor({ percentile: 0.5 }, price, seen)).toBe(340_000);
  });

  it('is none while too little was seen of the same base and currency', () => {
    expect(lineFor({ share: 0.8 }, price, seen.slice(3))).toBeNull();
    expect(lineFor({ share: 0.8 }, { ...price, currency: 'DKK' }, seen)).toBeNull();
    expect(lineFor({ percentile: 0.9 }, { ...price, unit: 'ml' }, seen)).toBeNull();
  });
});
