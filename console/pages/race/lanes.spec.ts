import type { Outcome, Route } from '../../../sdk/client.js';
import { endOf, heardOf, lanesOf, lengthOf, standingOf, ticksOf, type Lane, type Landing } from './lanes.js';

const landing = (given: Partial<Landing> = {}): Landing => ({
  ms: 300,
  atMs: given.ms ?? 300,
  kind: 'price',
  totalCents: 1234,
  currency: 'USD',
  reason: null,
  late: false,
  cached: false,
  ...given,
});
const lane = (given: Partial<Landing> | null): Lane => ({
  id: 'KROGER_API',
  name: 'Kroger',
  landing: given && landing(given),
});
const decided = (at: number, winner = 'KROGER_API') =>
  ({ decidedAfterMs: at, winner: { providerId: winner }, fallbacks: [], outstanding: [] }) as unknown as Outcome;

describe('the lanes of a race', () => {
  it('stand as what is seen of them by then, and no later answer shows before its time', () => {
    expect(standingOf(lane(null), 0, null)).toBe('waiting');
    expect(standingOf(lane(null), 50, null)).toBe('running');
    expect(standingOf(lane({}), 299, decided(400))).toBe('running');
    expect(standingOf(lane({}), 300, decided(400))).toBe('landed');
    expect(standingOf(lane({}), 400, decided(400))).toBe('won');
    expect(standingOf(lane({}), 400, decided(400, 'MEALME'))).toBe('landed');
    expect(standingOf(lane({ kind: 'failed' }), 400, decided(400))).toBe('failed');
    expect(standingOf(lane({ ms: 900, late: true }), 500, decided(400))).toBe('unanswered');
    expect(standingOf(lane({ ms: 900, late: true }), 900, decided(400))).toBe('late');
    expect(standingOf(lane(null), 500, decided(400))).toBe('unanswered');
  });

  it('are those that were asked, in one order, by what is stored before what was told', () => {
    const route = {
      outcome: { ...decided(400), outstanding: ['WALMART_API'] },
      quotes: [{ providerId: 'MEALME', status: 'complete', late: false, latencyMs: 250, totalCents: 999 }],
    } as unknown as Route;
    const entrants = [
      { id: 'WALMART_API', name: 'Walmart' },
      { id: 'MEALME', name: 'MealMe' },
      { id: 'KROGER_API', name: 'Kroger' },
    ] as const;
    expect(lanesOf(entrants, null, new Map()).map(({ name }) => name)).toEqual(['Kroger', 'MealMe', 'Walmart']);
    const lanes = lanesOf(entrants, route, new Map([['MEALME', landing({ ms: 1 })]]));
    expect(lanes.map(({ id, landing: it }) => [id, it?.ms])).toEqual([
      ['MEALME', 250],
      ['WALMART_API', undefined],
    ]);
  });

  it('place an answer before or after the decision as it was, whatever the clocks say', () => {
    const quote = (providerId: string, late: boolean) => ({ providerId, status: 'complete', late, latencyMs: 300 });
    const at = (askedAtMs: number) => {
      const quotes = [quote('KROGER_API', false), quote('MEALME', true)];
      const route = { outcome: decided(500), quotes } as unknown as Route;
      return lanesOf([], route, new Map(), askedAtMs).map(({ landing: it }) => it?.atMs);
    };
    expect(at(0)).toEqual([300, 500]);
    expect(at(100)).toEqual([400, 500]);
    expect(at(400)).toEqual([500, 700]);
  });

  it('hear of answers, and of nothing else', () => {
    const event = (type: string) => ({
      id: 'e',
      type,
      subject: 'req_1',
      timestamp: '',
      sequence: 0,
      data: {
        providerId: 'MEALME',
        status: 'failed',
        totalCents: null,
        currency: null,
        latencyMs: 20,
        reason: 'timeout',
      },
    });
    expect(heardOf(event('route.decided'))).toBeNull();
    expect(heardOf(event('route.quoted'))).toEqual({
      id: 'MEALME',
      landing: landing({ ms: 20, kind: 'failed', totalCents: null, currency: null, reason: 'timeout' }),
    });
  });

  it('end with the last answer, or with the decision', () => {
    expect(endOf([lane({ ms: 900 })], null)).toBeNull();
    expect(endOf([lane({ ms: 900 }), lane(null)], decided(400))).toBe(900);
    expect(endOf([lane({ ms: 100 })], decided(400))).toBe(400);
  });

  it('are longer than what is to be seen, with round moments on them', () => {
    for (const [clock, end] of [
      [0, null],
      [80, null],
      [2500, null],
      [100, 900],
      [5000, 900],
    ] as const) {
      const length = lengthOf(clock, end);
      expect(length).toBeGreaterThan(Math.max(end ?? clock, 100));
      const ticks = ticksOf(length);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks.at(-1)).toBeLessThanOrEqual(length);
    }
    expect(ticksOf(1000)).toEqual([0, 200, 400, 600, 800, 1000]);
  });
});
