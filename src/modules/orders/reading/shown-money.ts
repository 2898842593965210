import { centsOf } from './amounts.js';
import { isMembers, member, named } from './members.js';

/** Money as JSON shows it: a number, a text, or an object of what it is and how it is displayed. Pure. */
const VALUE = named('value', 'amount', 'price', 'number', 'total');
const DISPLAY = named('displayValue', 'display', 'displayAmount', 'formatted', 'priceString', 'text');
/** What follows an amount and is none of it: `$3.61/lb`, `$2.00 each`. */
const PER = /\s*(?:\/|\bper\b|\beach\b|\bea\b).*$/i;

/**
 * Hundredths; null for what is no amount, which what has parts of a hundredth is not either, and where value and display tell two different
 * ones. A value in hundredths beside a display in whole units is the display's.
 */
export function centsIn(shown: unknown): number | null {
  const { value, display } = partsOf(shown);
  const seen = centsOfText(display);
  return typeof value === 'number' && seen === null && !isWhole(value) ? null : agreed(centsOfEither(value), seen);
}

function agreed(told: number | null, seen: number | null): number | null {
  if (told === null || seen === null) return told ?? seen;
  const isOne = Math.abs(Math.abs(told) - Math.abs(seen)) <= 1;
  if (isOne) return seen === 0 ? 0 : Math.abs(seen) * (told < 0 || seen < 0 ? -1 : 1);
  return Math.abs(told) === Math.abs(seen) * 100 ? seen : null;
}

/** Without its sign: savings and refunds are shown with one or without, and come off all the same. */
export function sizeIn(shown: unknown): number | null {
  const cents = centsIn(shown);
  return cents === null ? null : Math.abs(cents);
}

/** Of one: thousandths of the whole unit are kept, as prices of fuel have them. */
export function unitCentsIn(shown: unknown): number | null {
  const { value, display } = partsOf(shown);
  const cents = agreed(centsOfEither(value), centsOfText(display));
  if (cents === null) return null;
  const exact = [value, display].map(thousandthsOf).find((one) => one !== null && Math.abs(one - cents) < 1);
  return exact ?? cents;
}

/** An object in an object is looked into once. */
function partsOf(shown: unknown): { value: unknown; display: unknown } {
  if (!isMembers(shown)) return { value: shown, display: null };
  const value = member(shown, VALUE);
  const display = member(shown, DISPLAY);
  if (!isMembers(value)) return { value, display };
  return { value: member(value, VALUE), display: display ?? member(value, DISPLAY) };
}

const centsOfEither = (value: unknown): number | null =>
  typeof value === 'number' ? centsOf(value) : centsOfText(value);

const centsOfText = (text: unknown): number | null =>
  typeof text === 'string' ? centsOf(text.replace(PER, '')) : null;

/** A sum of whole hundredths, but for what computing with halves of two leaves. */
const isWhole = (value: number): boolean => Math.abs(value * 100 - Math.round(value * 100)) < 0.001;

function thousandthsOf(value: unknown): number | null {
  const digits =
    typeof value === 'number' ? String(value) : typeof value === 'string' ? /\d+\.\d{3}(?!\d)/.exec(value)?.[0] : null;
  return digits === undefined || digits === null ? null : Math.round(Number(digits) * 1000) / 10;
}
