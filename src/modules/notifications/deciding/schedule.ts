/**
 * When a failed webhook is tried again, and when we stop. The delays are those Standard Webhooks recommends: ten attempts over about
 * 75 hours, so a receiver may be down for a long weekend.
 */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Delay in ms before the 2nd, 3rd, … attempt. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
export const MAX_ATTEMPTS = RETRY_DELAYS_MS.length + 1;

/** Up to this share is added to each delay, so that what failed together does not come back together. Never taken away: three full
 * days of outage must be survived. */
const JITTER = 0.1;
/** A receiver that says 429 without saying for how long is left alone at least this long. */
const RATE_LIMITED_MS = MINUTE;
/** The longest wait a receiver may ask for; beyond it the delivery would outlive what it announces. */
const MAX_RETRY_AFTER_MS = 24 * HOUR;
/** An endpoint whose every attempt has failed for this long is disabled. */
export const DISABLE_AFTER_MS = 5 * 24 * HOUR;
/** The parts of that window at which its owner is told. */
const NOTICE_PERCENTS = [90, 70, 50] as const;
export type NoticePercent = (typeof NOTICE_PERCENTS)[number];

/** What one attempt brought: the receiver's answer, or null when there was none. */
export interface AttemptFacts {
  statusCode: number | null;
  retryAfterMs: number | null;
  /** 1 for the first attempt since the event, or since someone asked for it again. */
  step: number;
  /** How long every attempt at the endpoint has failed, before this one. */
  failingMs: number;
}

/** `gone` and `failing` end the delivery and disable the endpoint. */
export type Verdict =
  | { kind: 'delivered' }
  | { kind: 'retry'; delayMs: number }
  | { kind: 'exhausted' }
  | { kind: 'gone' }
  | { kind: 'failing' };

/** What follows from an attempt. Only 2xx is success; a redirect is a failure and is never followed. */
export function judge(facts: AttemptFacts, random: () => number = Math.random): Verdict {
  const { statusCode } = facts;
  if (statusCode !== null && statusCode >= 200 && statusCode < 300) return { kind: 'delivered' };
  if (statusCode === 410) return { kind: 'gone' };
  if (facts.failingMs >= DISABLE_AFTER_MS) return { kind: 'failing' };
  const planned = RETRY_DELAYS_MS[facts.step - 1];
  if (planned === undefined) return { kind: 'exhausted' };
  const jittered = planned * (1 + JITTER * random());
  return { kind: 'retry', delayMs: Math.round(Math.max(jittered, holdMs(facts, random))) };
}

/** How long the receiver asked us to stay away (0: it did not); a share is added so that a crowd does not return at once. */
export function holdMs(
  facts: Pick<AttemptFacts, 'statusCode' | 'retryAfterMs'>,
  random: () => number = Math.random,
): number {
  const asked = facts.retryAfterMs ?? (facts.statusCode === 429 ? RATE_LIMITED_MS : 0);
  return Math.min(asked, MAX_RETRY_AFTER_MS) * (1 + JITTER * random());
}

/** The notice that is due for an endpoint failing this long, or null; each is given once per outage. */
export function dueNotice(failingMs: number, lastNoticePercent: number): NoticePercent | null {
  const percent = (100 * failingMs) / DISABLE_AFTER_MS;
  return NOTICE_PERCENTS.find((notice) => percent >= notice && notice > lastNoticePercent) ?? null;
}

/**
 * `Retry-After` in ms: seconds, or a date. A date is read against the receiver's own `Date` header, because its clock and ours are
 * never compared; without that header our clock is the best there is.
 */
export function retryAfterMs(retryAfter: string | undefined, date: string | undefined, nowMs: number): number | null {
  const text = retryAfter?.trim();
  if (!text) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  // Date.parse also takes "-5" for a date; an HTTP date begins with a weekday.
  const until = /^[A-Z]/i.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(until)) return null;
  const theirNow = date === undefined ? NaN : Date.parse(date);
  return Math.max(0, until - (Number.isNaN(theirNow) ? nowMs : theirNow));
}
