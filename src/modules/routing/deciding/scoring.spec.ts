import fc from 'fast-check';
import {
  anyProvider,
  anyQuote,
  anyWeights,
  id,
  line,
  NO_WEIGHTS,
  policy,
  provider,
  quote,
  SEED_WEIGHTS,
} from '../../../../test/support/decisions.js';
import { FACTORS, type Factor, type Policy } from './policy.js';
import { score, type Quoted } from './scoring.js';

const names = (count: number) => Array.from({ length: count }, (_, index) => `P${String(index).padStart(2, '0')}`);

const anyContest = (most: number) =>
  fc.integer({ min: 1, max: most }).chain((count) =>
    fc
      .record({
        weights: anyWeights,
        expected: fc.tuple(...names(count).map(anyProvider)),
        quotes: fc.tuple(...names(count).map(() => anyQuote)),
      })
      .map(({ weights, expected, quotes }) => ({
        policy: policy(expected, { weights }),
        quotes: quotes.map((one, index): Quoted => ({ providerId: id(names(count)[index]!), quote: one })),
      })),
  );

/** Two providers alike in everything, and what each quotes. */
const duel = (left: Parameters<typeof quote>[0], right: Parameters<typeof quote>[0], facts: Partial<Policy> = {}) =>
  score(policy([provider('LEFT'), provider('RIGHT')], facts), [
    { providerId: id('LEFT'), quote: quote(left) },
    { providerId: id('RIGHT'), quote: quote(right) },
  ]);
const only = (factor: Factor) => ({ weights: { ...NO_WEIGHTS, [factor]: 1 } });
const valueOf = (ranked: ReturnType<typeof score>, name: string, factor: Factor) =>
  ranked.find(({ providerId }) => providerId === name)!.factors[factor];

describe('score', () => {
  it('gives finite scores whose printed parts add up, for any quotes of up to 20 providers', () => {
    fc.assert(
      fc.property(anyContest(20), ({ policy: rules, quotes }) => {
        for (const ranked of score(rules, quotes)) {
          const parts = FACTORS.map((factor) => ranked.factors[factor]);
          expect(Number.isFinite(ranked.score)).toBe(true);
          expect(parts.every(({ value }) => value >= 0 && value <= 1)).toBe(true);
          const sum = parts.reduce((total, { contribution }) => total + contribution, ranked.boost);
          expect(Math.abs(sum - ranked.score)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it('ranks the same quotes the same way in whatever order they came, ties included', () => {
    const anyTies = anyContest(8).map(({ policy: rules, quotes }) => ({
      policy: rules,
      quotes: quotes.map((one, index) => ({ ...one, quote: quotes[index % 2]!.quote })),
    }));
    fc.assert(
      fc.property(fc.oneof(anyContest(8), anyTies), fc.infiniteStream(fc.nat()), ({ policy: rules, quotes }, keys) => {
        const shuffled = quotes.map((one) => ({ one, key: keys.next().value as number })).sort((a, b) => a.key - b.key);
        expect(
          score(
            rules,
            shuffled.map(({ one }) => one),
          ),
        ).toEqual(score(rules, quotes));
      }),
    );
  });

  it('numbers the ranks from 1 and sorts by falling score, those held back last', () => {
    fc.assert(
      fc.property(anyContest(20), ({ policy: rules, quotes }) => {
        const ranked = score(rules, quotes);
        expect(ranked.map(({ rank }) => rank)).toEqual(ranked.map((_, index) => index + 1));
        const free = ranked.filter(({ heldBack }) => !heldBack);
        const held = ranked.filter(({ heldBack }) => heldBack);
        expect(ranked).toEqual([...free, ...held]);
        for (const part of [free, held])
          expect(part.every((one, index) => index === 0 || part[index - 1]!.score >= one.score)).toBe(true);
      }),
    );
  });

  it('copies totals to the cent', () => {
    fc.assert(
      fc.property(anyContest(8), ({ policy: rules, quotes }) => {
        for (const { providerId, totalCents, comparedCents } of score(rules, quotes)) {
          expect(totalCents).toBe(quotes.find((one) => one.providerId === providerId)!.quote.totalCents);
          expect(Number.isSafeInteger(comparedCents)).toBe(true);
          expect(comparedCents).toBeGreaterThanOrEqual(Math.max(1, totalCents));
        }
      }),
    );
  });

  it('ranks a single quote, and nothing when there is none', () => {
    const alone = score(policy([provider('A')]), [{ providerId: id('A'), quote: quote() }]);
    expect(alone).toMatchObject([{ rank: 1, factors: { price: { value: 1 } } }]);
    expect(score(policy([provider('A')]), [])).toEqual([]);
  });

  it('gives equal quotes the same full price value, even when all fees and times are unknown', () => {
    const silent = { feesCents: null, taxCents: null, deliveryCents: null, deliveryMinutes: null };
    const [first, second] = duel(silent, silent);
    expect(first!.score).toBe(second!.score);
    expect(first!.factors.price).toMatchObject({ value: 1, unknown: true });
    expect(first!.factors.speed).toMatchObject({ value: 0.25, unknown: true });
  });

  it.each<[Factor, Parameters<typeof quote>[0], Parameters<typeof quote>[0]]>([
    ['price', { itemsCents: 2999 }, { itemsCents: 3000 }],
    ['speed', { deliveryMinutes: { min: 0, max: 44 } }, { deliveryMinutes: { min: 0, max: 45 } }],
    ['commission', { commissionCents: 60 }, { commissionCents: 59 }],
    ['availability', { lines: [line(), line()] }, { lines: [line(), line('substituted')] }],
  ])('decides by %s alone when nothing else has weight', (factor, better, worse) => {
    expect(duel(better, worse, only(factor))[0]!.providerId).toBe('LEFT');
    expect(duel(worse, better, only(factor))[0]!.providerId).toBe('RIGHT');
  });

  it('decides by priority or reliability alone when nothing else has weight', () => {
    for (const factor of ['priority', 'reliability'] as const) {
      const better = provider('B', { priority: 60, reliability: 0.99 });
      const quotes = ['A', 'B'].map((name) => ({ providerId: id(name), quote: quote() }));
      expect(score(policy([provider('A'), better], only(factor)), quotes)[0]!.providerId).toBe('B');
    }
  });

  it('never takes an untold fee as free: the known one of the usual size is the cheaper', () => {
    const ranked = duel({ deliveryCents: 599 }, { deliveryCents: null }, only('price'));
    expect(ranked.map(({ providerId }) => providerId)).toEqual(['LEFT', 'RIGHT']);
    expect(ranked.map(({ totalCents }) => totalCents)).toEqual([3599, 3000]);
    expect(ranked.map(({ comparedCents }) => comparedCents)).toEqual([3599, 3995]);
  });

  it('assumes untold fees and tax in proportion to the items', () => {
    const [, silent] = duel({}, { feesCents: null, taxCents: null }, only('price'));
    expect(silent!.comparedCents).toBe(3000 + 150 + 90);
  });

  it('counts lines that are not served at the price of the others, so that leaving them out does not win on price', () => {
    const ranked = duel(
      { itemsCents: 3000, lines: [line(), line(), line()] },
      { itemsCents: 2100, lines: [line(), line(), line('missing')] },
      only('price'),
    );
    expect(ranked[0]!.providerId).toBe('LEFT');
    expect(ranked[1]).toMatchObject({ totalCents: 2100, comparedCents: 3150, factors: { price: { unknown: true } } });
  });

  it('never ranks a quote that lacks lines before a complete one a quarter dearer per line, unless the caller wants the cheapest', () => {
    let met = 0;
    fc.assert(
      fc.property(anyContest(6), ({ policy: any, quotes }) => {
        const rules = { ...any, allowPartial: true };
        const ranked = score(rules, quotes);
        for (const [index, partial] of ranked.entries()) {
          for (const complete of ranked.slice(index + 1)) {
            if (partial.missingLines === 0 || complete.missingLines > 0) continue;
            met++;
            expect(complete.comparedCents).toBeGreaterThan(partial.comparedCents * 1.25);
          }
        }
        expect(score({ ...any, allowPartial: 'cheapest' }, quotes).some(({ heldBack }) => heldBack)).toBe(false);
      }),
    );
    expect(met).toBeGreaterThan(0);
  });

  it('counts a substitute for less than what was asked for, and nothing for a missing or ambiguous line', () => {
    const ranked = duel(
      { lines: [line('substituted')] },
      { lines: [line(), line('missing'), line('ambiguous'), line()] },
    );
    expect(valueOf(ranked, 'LEFT', 'availability').value).toBe(0.8);
    expect(valueOf(ranked, 'RIGHT', 'availability').value).toBe(0.5);
  });

  it('does not let a quote claim more commission than agreed', () => {
    const ranked = duel({ commissionCents: 3000 }, { commissionCents: null });
    expect(valueOf(ranked, 'LEFT', 'commission').value).toBe(valueOf(ranked, 'RIGHT', 'commission').value);
  });

  it('marks an unknown commission and counts it as none', () => {
    const [ranked] = score(policy([provider('A', { commissionBps: null })]), [{ providerId: id('A'), quote: quote() }]);
    expect(ranked!.factors.commission).toMatchObject({ value: 0, unknown: true });
  });

  it('survives totals of nothing', () => {
    expect(duel({ itemsCents: 0 }, { itemsCents: 0 }).every((one) => one.factors.price.value === 1)).toBe(true);
  });

  it('adds the boost of a preferred provider to its score', () => {
    const rules = policy([provider('A', { boost: 0.1 }), provider('B')]);
    const ranked = score(
      rules,
      ['A', 'B'].map((name) => ({ providerId: id(name), quote: quote() })),
    );
    expect(ranked[0]!.providerId).toBe('A');
    expect(ranked[0]!.score - ranked[1]!.score).toBeCloseTo(0.1, 9);
  });

  it('breaks ties by the compared price, then the priority, then the id', () => {
    const blind = { ...only('availability') };
    expect(duel({ itemsCents: 2000 }, { itemsCents: 1999 }, blind)[0]!.providerId).toBe('RIGHT');
    const quotes = ['B', 'A', 'C'].map((name) => ({ providerId: id(name), quote: quote() }));
    const rules = policy([provider('A'), provider('B'), provider('C', { priority: 51 })], blind);
    expect(score(rules, quotes).map(({ providerId }) => providerId)).toEqual(['C', 'A', 'B']);
  });

  it('leaves out a quote of a provider that was not asked', () => {
    expect(score(policy([provider('A')]), [{ providerId: id('X'), quote: quote() }])).toEqual([]);
  });

  it('prefers the larger weight’s factor under the seed weights: priority 60 beats a cart a fifth cheaper', () => {
    const rules = policy([provider('A', { priority: 60 }), provider('B')], { weights: SEED_WEIGHTS });
    const ranked = score(rules, [
      { providerId: id('A'), quote: quote({ itemsCents: 3000 }) },
      { providerId: id('B'), quote: quote({ itemsCents: 2400 }) },
    ]);
    expect(ranked[0]!.providerId).toBe('A');
  });
});
