import { momentOf } from './moments.js';

/** A Wednesday, noon in Copenhagen and six in the morning in New York. */
const NOW = new Date('2026-06-10T10:00:00.000Z');

describe('the moment by which something is needed', () => {
  it.each([
    ['by friday 6 pm', 'America/New_York', '2026-06-12T22:00:00.000Z'],
    ['by friday', 'America/New_York', '2026-06-13T04:00:00.000Z'],
    ['before friday', 'America/New_York', '2026-06-12T04:00:00.000Z'],
    ['senest fredag kl 18', 'Europe/Copenhagen', '2026-06-12T16:00:00.000Z'],
    ['inden i morgen', 'Europe/Copenhagen', '2026-06-10T22:00:00.000Z'],
    ['by tonight', 'Europe/Copenhagen', '2026-06-10T22:00:00.000Z'],
    ['before 17:30', 'Europe/Copenhagen', '2026-06-10T15:30:00.000Z'],
    ['before 08 : 30', 'Europe/Copenhagen', '2026-06-11T06:30:00.000Z'],
    ['by wednesday 5 pm', 'America/New_York', '2026-06-10T21:00:00.000Z'],
    ['by wednesday 5 am', 'America/New_York', '2026-06-17T09:00:00.000Z'],
    ['by tomorrow morning', 'America/New_York', '2026-06-11T16:00:00.000Z'],
    ['by 12 am tomorrow', 'UTC', '2026-06-11T00:00:00.000Z'],
  ])('%s in %s is %s', (said, timezone, moment) => {
    expect(momentOf(said, timezone, NOW)).toBe(moment);
  });

  it.each(['by 6', 'by today 5 am', 'by friday 6', 'by the party', 'before 27:90', ''])('is open: %s', (said) => {
    expect(momentOf(said, 'UTC', NOW)).toBeNull();
  });

  it('is the clock of the zone on the day that it changes', () => {
    const before = new Date('2026-10-24T10:00:00.000Z');
    expect(momentOf('by sunday 23:00', 'Europe/Copenhagen', before)).toBe('2026-10-25T22:00:00.000Z');
    expect(momentOf('by saturday 23:00', 'Europe/Copenhagen', before)).toBe('2026-10-24T21:00:00.000Z');
  });
});
