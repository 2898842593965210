import fc from 'fast-check';
import { DISABLE_AFTER_MS, MAX_ATTEMPTS, dueNotice, judge, retryAfterMs, type Verdict } from './schedule.js';

const HOUR = 3_600_000;
const failure = { statusCode: 500, retryAfterMs: null, failingMs: 0 };

/** Runs a delivery on a virtual clock against a receiver; answers the times of its attempts in ms and how it ended. */
function run(answer: (nowMs: number) => number | null, random: () => number = Math.random) {
  const times: number[] = [];
  let nowMs = 0;
  let verdict: Verdict;
  let failingSince: number | null = null;
  for (let step = 1; ; step++) {
    times.push(nowMs);
    const failingMs = failingSince === null ? 0 : nowMs - failingSince;
    verdict = judge({ statusCode: answer(nowMs), retryAfterMs: null, step, failingMs }, random);
    failingSince ??= nowMs;
    if (verdict.kind !== 'retry') return { times, verdict };
    nowMs += verdict.delayMs;
  }
}

describe('webhook schedule', () => {
  it('tries ten times over about 75 hours against a receiver that stays down, then gives up', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
        const { times, verdict } = run(
          () => 500,
          () => stream.next().value,
        );
        expect(verdict).toEqual({ kind: 'exhausted' });
        expect(times).toHaveLength(MAX_ATTEMPTS);
        expect(times.at(-1)).toBeGreaterThan(75 * HOUR);
        expect(times.at(-1)).toBeLessThan(84 * HOUR);
      }),
    );
  });

  it('follows the recommended times exactly but for what the jitter adds', () => {
    const { times } = run(
      () => null,
      () => 0,
    );
    expect(times.map((ms) => ms / 1000)).toEqual([0, 5, 305, 2105, 9305, 27305, 63305, 113705, 185705, 272105]);
  });

  it('delivers to a receiver that comes back after three days', () => {
    const { verdict, times } = run((nowMs) => (nowMs < 72 * HOUR ? null : 204));
    expect(verdict).toEqual({ kind: 'delivered' });
    expect(times.at(-1)).toBeGreaterThan(72 * HOUR);
  });

  it('spreads a thousand deliveries that failed together over about a tenth of the delay', () => {
    const delays = Array.from({ length: 1000 }, () => judge({ ...failure, step: 2 }));
    const ms = delays.map((verdict) => (verdict.kind === 'retry' ? verdict.delayMs : NaN));
    expect(Math.max(...ms) - Math.min(...ms)).toBeGreaterThan(25_000);
  });

  it.each([200, 201, 204, 299])('takes %i as delivered', (statusCode) => {
    expect(judge({ ...failure, statusCode, step: 1 })).toEqual({ kind: 'delivered' });
  });

  it.each([199, 301, 302, 307, 308, 400, 404, 429, 500, 503, null])('tries again after %s', (statusCode) => {
    expect(judge({ ...failure, statusCode, step: 1 }).kind).toBe('retry');
  });

  it('stops at once when the receiver says 410 Gone', () => {
    expect(judge({ ...failure, statusCode: 410, step: 1 })).toEqual({ kind: 'gone' });
  });

  it('disables an endpoint whose every attempt failed for five days, but never on a success', () => {
    const facts = { retryAfterMs: null, step: 1, failingMs: DISABLE_AFTER_MS };
    expect(judge({ ...facts, statusCode: 500 })).toEqual({ kind: 'failing' });
    expect(judge({ ...facts, statusCode: 200 })).toEqual({ kind: 'delivered' });
  });

  it('never returns sooner than Retry-After asks, and never waits longer than a day and a bit for it', () => {
    const after = (ms: number, step = 1) => {
      const verdict = judge({ statusCode: 503, retryAfterMs: ms, step, failingMs: 0 });
      return verdict.kind === 'retry' ? verdict.delayMs : NaN;
    };
    expect(after(120_000)).toBeGreaterThanOrEqual(120_000);
    expect(after(120_000)).toBeLessThanOrEqual(132_000);
    expect(after(1000, 4)).toBeGreaterThan(HOUR);
    expect(after(365 * 24 * HOUR)).toBeLessThan(27 * HOUR);
  });

  it('leaves a receiver that says 429 alone for a minute even when it names no time', () => {
    const verdict = judge({ ...failure, statusCode: 429, step: 1 });
    expect(verdict.kind === 'retry' && verdict.delayMs).toBeGreaterThanOrEqual(60_000);
  });

  it('gives each notice of a long outage once, in order, and only the latest when it slept', () => {
    const at = (percent: number, last: number) => dueNotice((percent / 100) * DISABLE_AFTER_MS, last);
    expect([at(49, 0), at(50, 0), at(60, 50), at(70, 50), at(91, 70), at(99, 90), at(95, 0)]).toEqual([
      null,
      50,
      null,
      70,
      90,
      null,
      90,
    ]);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');

  it.each([
    ['seconds', '120', undefined, 120_000],
    ['a date by the receiver’s own clock', 'Tue, 24 Nov 2026 13:00:30 GMT', 'Tue, 24 Nov 2026 13:00:00 GMT', 30_000],
    ['a date without its clock', 'Tue, 24 Nov 2026 12:01:00 GMT', undefined, 60_000],
    ['a date in the past', 'Tue, 24 Nov 2026 11:00:00 GMT', undefined, 0],
    ['nonsense', 'soon', undefined, null],
    ['a negative number', '-5', undefined, null],
    ['nothing', undefined, undefined, null],
  ])('understands %s', (_, value, date, expected) => {
    expect(retryAfterMs(value, date, now)).toBe(expected);
  });
});
