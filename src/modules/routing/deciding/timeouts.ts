/** One answer as the day's log has it. `latencyMs` is of one that timed out how long it was waited for. */
export interface DayOfAnswers {
  providerId: string;
  answers: number;
  p95Ms: number | null;
  timeouts: number;
  /** Of those that timed out, since when nobody would have waited any more, summed. */
  waitedBeyondMs: number;
  /** Good answers that came after the suggestion, and those of them that won. */
  slower: number;
  slowerWins: number;
}

export interface TimeoutAdvice<Id extends string = string> {
  providerId: Id;
  timeoutMs: number | null;
  answers: number;
  p95Ms: number | null;
  suggestedMs: number | null;
  /** What the suggestion would have changed; null where there is none. */
  wouldHave: {
    lostAnswers: number;
    lostWins: number;
    /** Of those that timed out: how many had been waited for longer, by how much in the mean. */
    sooner: number;
    soonerMs: number;
    /** Timed out sooner than the suggestion: they might have been heard. */
    mayHaveBeenHeard: number;
  } | null;
}

const ENOUGH = 20;
const ROOM_MS = 2000;

/** A provider's p95 and two seconds, from twenty answers on; null before. Pure. */
export const suggestedTimeoutMs = (p95Ms: number | null, answers: number): number | null =>
  p95Ms === null || answers < ENOUGH ? null : Math.ceil(p95Ms) + ROOM_MS;

/** What is advised for a provider whose timeout is `timeoutMs`, by its day; the day's sums were taken at the suggestion. Pure. */
export function adviceOf<Id extends string>(
  providerId: Id,
  timeoutMs: number | null,
  day: DayOfAnswers | undefined,
): TimeoutAdvice<Id> {
  const { answers = 0, p95Ms = null } = day ?? {};
  const suggestedMs = suggestedTimeoutMs(p95Ms, answers);
  const base = { providerId, timeoutMs, answers, p95Ms: p95Ms === null ? null : Math.round(p95Ms), suggestedMs };
  if (suggestedMs === null || !day) return { ...base, wouldHave: null };
  const isShorter = timeoutMs !== null && suggestedMs < timeoutMs;
  return {
    ...base,
    wouldHave: {
      lostAnswers: day.slower,
      lostWins: day.slowerWins,
      sooner: isShorter ? day.timeouts : 0,
      soonerMs: isShorter && day.timeouts > 0 ? Math.round(day.waitedBeyondMs / day.timeouts) : 0,
      mayHaveBeenHeard: isShorter ? 0 : day.timeouts,
    },
  };
}
