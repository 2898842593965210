import { NO_SHARES, experimentOf, isSound, leftOf, said, toneOf } from './measures.js';

describe('an experiment, as operators see it', () => {
  it('is surely better or worse only where its interval is all on one side', () => {
    expect(toneOf('dearerPercent', { low: -1, high: 2 })).toBe('even');
    expect(toneOf('dearerPercent', { low: 1, high: 2 })).toBe('worse');
    expect(toneOf('commissionCents', { low: 1, high: 2 })).toBe('better');
    expect(toneOf('confirmedPercent', { low: -4, high: -1 })).toBe('worse');
  });

  it('tells each measure in its unit, and differences with their sign', () => {
    expect(said('decidedAfterMs', 412.4)).toBe('412 ms');
    expect(said('commissionCents', -31.2, true)).toBe('−$0.31');
    expect(said('dearerPercent', 1.25, true)).toBe('+1.3%');
  });

  it('gives control what its arms leave, and is begun only with both', () => {
    const shares = { ...NO_SHARES, 'price-first': 20 };
    expect(JSON.parse(experimentOf('x', 'tenant', shares))).toEqual({
      id: 'x',
      by: 'tenant',
      arms: { control: { share: 80 }, 'price-first': { share: 20, preset: 'price-first' } },
    });
    expect([isSound('x', shares), isSound('X y', shares), isSound('x', NO_SHARES)]).toEqual([true, false, false]);
    expect(leftOf({ ...shares, balanced: 80 })).toBe(0);
    expect(isSound('x', { ...shares, balanced: 80 })).toBe(false);
  });
});
