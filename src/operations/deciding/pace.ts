/** While more waits than is done at once and less was done, this part of what was believed still is: long work ends all at once. */
const DOUBT = 0.8;
/** While nothing waits, nothing tells that it is slow: so much more is believed again at each measuring. */
const TRUST = 1.25;
/** Over how many seconds it is told how much is done: not before it had that much to do. */
const SECONDS = { least: 4, most: 10 };

export const secondsOver = (busyForSeconds: number): number =>
  Math.min(SECONDS.most, Math.max(SECONDS.least, busyForSeconds));

/**
 * The pace that is believed after a measuring, in work a second: `done` of late, `isBusy` if more waited all the while than is done at
 * once. Only then is it all that can be done; otherwise it is the least, and up to `first`, which is taken for granted, more is believed. Pure.
 */
export function learn(pace: number, first: number, done: number, isBusy: boolean): number {
  return isBusy ? Math.max(done, pace * DOUBT) : Math.max(done, pace, Math.min(first, pace * TRUST));
}
