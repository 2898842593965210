import { isTimezone } from '../../common/clock.js';
import { isPlannable, todayIn } from './calendar.js';

describe('the calendar of plans', () => {
  const now = new Date('2026-11-28T06:30:00Z');

  it.each([
    [undefined, '2026-11-28'],
    ['America/Los_Angeles', '2026-11-27'],
    ['Pacific/Kiritimati', '2026-11-28'],
    ['Pacific/Pago_Pago', '2026-11-27'],
    ['no/where', '2026-11-28'],
  ])('knows which day it is in %s', (zone, date) => {
    expect(todayIn(zone, now)).toBe(date);
  });

  it.each(['Europe/Copenhagen', 'UTC', 'America/Argentina/Buenos_Aires'])('knows the time zone %s', (name) => {
    expect(isTimezone(name)).toBe(true);
  });
  it.each(['', 'Mars/Base', '+02:00', '__proto__', 'a b'])('knows no time zone %j', (name) => {
    expect(isTimezone(name)).toBe(false);
  });

  it.each([
    ['2026-11-26', false],
    ['2026-11-27', true],
    ['2026-11-28', true],
    ['2027-11-29', true],
    ['2027-11-30', false],
    ['9999-12-25', false],
    ['0001-01-01', false],
  ])('lets a plan begin on %s: %s', (date, may) => {
    expect(isPlannable(date, '2026-11-28')).toBe(may);
  });
});
