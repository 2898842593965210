/**
 * A calendar as RFC 5545 writes it: CRLF, lines of at most 75 octets, text escaped. Times are local ones without a zone ("floating",
 * §3.3.5): breakfast is at breakfast wherever the reader is. Pure.
 */
export interface CalendarEvent {
  /** The same for the same thing for ever: a calendar that is fetched again changes its entries and adds none. */
  uid: string;
  /** YYYY-MM-DD. */
  date: string;
  /** HH:MM. */
  at: string;
  minutes: number;
  title: string;
  description: string;
}

export interface Calendar {
  name: string;
  /** When it was made. */
  stamp: Date;
  /** Whose times of day they are: calendars on the web take those without a zone for UTC's, unless this is said. */
  timezone: string | null;
}

export function calendarOf({ name, stamp, timezone }: Calendar, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//LoopGPT Commerce//Meal plans//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    ...(timezone === null ? [] : [`X-WR-TIMEZONE:${escaped(timezone)}`]),
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${escaped(event.uid)}`,
      `DTSTAMP:${utcOf(stamp)}`,
      `DTSTART:${event.date.replaceAll('-', '')}T${event.at.replace(':', '')}00`,
      `DURATION:PT${event.minutes}M`,
      `SUMMARY:${escaped(event.title)}`,
      `DESCRIPTION:${escaped(event.description)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const utcOf = (time: Date): string => time.toISOString().replace(/[-:]|\.\d+/g, '');

/** §3.3.11. A carriage return has no place in a text. */
const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');

const MOST_OCTETS = 75;

/** §3.1: longer lines go on after CRLF and a space, never within a character. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MOST_OCTETS) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}
