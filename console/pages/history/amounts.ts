/** “3.98” and “3,98” in cents; null for what is no amount of money above nothing. */
export function centsOf(text: string): number | null {
  const found = /^\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*$/.exec(text);
  if (!found) return null;
  const cents = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  return cents > 0 ? cents : null;
}

/** An amount as people of the language type it, which `centsOf` reads again. */
export const typed = (cents: number, locale: string): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: false }).format(
    cents / 100,
  );

export interface Bar<T> {
  row: T;
  /** Of the longest, 0 to 1. */
  share: number;
}

/** Rows with how long each is beside the longest; what is not known has no length. */
export function barsOf<T>(rows: readonly T[], centsOfRow: (row: T) => number | null): Bar<T>[] {
  const most = Math.max(...rows.map((row) => centsOfRow(row) ?? 0), 1);
  return rows.map((row) => ({ row, share: Math.max(0, centsOfRow(row) ?? 0) / most }));
}
