/** Money is integer minor units (cents) plus an ISO 4217 currency; unknown is null, never 0. */
export const CURRENCIES = ['USD', 'DKK'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** The largest amount accepted from outside, in cents: beyond it a reply is nonsense, and sums stay exact integers. */
export const MAX_CENTS = 100_000_000;

/**
 * A decimal amount as providers send it (3.49) in cents, rounded half away from zero, or null when it is not a plausible
 * price: NaN, infinite, negative or above MAX_CENTS. The decimal string is used, so 1.005 becomes 101 and not 100.
 */
export function toCents(amount: number): number | null {
  if (!Number.isFinite(amount) || amount < 0 || amount * 100 > MAX_CENTS) return null;
  return Math.round(Number(`${amount}e2`)) || Math.round(amount * 100);
}

/** An integer number of cents as sent by a provider, or null when it is not a plausible price. */
export function centsOrNull(cents: number): number | null {
  return Number.isSafeInteger(cents) && cents >= 0 && cents <= MAX_CENTS ? cents : null;
}

const KNOWN: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Whether it is a code of ISO 4217. */
export const isCurrency = (code: string): boolean => KNOWN.has(code);

/** Made once: making one takes far longer than using it. */
const formats = new Map<string, Intl.NumberFormat>();
function formatOf(currency: string): Intl.NumberFormat {
  const known = formats.get(currency);
  if (known) return known;
  const made = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  formats.set(currency, made);
  return made;
}

/** Cents as lists and sentences have them: "$12.34", "123.45 kr". */
export const plainMoney = (cents: number, currency: Currency = 'USD'): string =>
  currency === 'DKK' ? `${(cents / 100).toFixed(2)} kr` : `$${(cents / 100).toFixed(2)}`;

/** Cents as a person reads them: formatCents(1234, 'USD') is "$12.34". A currency that is none is written as it is. */
export function formatCents(cents: number, currency: string = 'USD'): string {
  return isCurrency(currency) ? formatOf(currency).format(cents / 100) : `${(cents / 100).toFixed(2)} ${currency}`;
}
