import fc from 'fast-check';
import { toBase } from '../../../vocabulary/units.js';
import { QuoteLine, type CartLine } from '../provider.js';
import { chooseProduct, type CandidateProduct } from './choose-product.js';
import { packIn } from './sizes.js';
import { searchText } from './search-text.js';

const FOODS = [
  'Whole Milk',
  'Organic Whole Milk',
  '2% Milk',
  'Almond Milk',
  'Butter',
  'Peanut Butter',
  'Eggs',
  'Frozen Corn',
  'Corn',
];
const UNITS = ['lb', 'oz', 'g', 'kg', 'gal', 'qt', 'fl oz', 'ml', 'l', 'ct'];
const ODD = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '1/0 lb',
    '0 ct',
    '9'.repeat(350),
    '½ gal',
    '12 x',
    '%',
    '&',
    'half',
    'in',
    ' ',
  ),
);

const anySize = fc
  .tuple(fc.constantFrom(0.5, 1, 2, 5, 12, 16, 32, 128), fc.constantFrom(...UNITS))
  .map(([amount, unit]) => `${amount} ${unit}`);

const anyCandidate = (name: fc.Arbitrary<string>, size: fc.Arbitrary<string | null>): fc.Arbitrary<CandidateProduct> =>
  fc.record({
    productId: fc.stringMatching(/^[a-f]{1,3}$/),
    name,
    brand: fc.option(fc.constantFrom('Meadow Lane', 'Corn', ''), { nil: null }),
    size,
    categories: fc.subarray(['Dairy', 'Pantry', 'Candy', 'Pets', 'Produce']),
    priceCents: fc.option(fc.oneof(fc.constantFrom(0, 100, 200), fc.integer({ min: 0, max: 100_000 })), { nil: null }),
    soldByWeight: fc.boolean(),
    inStock: fc.option(fc.boolean(), { nil: null }),
  });

const anyLine = (name: fc.Arbitrary<string>): fc.Arbitrary<CartLine> =>
  fc.record(
    {
      id: fc.constant('line'),
      name,
      quantity: fc.double({ min: 0.01, max: 10_000, noNaN: true }),
      unit: fc.option(fc.constantFrom(...UNITS, 'bunch', 'clove', 'each', 'constructor'), { nil: null }),
      brand: fc.constantFrom('Meadow Lane', ''),
      substitution: fc.record(
        {
          policy: fc.constantFrom('never' as const, 'list' as const, 'similar' as const),
          productNames: fc.array(fc.constantFrom(...FOODS), { maxLength: 3 }),
          maxPriceIncreasePercent: fc.integer({ min: 0, max: 100 }),
        },
        { requiredKeys: ['policy'] },
      ),
      allergens: fc.array(fc.constantFrom('milk', 'tree nuts', 'gluten', 'mustard', ''), { maxLength: 3 }),
    },
    { requiredKeys: ['id', 'name', 'quantity', 'unit'] },
  );

const foods = fc.constantFrom(...FOODS);
const shelf = fc.array(anyCandidate(foods, fc.option(anySize, { nil: null })), { maxLength: 12 });

describe('whatever is asked and offered', () => {
  it('answers odd text by a valid line and never throws', () => {
    const odd = fc.oneof(foods, ODD);
    const line = anyLine(odd);
    const candidates = fc.array(anyCandidate(odd, fc.option(fc.oneof(anySize, ODD), { nil: null })), { maxLength: 12 });
    fc.assert(
      fc.property(line, candidates, (asked, offered) => {
        const chosen = QuoteLine.parse(chooseProduct(asked, offered));
        expect(chosen.lineId).toBe('line');
        expect(typeof searchText(asked.name)).toBe('string');
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the candidates', () => {
    const shuffled = shelf.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    fc.assert(
      fc.property(anyLine(foods), shuffled, (line, [one, other]) => {
        expect(chooseProduct(line, other)).toEqual(chooseProduct(line, one));
      }),
      { numRuns: 2000 },
    );
  });

  it('buys only what is offered, in stock and priced, and at a price that adds up', () => {
    fc.assert(
      fc.property(anyLine(foods), shelf, (line, offered) => {
        const chosen = chooseProduct(line, offered);
        const isServed = chosen.status === 'matched' || chosen.status === 'substituted';
        expect([chosen.productId !== null, chosen.lineTotalCents !== null, chosen.packs > 0]).toEqual(
          Array.from({ length: 3 }, () => isServed),
        );
        if (!isServed) return;
        const bought = offered.filter(
          ({ productId, name, priceCents, inStock }) =>
            productId === chosen.productId &&
            name === chosen.productName &&
            inStock !== false &&
            priceCents !== null &&
            priceCents > 0 &&
            priceCents === chosen.unitPriceCents,
        );
        expect(bought).not.toHaveLength(0);
        if (bought.every(({ soldByWeight }) => !soldByWeight))
          expect(chosen.lineTotalCents).toBe(chosen.packs * chosen.unitPriceCents!);
      }),
      { numRuns: 500 },
    );
  });

  it('covers the need by whole packs, one fewer would not, and the surplus is what is over', () => {
    const sized = anyCandidate(fc.constant('Whole Milk'), anySize).map((one) => ({
      ...one,
      priceCents: 100,
      soldByWeight: false,
      inStock: true,
      categories: [],
    }));
    const need = fc.record({
      quantity: fc.double({ min: 0.1, max: 500, noNaN: true }),
      unit: fc.constantFrom(...UNITS),
    });
    fc.assert(
      fc.property(sized, need, (candidate, { quantity, unit }) => {
        const chosen = chooseProduct({ id: 'line', name: 'whole milk', quantity, unit }, [candidate]);
        const [asked, pack] = [toBase(quantity, unit)!, packIn(candidate.size!)[toBase(1, unit)!.dimension]];
        fc.pre(pack !== null);
        expect(chosen.packs * pack!).toBeGreaterThanOrEqual(asked.amount * 0.994);
        expect((chosen.packs - 1) * pack!).toBeLessThan(asked.amount);
        expect(chosen.surplus).toBeGreaterThanOrEqual(0);
        const over = ((chosen.packs * pack! - asked.amount) / asked.amount) * quantity;
        expect(chosen.surplus).toBeCloseTo(Math.max(0, over), 2);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses by policy "never" whatever differs, and a claim that is not stated under any', () => {
    fc.assert(
      fc.property(anyLine(foods), shelf, (line, offered) => {
        const strict = chooseProduct({ ...line, substitution: { policy: 'never' } }, offered);
        expect(strict.status).not.toBe('substituted');
        const organic = chooseProduct(
          { ...line, name: `organic ${line.name}`, substitution: { policy: 'similar' } },
          offered,
        );
        expect(organic.productName ?? 'organic').toMatch(/organic/i);
      }),
      { numRuns: 300 },
    );
  });
});
