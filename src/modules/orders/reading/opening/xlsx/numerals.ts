/** Numbers of sheets as texts that the readers of formats take. Pure. */
const DAY_MS = 86_400_000;
/** As many as a spreadsheet keeps. */
const DIGITS = 15;
const DAYS_1904 = 1462;
/** As a person would write it already. */
const SHORT = /^(0|[1-9]\d{0,9})(\.\d{0,3}[1-9])?$/;

/** A number as a person would write it: `81.01` for 81.010000000000005. One of more digits than a sheet keeps is told as rounded. */
export function numeralOf(text: string): string {
  if (SHORT.test(text)) return text;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  if (Math.abs(value) >= 10 ** DIGITS) return value.toExponential().toUpperCase();
  const plain = String(Number(value.toPrecision(DIGITS)));
  return plain.includes('e') ? '0' : plain;
}

/**
 * A day, `2025-03-02`, with its time where it has one, `2025-03-02T14:05:00`; a time alone below one day. Days are counted from the end
 * of 1899 (of which 1900's 29 February, that never was, is one) or from 1904. Null for what is no day.
 */
export function dayOfSerial(text: string, is1904: boolean): string | null {
  const serial = Number(text);
  if (text.trim() === '' || !Number.isFinite(serial) || serial < 0 || serial > 2_958_465) return null;
  const days = is1904 ? serial + DAYS_1904 : serial;
  const since1900 = days < 60 && days >= 1 ? days + 1 : days;
  const seconds = Math.round(since1900 * 86_400);
  const at = new Date(Date.UTC(1899, 11, 30) + seconds * 1000).toISOString();
  if (serial < 1) return at.slice(11, 19);
  return (seconds * 1000) % DAY_MS === 0 ? at.slice(0, 10) : at.slice(0, 19);
}
