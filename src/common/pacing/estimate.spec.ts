import fc from 'fast-check';
import { placeOf, type Load, type OpenWork } from './estimate.js';

const NOW = Date.parse('2026-11-26T12:00:00.000Z');
const at = (ms: number) => new Date(NOW + ms);
const work = (extra: Partial<OpenWork> = {}): OpenWork => ({
  createdAt: at(0),
  startedAt: null,
  deadlineAt: at(8e3),
  ...extra,
});
const load = ({ done = 300, medianMs = 400 as number | null, waiting = 0, measuredAt = 0 } = {}): Load => ({
  waiting,
  atOnce: 64,
  pace: {
    at: at(measuredAt),
    windowSeconds: 30,
    done,
    medianMs,
  },
});
const inMs = ({ estimatedAt }: { estimatedAt: string | null }) => estimatedAt && Date.parse(estimatedAt) - NOW;

describe('the place of something open', () => {
  it('is as long from its acceptance as is usual, while the workers keep up', () => {
    expect(placeOf(work(), load())).toEqual({
      position: 1,
      decidedBy: at(8e3).toISOString(),
      estimatedAt: at(400).toISOString(),
    });
    expect(inMs(placeOf(work(), load({ waiting: 64 })))).toBe(400);
    expect(placeOf(work({ startedAt: at(20) }), load({ waiting: 64 }))).toMatchObject({ position: 0 });
  });

  it('is later by those before it that the workers cannot take up at once, at the rate of late', () => {
    // 300 in 30 s are 10 in a second.
    expect(inMs(placeOf(work(), load({ waiting: 94, measuredAt: 100 })))).toBe(3100);
  });

  it('is never beyond the deadline', () => {
    expect(inMs(placeOf(work(), load({ waiting: 5000 })))).toBe(8000);
  });

  it('is not guessed from too few, from nothing, or for what has taken longer than usual', () => {
    for (const unknown of [load({ done: 4 }), load({ medianMs: null, done: 0 }), { ...load(), pace: null }]) {
      expect(inMs(placeOf(work(), unknown))).toBeNull();
    }
    expect(inMs(placeOf(work({ startedAt: at(10) }), load({ measuredAt: 400 })))).toBeNull();
  });

  it('lies after what was measured and by the deadline, or is not told', () => {
    const whole = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(whole(1000), whole(60_000), whole(20_000), whole(20_000), (done, medianMs, waiting, measuredAt) => {
        const estimate = inMs(placeOf(work(), load({ done, medianMs, waiting, measuredAt })));
        if (estimate === null) return;
        expect(estimate).toBeLessThanOrEqual(8000);
        expect(estimate).toBeGreaterThan(Math.min(measuredAt, 7999));
      }),
    );
  });
});
