/** A share of cases with its 95 % interval (Wilson). Of none it is 0, and may be anything. */
export function shareOf(hits: number, n: number): { value: number; n: number; low: number; high: number } {
  if (n === 0) return { value: 0, n, low: 0, high: 1 };
  const share = hits / n;
  const z = 1.96;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return { value: share, n, low: middle - half, high: middle + half };
}
