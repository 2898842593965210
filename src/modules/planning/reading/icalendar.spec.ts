import { calendarOf } from './icalendar.js';

const event = {
  uid: 'plan_1-2026-11-30-lunch@example',
  date: '2026-11-30',
  at: '12:30',
  minutes: 30,
  title: 'Fisk; løg, kål \\ "smør"',
  description: 'a\nb\r\nc',
};
const calendar = (title = event.title) =>
  calendarOf({ name: 'Plan', stamp: new Date('2026-11-28T10:00:00.123Z'), timezone: 'America/Denver' }, [
    { ...event, title },
  ]);

describe('a calendar', () => {
  it('escapes what would end a text', () => {
    expect(calendar()).toContain('SUMMARY:Fisk\\; løg\\, kål \\\\ "smør"\r\n');
    expect(calendar()).toContain('DESCRIPTION:a\\nb\\nc\r\n');
  });

  it('has local times without a zone, and the time it was made in UTC', () => {
    expect(calendar()).toContain('DTSTART:20261130T123000\r\nDURATION:PT30M\r\n');
    expect(calendar()).toContain('DTSTAMP:20261128T100000Z\r\n');
    expect(calendar()).toContain('X-WR-TIMEZONE:America/Denver\r\n');
  });

  it.each(['ø'.repeat(200), '🍲'.repeat(100), 'a'.repeat(67), `${'a'.repeat(66)}ø`, 'x; '.repeat(90)])(
    'folds lines at 75 octets and within no character: %s',
    (title) => {
      const text = calendar(title);
      const lines = text.split('\r\n');
      expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
      const unfolded = text.replaceAll('\r\n ', '');
      expect(unfolded).toContain(`SUMMARY:${title.replaceAll(';', '\\;')}\r\n`);
    },
  );
});
