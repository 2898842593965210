import fc from 'fast-check';
import { unitMicrosOf, type Seen } from './observation.js';
import { judgePrice, type Asked, type UnknownCode } from './verdict.js';

const TODAY = '2026-11-29';
const dayBefore = (days: number): string => new Date(Date.parse(TODAY) - days * 86_400_000).toISOString().slice(0, 10);

function seen(cents: number, daysAgo: number, over: Partial<Seen> = {}): Seen {
  const amount = over.amount ?? 1000;
  const day = dayBefore(daysAgo);
  return {
    id: `obs_${daysAgo}_${cents}`,
    kind: 'paid',
    storeKey: 'walmart',
    observedOn: day,
    lastSeenOn: day,
    cents,
    currency: 'USD',
    amount,
    unit: 'g',
    unitMicros: unitMicrosOf(cents, { amount, unit: 'g' }),
    source: 'order',
    sourceRef: `ord_1/${daysAgo}`,
    ...over,
  };
}
const asked = (cents: number, amount = 1000): Asked => ({
  amount,
  unit: 'g',
  currency: 'USD',
  unitMicros: unitMicrosOf(cents, { amount, unit: 'g' }),
});
/** A price a week, the newest first. */
const weekly = (...cents: number[]): Seen[] => cents.map((one, at) => seen(one, 7 * at));
const TEN = weekly(400, 410, 390, 400, 420, 400, 380, 400, 410, 400);

describe('whether a price is a good one', () => {
  it('goes by what was told last of one day', () => {
    const day = [seen(380, 0, { id: 'obs_1' }), seen(420, 0, { id: 'obs_2' }), seen(385, 0, { id: 'obs_3' })];
    for (const one of [day, day.toReversed()]) expect(judgePrice(asked(400), one, TODAY).last).toBe(385);
  });

  it.each<[string, UnknownCode, Seen[]]>([
    ['It was not seen in the last year.', 'unseen', []],
    [
      'It was seen in CAD and EUR, and not in USD.',
      'other_currency',
      [seen(1, 1, { currency: 'EUR' }), seen(1, 2, { currency: 'CAD' })],
    ],
    ['It was seen by each, and not by g.', 'other_measure', [seen(1, 1, { unit: 'each' })]],
    ['It was seen on clearance alone.', 'clearance_only', [seen(1, 1, { kind: 'clearance' })]],
    ['It was seen once in USD; 8 times are needed.', 'too_few', [seen(1, 1)]],
    [
      'All of it was seen within 9 days; 30 are needed.',
      'too_short',
      Array.from({ length: 10 }, (_, at) => seen(400, at)),
    ],
    [
      'It was last seen on 2026-07-02, more than 90 days ago.',
      'stale',
      TEN.map((one, at) => seen(one.cents, 150 + 7 * at)),
    ],
  ])('says why it is unknown: %s', (reason, reasonCode, all) => {
    expect(judgePrice(asked(400), all, TODAY)).toMatchObject({ verdict: 'unknown', reason, reasonCode });
  });

  it('is judged in whichever currency it was seen', () => {
    const inCad = TEN.map((one) => ({ ...one, currency: 'CAD' }));
    expect(judgePrice({ ...asked(350), currency: 'CAD' }, inCad, TODAY)).toMatchObject({
      verdict: 'low',
      reason: null,
      reasonCode: null,
    });
  });

  it('is low, usual or high by the share of what was seen at it or above', () => {
    expect(judgePrice(asked(350), TEN, TODAY)).toMatchObject({ verdict: 'low', percentile: 1, n: 10 });
    expect(judgePrice(asked(400), TEN, TODAY)).toMatchObject({ verdict: 'usual', percentile: 0.55 });
    expect(judgePrice(asked(450), TEN, TODAY)).toMatchObject({ verdict: 'high', percentile: 0 });
  });

  it('tells lowest, median and last for as much as was asked of, whatever the size of the packs', () => {
    const half = TEN.map((one) => ({ ...one, amount: 500, cents: one.cents / 2 }));
    expect(judgePrice(asked(800, 2000), half, TODAY)).toMatchObject({
      lowest: 760,
      median: 800,
      last: 800,
      percentile: 0.55,
    });
  });

  it('tells for how many days nothing cheaper was seen', () => {
    expect(judgePrice(asked(389), TEN, TODAY).lowestInDays).toBe(42);
    expect(judgePrice(asked(100), TEN, TODAY).lowestInDays).toBe(63);
    expect(judgePrice(asked(500), TEN, TODAY).lowestInDays).toBe(0);
    expect(judgePrice(asked(500), [], TODAY)).toMatchObject({
      lowestInDays: null,
      percentile: null,
      verdict: 'unknown',
    });
  });

  it('is unknown under eight observations, within a month, or when the newest is older than ninety days', () => {
    expect(judgePrice(asked(300), TEN.slice(0, 7), TODAY)).toMatchObject({ verdict: 'unknown', n: 7, median: 400 });
    const daily = TEN.map((one, at) => seen(one.cents, at));
    expect(judgePrice(asked(300), daily, TODAY).verdict).toBe('unknown');
    const old = TEN.map((one, at) => seen(one.cents, 91 + 7 * at));
    expect(judgePrice(asked(300), old, TODAY).verdict).toBe('unknown');
    expect(
      judgePrice(
        asked(300),
        old.map((one, at) => (at > 0 ? one : { ...one, lastSeenOn: dayBefore(5) })),
        TODAY,
      ).verdict,
    ).toBe('low');
  });

  it('keeps clearances, other currencies and other bases out of it', () => {
    const others = [
      seen(100, 3, { kind: 'clearance' }),
      seen(100, 3, { currency: 'DKK' }),
      seen(100, 3, { unit: 'each' }),
    ];
    const { clearances, ...judged } = judgePrice(asked(400), [...TEN, ...others], TODAY);
    expect(judged).toMatchObject({ n: 10, lowest: 380, verdict: 'usual' });
    expect(clearances).toEqual({ n: 1, lowest: 100 });
  });

  it('calls a price usual that is a hair off one that never moved', () => {
    const flat = weekly(...Array.from({ length: 10 }, () => 400));
    expect(judgePrice(asked(405), flat, TODAY)).toMatchObject({ verdict: 'usual', percentile: 0 });
    expect(judgePrice(asked(420), flat, TODAY).verdict).toBe('high');
  });

  const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 0, max: 365 })), {
    maxLength: 40,
  });

  it('never calls the cheaper of two prices the worse one', () => {
    const worth = { low: 2, usual: 1, high: 0, unknown: 1 };
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 900 }), fc.integer({ min: 0, max: 50 }), (points, cents, more) => {
        const all = points.map(([price, days], at) => seen(price, days, { id: `obs_${at}` }));
        const [cheaper, dearer] = [judgePrice(asked(cents), all, TODAY), judgePrice(asked(cents + more), all, TODAY)];
        expect(worth[cheaper.verdict]).toBeGreaterThanOrEqual(worth[dearer.verdict]);
        expect(cheaper.percentile ?? 0).toBeGreaterThanOrEqual(dearer.percentile ?? 0);
        expect(cheaper.lowestInDays ?? 0).toBeGreaterThanOrEqual(dearer.lowestInDays ?? 0);
      }),
    );
  });

  it('does not depend on the order in which prices were read, and its evidence is among them', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 900 }), (points, cents) => {
        const all = points.map(([price, days], at) => seen(price, days, { id: `obs_${at}` }));
        const judged = judgePrice(asked(cents), all, TODAY);
        expect(judgePrice(asked(cents), all.toReversed(), TODAY)).toEqual(judged);
        expect(judged.evidence.every((one) => all.includes(one))).toBe(true);
        expect(judged.evidence.length).toBeLessThanOrEqual(10);
        if (judged.n < 8) expect(judged.verdict).toBe('unknown');
        if (judged.percentile !== null) expect(judged.percentile >= 0 && judged.percentile <= 1).toBe(true);
      }),
    );
  });
});
