import { centsOf } from './amounts.js';
import { isMembers, member, named } from './members.js';

/** Money as JSON shows it: a number, a text, or an object of what it is and how it is displayed. Pure. */
const VALUE = named('value', 'amount', 'price', 'number', 'total');
const DISPLAY = named('displayValue', 'display', 'displayAmount', 'formatted', 'priceString', 'text');
/** What follows an amount and is none of it: `$3.61/lb`, `$2.00 each`. */
const PER = /\s*(?:\/|\bper\b|\beach\b|\bea\b).*$/i;

/**
 * Hundredths; null for what is no amount, and where value and display tell two different ones. A value in hundredths beside a display in
 * whole units is the display's.
 */
export function centsIn(shown: unknown): number | null {
  if (!isMembers(shown)) return centsOf(typeof shown === 'string' ? shown.replace(PER, '') : shown);
  const value = member(shown, VALUE);
  const told = isMembers(value) ? centsIn(value) : centsOf(value);
  const display = member(shown, DISPLAY);
  const seen = typeof display === 'string' ? centsOf(display.replace(PER, '')) : null;
  if (told === null || seen === null) return told ?? seen;
  const isOne = Math.abs(Math.abs(told) - Math.abs(seen)) <= 1;
  if (isOne) return Math.abs(seen) * (told < 0 || seen < 0 ? -1 : 1);
  return Math.abs(told) === Math.abs(seen) * 100 ? seen : null;
}

/** Without its sign: savings and refunds are shown with one or without, and come off all the same. */
export function sizeIn(shown: unknown): number | null {
  const cents = centsIn(shown);
  return cents === null ? null : Math.abs(cents);
}

/** Of one: thousandths of the whole unit are kept, as prices of fuel have them. */
export function unitCentsIn(shown: unknown): number | null {
  const value = isMembers(shown) ? member(shown, VALUE) : shown;
  const display = isMembers(shown) ? member(shown, DISPLAY) : shown;
  const cents = centsIn(shown);
  if (cents === null) return null;
  const exact = [value, display].map(thousandthsOf).find((one) => one !== null && Math.abs(one - cents) < 1);
  return exact ?? cents;
}

function thousandthsOf(value: unknown): number | null {
  const digits =
    typeof value === 'number' ? String(value) : typeof value === 'string' ? /\d+\.\d{3}(?!\d)/.exec(value)?.[0] : null;
  return digits === undefined || digits === null ? null : Math.round(Number(digits) * 1000) / 10;
}
