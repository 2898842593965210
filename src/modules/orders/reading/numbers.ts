/** Numbers of orders and ids of products as files write them. Pure. */

/**
 * The key of an order's number: its digits as text, so that `2000131-11658219`, `TC# 1234 …` and `200013111658219` are the same. Null
 * where there is none; `lost` where a spreadsheet has rounded it (`2.00013E+14`).
 */
export function numberKeyOf(value: unknown): string | null {
  const text = typeof value === 'bigint' ? String(value) : typeof value === 'string' ? value.trim() : '';
  if (/^\d+([.,]\d+)?E\+?\d+$/i.test(text)) return 'lost';
  if (/[a-z]{2,}/i.test(text.replace(/^(TC|order|no|nr)[\s#.:]*/i, ''))) return null;
  const digits = text.normalize('NFKC').replaceAll(/\D/g, '');
  return digits.length >= 6 && digits.length <= 24 ? digits : null;
}

/** Of what `numberKeyOf` makes nothing of. */
export const NOT_A_NUMBER = 'Its order number is not of 6 to 24 digits, as order numbers are.';

/** Whether a number is written as Amazon alone writes them: `112-1234567-1234567`. */
export const isAmazonNumber = (text: string): boolean => /^[\dD]\d{2}-\d{7}-\d{7}$/.test(text.trim());

/** The item's id in a link to its page. */
export function itemIdOf(link: unknown): string | null {
  if (typeof link !== 'string') return null;
  return /\/ip\/(?:[^/?#]{1,300}\/)?(\d{4,15})(?:[/?#]|$)/.exec(link)?.[1] ?? null;
}
