/** When something open will have its outcome, by what was measured of late. Pure; every time is the database's. */
export interface Pace {
  /** When it was measured. */
  at: Date;
  windowSeconds: number;
  /** How many had their outcome within the window. */
  done: number;
  /** From acceptance to outcome, of those; null when there were none. */
  medianMs: number | null;
}

export interface Load {
  /** How many no worker had taken up at the last count. */
  waiting: number;
  /** How many the workers take up at once. */
  atOnce: number;
  /** Null while nothing was measured. */
  pace: Pace | null;
}

export interface OpenWork {
  createdAt: Date;
  startedAt: Date | null;
  deadlineAt: Date;
}

export interface Place {
  position: number;
  decidedBy: string;
  estimatedAt: string | null;
}

/** Fewer tell nothing about the next one. */
const FEWEST = 5;

/** Where it stands. What no worker has taken up is itself among those that wait, whatever was counted before it came. */
export function placeOf(work: OpenWork, load: Load): Place {
  const position = work.startedAt ? 0 : Math.max(1, load.waiting);
  return {
    position,
    decidedBy: work.deadlineAt.toISOString(),
    estimatedAt: estimatedAt(work, position, load)?.toISOString() ?? null,
  };
}

/**
 * As long after its acceptance as is usual now, or once those before it are through at the present rate, if there are more than the
 * workers take up at once; never later than the deadline, which ends it. Null when that is past, for what takes longer than usual may take
 * any time, or when too few were seen.
 */
function estimatedAt({ createdAt, deadlineAt }: OpenWork, position: number, { atOnce, pace }: Load): Date | null {
  if (!pace || pace.medianMs === null || pace.done < FEWEST) return null;
  const usual = createdAt.getTime() + pace.medianMs;
  const before = Math.max(0, position - atOnce);
  const drained = before === 0 ? 0 : pace.at.getTime() + (before / pace.done) * pace.windowSeconds * 1000;
  const estimate = Math.max(usual, drained);
  return estimate <= pace.at.getTime() ? null : new Date(Math.min(estimate, deadlineAt.getTime()));
}
