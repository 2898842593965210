/**
 * Seconds a caller is ready to wait, from `Prefer: wait=n` (RFC 7240), capped at `maxSeconds`; null without a usable preference,
 * which by that RFC is then ignored.
 */
export function preferredWait(header: string | string[] | undefined, maxSeconds: number): number | null {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  const wait = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?/i.exec(text)?.[1];
  return wait === undefined ? null : Math.min(maxSeconds, Number(wait));
}
