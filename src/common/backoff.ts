/**
 * The delay in ms before attempt `attempt + 1` (1-based): exponential from `baseMs`, capped at `capMs`, with full jitter in its
 * upper half so that a herd spreads out but nobody retries at once.
 */
export function backoffMs(attempt: number, baseMs: number, capMs: number, random: () => number = Math.random): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.max(0, attempt - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}
