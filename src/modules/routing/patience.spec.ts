import { Patience } from './patience.js';

describe('patience with a silent transaction', () => {
  it('is short, grows with each that was lost up to a bound, and comes back', () => {
    const patience = new Patience();
    const after = (what: 'lost' | 'kept') => {
      patience[what]();
      return patience.holdMs;
    };
    expect(patience.holdMs).toBe(400);
    expect(Array.from({ length: 6 }, () => after('lost'))).toEqual([800, 1600, 3200, 6400, 6400, 6400]);
    expect(Array.from({ length: 5 }, () => after('kept'))).toEqual([3200, 1600, 800, 400, 400]);
  });
});
