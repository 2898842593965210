import { AppError } from '../common/errors.js';

/** What a kind has to do and how fast it is done, as last counted, with what this process has accepted since. */
export interface Standing {
  open: number;
  /** Work that waits for a turn, of all and of the tenant that asks. */
  waiting: number;
  ownOpen: number;
  ownWaiting: number;
  /** Since the oldest that waits was accepted. */
  oldestMs: number;
  /** Work done in a second: as measured while there was enough to do, or as is assumed before. */
  pace: number;
  /** How long this process's event loop kept others waiting of late. */
  lagMs: number;
}

export interface Bounds {
  /** Most that may be open, of all and of one tenant. */
  all: number;
  own: number;
}

/** The part of its time that something may wait before it is begun: the rest is for doing it. */
const WAIT_SHARE = 0.5;
/** A tenant may fill this much of it; the rest is for the others. */
const OWN_SHARE = 0.5;
/** A loop that keeps everybody waiting so long has more to do than it can. */
const MOST_LAG_MS = 400;
/** Who has nothing open is refused only when it is worse by so much. */
const SPARED = 5;
const LONGEST_RETRY_SECONDS = 30;

/**
 * Why something with so much work and time is refused, or null. What is accepted is to be done in its time, so it goes by what is really
 * done: the age of what waits, the work that waits over the pace at which it is done, and how long the event loop keeps others waiting.
 * Who asks for more than a fair part is told that it is them (429), before all are (503); who has nothing open is spared what others have
 * brought about, for its turn comes first. Pure.
 */
export function refusalOf(
  standing: Standing,
  bounds: Bounds,
  asked: { work: number; deadlineMs: number },
): AppError | null {
  const { open, waiting, ownOpen, ownWaiting, oldestMs, pace, lagMs } = standing;
  if (open >= bounds.all) return overloaded(`${open} open`, 2);
  if (ownOpen >= bounds.own) return tooMany(`${ownOpen} open of its own`, 2);
  if (lagMs > MOST_LAG_MS * (ownOpen > 0 ? 1 : SPARED))
    return overloaded(`the event loop lags ${Math.round(lagMs)} ms`, 1);
  const patienceMs = asked.deadlineMs * WAIT_SHARE;
  const ownMs = ((ownWaiting + asked.work) / pace) * 1000;
  // Alone of its tenant it is never too much: what else there is decides.
  if (ownWaiting > 0 && ownMs > patienceMs * OWN_SHARE) {
    return tooMany(`${ownWaiting} of work waits`, retry(ownMs - patienceMs * OWN_SHARE));
  }
  const waitMs = Math.max((waiting / pace) * 1000, oldestMs);
  if (ownOpen > 0 && waiting > 0 && waitMs > patienceMs)
    return overloaded(`${waiting} of work waits`, retry(waitMs - patienceMs));
  return null;
}

const retry = (ms: number): number => Math.min(LONGEST_RETRY_SECONDS, Math.max(1, Math.ceil(ms / 1000)));
const overloaded = (why: string, retryAfterSeconds: number) => new AppError('overloaded', why, { retryAfterSeconds });
const tooMany = (why: string, retryAfterSeconds: number) =>
  new AppError('tenant_backlog_full', why, { retryAfterSeconds });
