/**
 * The database's time, for whatever is compared, ordered or signed between processes: their own clocks may be minutes apart. Carried
 * on from the last measurement (see `database-clock.ts`) by the monotonic clock, so that nobody who sets this host's clock moves it.
 * Before the first measurement, and in what knows no database, it is this host's.
 */
let measured: { ms: number; at: number } | null = null;

/** Whether a name is one of the IANA time zone database. Offsets such as +02:00 are none: they know no summer. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** Whole milliseconds since the epoch. */
export const databaseNow = (): number =>
  measured ? Math.round(measured.ms + performance.now() - measured.at) : Date.now();

/** It was `ms` when this process's monotonic clock said `at`. */
export function setDatabaseTime(ms: number, at: number): void {
  measured = { ms, at };
}
