export const timesText = (times: number): string => ['never', 'once', 'twice'][times] ?? `${times} times`;
export const dollars = (cents: number): string => `$${(cents / 100).toFixed(2)}`;
