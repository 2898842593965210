import fc from 'fast-check';
import { cheapestCover, type Sold } from './cover.js';

const sums = (cover: ReturnType<typeof cheapestCover>) => ({
  grams: cover.reduce((sum, { pack, packs }) => sum + pack.grams * packs, 0),
  cents: cover.reduce((sum, { pack, packs }) => sum + pack.cents * packs, 0),
});

/** Every gram up to the need, from the fewest cents of those below it. */
function leastCents(need: number, packs: readonly Sold[]): number {
  const least = [0];
  for (let grams = 1; grams <= need; grams++)
    least[grams] = Math.min(...packs.map((pack) => least[Math.max(0, grams - pack.grams)]! + pack.cents));
  return least[need]!;
}

describe('the cheapest packs', () => {
  it('hold enough and cost no more than any others', () => {
    const pack = fc.record({ grams: fc.integer({ min: 3, max: 60 }), cents: fc.integer({ min: 1, max: 900 }) });
    fc.assert(
      fc.property(fc.array(pack, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 200 }), (packs, need) => {
        const { grams, cents } = sums(cheapestCover(need, packs));
        expect(grams).toBeGreaterThanOrEqual(need);
        expect(cents).toBe(leastCents(need, packs));
      }),
      { numRuns: 300 },
    );
  });

  it('are none where nothing is sold', () => {
    expect(cheapestCover(10, [])).toEqual([]);
  });

  it('leave the least over among those that cost the same', () => {
    expect(
      sums(
        cheapestCover(90, [
          { grams: 200, cents: 100 },
          { grams: 100, cents: 100 },
        ]),
      ).grams,
    ).toBe(200);
    expect(
      sums(
        cheapestCover(90, [
          { grams: 60, cents: 50 },
          { grams: 100, cents: 100 },
        ]),
      ).grams,
    ).toBe(100);
  });
});
