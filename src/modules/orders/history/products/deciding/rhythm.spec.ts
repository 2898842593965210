import { rhythmOf } from './rhythm.js';

describe('the rhythm of a product', () => {
  it('is the median of the days between purchases, whatever their order, and a day with two orders is one', () => {
    expect(rhythmOf(['2025-03-31', '2025-03-02', '2025-03-09', '2025-03-09', '2025-03-16'])).toEqual({
      days: 4,
      medianDays: 7,
      nextDueOn: '2025-04-07',
      reason: null,
    });
  });

  it('of two usual gaps is between them, and due on a whole day', () => {
    expect(rhythmOf(['2025-01-01', '2025-01-08', '2025-01-18'])).toMatchObject({
      medianDays: 8.5,
      nextDueOn: '2025-01-27',
    });
  });

  it.each([[[]], [['2025-01-01']], [['2025-01-01', '2025-02-01']]])('is not known by %j', (days) => {
    expect(rhythmOf(days)).toMatchObject({ medianDays: null, nextDueOn: null, reason: 'bought_too_seldom' });
  });

  it('goes over the end of a year and the change of clocks', () => {
    expect(rhythmOf(['2025-12-20', '2025-12-27', '2026-01-03']).nextDueOn).toBe('2026-01-10');
    expect(rhythmOf(['2025-10-26', '2025-11-02', '2025-11-09']).medianDays).toBe(7);
  });
});
