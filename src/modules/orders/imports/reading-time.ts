/** How long a file may take to be read. Pure. */
const MOST_MS = 10_000;
/** For a machine that has so much to do that even an honest file waits for its turn. */
const MOST_WAIT_MS = 60_000;

/**
 * Whether reading has taken too long: 10 s by the clock in which this process computed for 10 s as well, or 60 s by the clock alone. While
 * others hold the machine the clock goes on and reading does not, so it alone would refuse honest files. `computedMs` is of all threads of the
 * process, and so never less than what the reading one had.
 */
export const isOverTime = (clockMs: number, computedMs: number): boolean =>
  clockMs >= MOST_WAIT_MS || (clockMs >= MOST_MS && computedMs >= MOST_MS);
