/** Where a capital stands within. */
const SPELT: Readonly<Record<string, string>> = { MEALME: 'MealMe' };

/** KROGER_API is called Kroger. */
export const plainName = (id: string): string =>
  SPELT[id] ??
  id
    .replace(/_API$/, '')
    .split('_')
    .map((part) => part[0] + part.slice(1).toLowerCase())
    .join(' ');
