/** How a message fares, as a colour. */
export const TONES = { pending: 'info', delivered: 'good', exhausted: 'bad', stopped: 'warn' } as const;
