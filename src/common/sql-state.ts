/** The SQLSTATE or system code of an error as pg and TypeORM give it; empty for an error that has none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return String(driverError?.code ?? code ?? '');
}

/**
 * Whether the store refused a statement for what is in it: the same statement fails again, and of many rows perhaps only one is to
 * blame. SQLSTATE classes: 21 cardinality, 22 data, 23 constraints, 54 limits of a row or an index
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
export const isRefusedForData = (error: unknown): boolean => /^(21|22|23|54)[0-9A-Z]{3}$/.test(codeOf(error));
