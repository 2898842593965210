/** With what was paid, as receipts and tills name it: by the sort of means and not by its brand. Pure. */
const SORTS: readonly [RegExp, string][] = [
  [/\bebt\b|ebt_|food ?stamp|\bsnap\b/, 'EBT'],
  [/gift|cadeau/, 'GIFTCARD'],
  [/debit|interac/, 'DEBITCARD'],
  [/visa|master ?card|mcard|\bmc\b|amex|american express|discover|credit/, 'CREDITCARD'],
  [/\bcash\b|comptant|especes/, 'CASH'],
  [/\bcheck\b|cheque/, 'CHECK'],
];

/** Null for words that are of no means of payment; `words` in small letters without accents. */
export const paymentTypeOf = (words: string): string | null =>
  SORTS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
