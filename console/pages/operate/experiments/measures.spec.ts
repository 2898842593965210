import { NO_SHARES, experimentOf, isSound, leftOf, toneOf } from './measures.js';

describe('an experiment, as operators see it', () => {
  it('is surely better or worse only where its interval is all on one side', () => {
    expect(toneOf('dearerPercent', { low: -1, high: 2 })).toBe('even');
    expect(toneOf('dearerPercent', { low: 1, high: 2 })).toBe('worse');
    expect(toneOf('commissionCents', { low: 1, high: 2 })).toBe('better');
    expect(toneOf('confirmedPercent', { low: -4, high: -1 })).toBe('worse');
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
