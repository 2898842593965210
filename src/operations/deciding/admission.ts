import { AppError } from '../../common/errors.js';

/** What a kind has to do and how fast it is done, as last counted, with what this process has accepted since. */
export interface Standing {
  /** How many are open, of all and of the tenant that asks. */
  open: number;
  ownOpen: number;
  /** How much work they are. */
  work: number;
  ownWork: number;
  /** The tenant's part of what is done while all who have something open, and itself, have more to do: 1 when it is alone. */
  share: number;
  /** Whether anything waits for a turn. While nothing does, what is accepted begins at once. */
  isWaiting: boolean;
  /** Since the oldest that waits for a turn was accepted. */
  oldestMs: number;
  /** Work done in a second: see pace.ts. */
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
/** A tenant that is alone may fill this much of it; the rest is for who comes next. */
const MOST_OF_ONE = 0.75;
/** What a tenant has open burdens nobody up to so much of its fair part: of what is done in time, or of what all have open. */
const SMALL_PART = { inTime: 0.5, ofAll: 0.25 };
/** A loop that keeps everybody waiting so long has more to do than it can. */
const MOST_LAG_MS = 400;
/** The first of a tenant is refused only when it is worse by so much. */
const SPARED = 5;
const LONGEST_RETRY_SECONDS = 30;

/**
 * Why something with so much work and time is refused, or null. What is accepted is to be done in its time, and turns are fair: so a tenant
 * may have open what its fair part of the pace does in time. Who asks for more is told that it is them (429). Who has little open, by work,
 * is accepted whatever others have brought about, for its turn comes first, and so is who is alone with at most one open; all others are refused (503) while all that is open is too much
 * or waits too long, or the event loop keeps everybody waiting. Pure.
 */
export function refusalOf(
  standing: Standing,
  bounds: Bounds,
  asked: { work: number; deadlineMs: number },
): AppError | null {
  const { open, ownOpen, work, ownWork, share, isWaiting, oldestMs, pace, lagMs } = standing;
  if (open >= bounds.all) return overloaded(`${open} open`, 2);
  if (ownOpen >= bounds.own) return tooMany(`${ownOpen} open of its own`, 2);
  const patienceMs = asked.deadlineMs * WAIT_SHARE;
  const inTime = (pace * patienceMs) / 1000;
  const own = ownWork + asked.work;
  if (own <= share * Math.max(SMALL_PART.inTime * inTime, SMALL_PART.ofAll * work)) return null;
  if (lagMs > MOST_LAG_MS * (ownOpen > 0 ? 1 : SPARED))
    return overloaded(`the event loop lags ${Math.round(lagMs)} ms`, 1);
  // What was counted is some time old: the one that a tenant has open, alone, may be closed by now.
  const isAlone = work <= ownWork && ownOpen <= 1;
  if (ownOpen === 0 || !isWaiting || isAlone) return null;
  const fair = inTime * Math.min(share, MOST_OF_ONE);
  if (own > fair) return tooMany(`${own} of work would be open of its own`, retry((own - fair) / (pace * share)));
  if (work > inTime) return overloaded(`${work} of work is open`, retry((work - inTime) / pace));
  if (oldestMs > patienceMs) return overloaded(`the oldest waits for ${Math.round(oldestMs)} ms`, 1);
  return null;
}

const retry = (seconds: number): number => Math.min(LONGEST_RETRY_SECONDS, Math.max(1, Math.ceil(seconds)));
const overloaded = (why: string, retryAfterSeconds: number) => new AppError('overloaded', why, { retryAfterSeconds });
const tooMany = (why: string, retryAfterSeconds: number) =>
  new AppError('tenant_backlog_full', why, { retryAfterSeconds });
