/** When nobody wants to be told, on the wall where they are: "22:00" to "07:00". */
export interface QuietHours {
  from: string;
  to: string;
  timezone: string;
}

const DAY = 24 * 60;
const MINUTE_MS = 60_000;

/** When the quiet hours end in which `now` falls (ms since the epoch); null when it falls in none. Pure. */
export function quietUntil(now: number, { from, to, timezone }: QuietHours): number | null {
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  const wall = wallMinutes(now, timezone);
  const isQuiet = begin <= end ? wall >= begin && wall < end : wall >= begin || wall < end;
  if (!isQuiet) return null;
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const guess = minute + ((end - wall + DAY) % DAY) * MINUTE_MS;
  // The clocks may have been changed in between.
  const off = wallMinutes(guess, timezone) - end;
  const drift = off > DAY / 2 ? off - DAY : off < -DAY / 2 ? off + DAY : off;
  return guess - drift * MINUTE_MS;
}

/** Whether this system knows a time zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    clockOf(name);
    return true;
  } catch {
    return false;
  }
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const CLOCKS = new Map<string, Intl.DateTimeFormat>();
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = CLOCKS.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (CLOCKS.size < 1000) CLOCKS.set(timeZone, clock);
  return clock;
}

const wallMinutes = (at: number, timezone: string): number => minutesOf(clockOf(timezone).format(at));
