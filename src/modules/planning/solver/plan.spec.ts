import { MAX_MEALS, MIN_MEALS, SLOTS, kindOf, slotsOf } from './plan.js';

describe('the meals of a day', () => {
  const counts = Array.from({ length: MAX_MEALS - MIN_MEALS + 1 }, (_, index) => MIN_MEALS + index);

  it.each(counts)('are %i different ones in the order of the day', (count) => {
    const slots = slotsOf(count);
    expect(new Set(slots).size).toBe(count);
    expect(slots).toEqual(SLOTS.filter((slot) => slots.includes(slot)));
  });

  it('are as few as lunch and dinner, and none outside the limits', () => {
    expect(slotsOf(MIN_MEALS)).toEqual(['lunch', 'dinner']);
    expect([slotsOf(MIN_MEALS - 1), slotsOf(MAX_MEALS + 1)]).toEqual([[], []]);
  });

  it('count every snack as a snack, and the others by their names', () => {
    expect(SLOTS.map(kindOf)).toEqual(['breakfast', 'snack', 'lunch', 'snack', 'dinner', 'snack']);
  });
});
