const DAY_MS = 86_400_000;
const WEEKDAYS: readonly (readonly string[])[] = [
  ['sunday', 'sun', 'søndag'],
  ['monday', 'mon', 'mandag'],
  ['tuesday', 'tue', 'tues', 'tirsdag'],
  ['wednesday', 'wed', 'onsdag'],
  ['thursday', 'thu', 'thur', 'thurs', 'torsdag'],
  ['friday', 'fri', 'fredag'],
  ['saturday', 'sat', 'lørdag'],
];
const PARTS: readonly (readonly [RegExp, number])[] = [
  [/\b(morning|formiddag)\b/, 12],
  [/\b(noon|middag)\b/, 12],
  [/\b(afternoon|eftermiddag)\b/, 18],
];
const END_OF_DAY = 24;

/**
 * The moment that words such as "by friday 6 pm" and "senest i morgen kl 18" name in a time zone, as of `now`; null where they leave it
 * open, as "by 6" does, or it is over. By a day is by its end, before a day by its beginning; a time without a day, or on
 * a weekday, is the next such.
 * Pure. `timezone` is one that `Intl` knows.
 */
export function momentOf(said: string, timezone: string, now: Date): string | null {
  const words = said.toLowerCase();
  const today = dayIn(timezone, now);
  const named = dayNamed(words, today);
  const hours = hoursOf(words);
  if (hours === null || (named === null && hours === undefined)) return null;
  const isBefore = /^(before|inden|før)\b/.test(words);
  const time = hours ?? (isBefore ? 0 : END_OF_DAY);
  const { day, againAfter } = named ?? { day: today, againAfter: DAY_MS };
  const at = momentAt(day, time, timezone);
  if (at > now.getTime()) return new Date(at).toISOString();
  return againAfter === null ? null : new Date(momentAt(day + againAfter, time, timezone)).toISOString();
}

/** Midnight of the day as if it were UTC, for days are counted so; and after how long a day is called that again. */
function dayNamed(words: string, today: number): { day: number; againAfter: number | null } | null {
  if (/\b(today|tonight|i dag|i aften)\b/.test(words)) return { day: today, againAfter: null };
  if (/\b(tomorrow|i morgen)\b/.test(words)) return { day: today + DAY_MS, againAfter: null };
  const named = WEEKDAYS.findIndex((names) => names.some((name) => new RegExp(`(^|\\s)${name}($|\\s)`).test(words)));
  if (named < 0) return null;
  return { day: today + ((named - new Date(today).getUTCDay() + 7) % 7) * DAY_MS, againAfter: 7 * DAY_MS };
}

/** Hours since midnight; undefined where no time was said, null where one may be of the morning or the evening. */
function hoursOf(words: string): number | null | undefined {
  const found = /(\d{1,2})(?:\s?[:.]\s?(\d{2}))?\s*(am|pm|a\.m|p\.m)?\b/.exec(words);
  if (!found) return PARTS.find(([part]) => part.test(words))?.[1];
  const [, hour, minutes, half] = found;
  const hours = Number(hour) + Number(minutes ?? 0) / 60;
  if (Number(hour) > (half ? 12 : 24) || Number(minutes ?? 0) > 59) return null;
  if (half) return (Number(hour) % 12) + Number(minutes ?? 0) / 60 + (half.startsWith('p') ? 12 : 0);
  const isClock = minutes !== undefined || Number(hour) > 12 || /\b(kl|klokken)\b/.test(words);
  return isClock ? hours : null;
}

function dayIn(timezone: string, now: Date): number {
  const [year, month, day] = partsIn(timezone, now.getTime());
  return Date.UTC(year, month - 1, day);
}

/** The instant at which the clocks of a zone show so many hours of a day. */
function momentAt(day: number, hours: number, timezone: string): number {
  const wanted = day + Math.round(hours * 60) * 60_000;
  // Twice, for the offset at the guess may be another than that at the moment itself.
  const once = wanted - offsetAt(timezone, wanted);
  return wanted - offsetAt(timezone, once);
}

function offsetAt(timezone: string, instant: number): number {
  const [year, month, day, hour, minute] = partsIn(timezone, instant);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / 60_000) * 60_000;
}

function partsIn(timezone: string, instant: number): [number, number, number, number, number] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return [parts.get('year')!, parts.get('month')!, parts.get('day')!, parts.get('hour')!, parts.get('minute')!];
}
