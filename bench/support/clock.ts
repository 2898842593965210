/**
 * Epoch time in ms with a fraction, for comparing moments that several processes of this host noted. `Date.now` has whole ms only, so
 * the monotonic clock is set by it once, at the edge of a ms; take a new clock for each step, for the two drift apart.
 */
export function wallClock(): () => number {
  const before = Date.now();
  let edge = before;
  while (edge === before) edge = Date.now();
  const offset = edge - performance.now();
  return () => offset + performance.now();
}
