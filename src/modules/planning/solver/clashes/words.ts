export const timesText = (times: number): string => ['never', 'once', 'twice'][times] ?? `${times} times`;
