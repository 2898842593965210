import fc from 'fast-check';
import { isTimeZone, quietUntil } from './quiet-hours.js';

const NIGHT = { from: '22:00', to: '07:00', timezone: 'Europe/Copenhagen' };
const at = (text: string): number => Date.parse(text);
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

describe('quiet hours', () => {
  it('end in the morning of the wall where they are', () => {
    expect(iso(quietUntil(at('2026-07-01T20:30:00Z'), NIGHT))).toBe('2026-07-02T05:00:00.000Z');
    expect(iso(quietUntil(at('2026-07-02T04:59:30Z'), NIGHT))).toBe('2026-07-02T05:00:00.000Z');
    expect(quietUntil(at('2026-07-02T05:00:00Z'), NIGHT)).toBeNull();
    expect(quietUntil(at('2026-07-01T12:00:00Z'), NIGHT)).toBeNull();
  });

  it('end at the same hour in the nights in which the clocks are changed', () => {
    expect(iso(quietUntil(at('2026-10-24T21:00:00Z'), NIGHT))).toBe('2026-10-25T06:00:00.000Z');
    expect(iso(quietUntil(at('2026-03-28T22:00:00Z'), NIGHT))).toBe('2026-03-29T05:00:00.000Z');
  });

  it('may lie within a day', () => {
    const noon = { ...NIGHT, from: '12:00', to: '13:30' };
    expect(iso(quietUntil(at('2026-07-01T10:15:00Z'), noon))).toBe('2026-07-01T11:30:00.000Z');
  });

  it('are over when they end, at whatever moment they are asked about', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-01-01'), max: at('2027-01-01') }),
        fc.constantFrom('Europe/Copenhagen', 'America/New_York', 'Asia/Kolkata'),
        (now, timezone) => {
          const until = quietUntil(now, { ...NIGHT, timezone });
          if (until === null) return;
          expect(until).toBeGreaterThan(now);
          expect(until - now).toBeLessThanOrEqual(10 * 3_600_000);
          expect(quietUntil(until, { ...NIGHT, timezone })).toBeNull();
        },
      ),
    );
  });

  it('are of a zone that there is', () => {
    expect(['Europe/Copenhagen', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});
