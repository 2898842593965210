/** KROGER_API is called Kroger. */
export const plainName = (id: string): string =>
  id
    .replace(/_API$/, '')
    .split('_')
    .map((part) => part[0] + part.slice(1).toLowerCase())
    .join(' ');
