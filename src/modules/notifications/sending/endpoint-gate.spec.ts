import { EndpointGate, MAX_IN_FLIGHT } from './endpoint-gate.js';

describe('EndpointGate', () => {
  let now: number;
  let gate: EndpointGate;
  beforeEach(() => {
    now = 0;
    gate = new EndpointGate(MAX_IN_FLIGHT, () => now);
  });
  const SLOTS = ['1', '2', '3', '4'];
  const fill = (endpoint: string) => SLOTS.map((delivery) => gate.enter(endpoint, delivery));
  const empty = (endpoint: string, delivered: boolean) => {
    for (const delivery of SLOTS) gate.leave(endpoint, delivery, delivered);
  };
  let last = 0;
  const waits = (endpoint: string, count: number) =>
    Array.from({ length: count }, () => gate.enter(endpoint, `waiting ${last++}`));

  it('lets four attempts at one endpoint run and sends the fifth away', () => {
    expect(fill('slow')).toEqual([0, 0, 0, 0]);
    expect(gate.enter('slow', '5')).toBeGreaterThan(0);
  });

  it('lets another endpoint in whatever the slow one does', () => {
    fill('slow');
    expect(gate.enter('quick', '5')).toBe(0);
  });

  it('lets the next one in as soon as one leaves', () => {
    fill('slow');
    now += 100;
    gate.leave('slow', '1', true);
    expect(gate.enter('slow', '5')).toBe(0);
  });

  it('sends away a delivery that is being attempted', () => {
    expect(gate.enter('slow', '1')).toBe(0);
    expect(gate.enter('slow', '1')).toBeGreaterThan(0);
    gate.leave('slow', '1', true);
    expect(gate.enter('slow', '1')).toBe(0);
  });

  it('gives those it sends away moments of their own, so that a backlog does not return at once', () => {
    for (let round = 0; round < 20; round++) {
      fill('slow');
      now += 1000;
      empty('slow', true);
    }
    fill('slow');
    const given = waits('slow', 100);
    expect(new Set(given).size).toBe(100);
    expect(given[99]! - given[0]!).toBeGreaterThan(20_000);
    expect(Math.max(...given)).toBeLessThanOrEqual(60_000);
  });

  it('spreads even a backlog too long to give moments to', () => {
    fill('slow');
    now += 60_000;
    empty('slow', true);
    fill('slow');
    const given = waits('slow', 1000).slice(500);
    expect(Math.max(...given) - Math.min(...given)).toBeGreaterThan(25_000);
    expect(Math.max(...given)).toBeLessThanOrEqual(60_000);
  });

  it('is asked ever more seldom by the backlog of a quick receiver that begins to hang', () => {
    fill('hangs');
    const backlog = Array.from({ length: 50 }, (_, index) => ({ delivery: `waiting ${index}`, at: 0 }));
    let knocks = 0;
    for (now = 1; now < 15_000; now++) {
      for (const waiting of backlog.filter(({ at }) => at <= now)) {
        waiting.at = now + gate.enter('hangs', waiting.delivery);
        knocks++;
      }
    }
    expect(knocks).toBeLessThan(50 * 10);
  });

  it('lets one attempt at a time in after a failure, and one more with each success: a ramp for a receiver that recovers', () => {
    fill('down');
    empty('down', false);
    const running: string[] = [];
    const entering = () => {
      for (let next = `try ${last++}`; gate.enter('down', next) === 0; next = `try ${last++}`) running.push(next);
      return running.length;
    };
    expect(entering()).toBe(1);
    gate.leave('down', running.pop()!, null);
    expect(entering()).toBe(1);
    for (const expected of [2, 3, 4, 4]) {
      gate.leave('down', running.pop()!, true);
      expect(entering()).toBe(expected);
    }
    gate.leave('down', running.pop()!, false);
    expect(entering()).toBe(3);
    expect(gate.enter('another', '1')).toBe(0);
  });

  it('lets nobody in while the receiver asked to be left alone, then lets them in', () => {
    gate.pause('busy', 120_000);
    expect(gate.enter('busy', '1')).toBeGreaterThanOrEqual(120_000);
    now = 120_000;
    expect(gate.enter('busy', '1')).toBe(0);
  });

  it('is closed after five different messages failed in a row, longer each time, and one that succeeds opens it', () => {
    const fail = (delivery: string) => {
      expect(gate.enter('dead', delivery)).toBe(0);
      gate.leave('dead', delivery, false);
    };
    for (let time = 0; time < 8; time++) fail('the same');
    for (const delivery of ['b', 'c', 'd', 'e']) fail(delivery);
    expect(gate.enter('dead', 'f')).toBeGreaterThanOrEqual(1000);
    now += 1000;
    fail('the probe');
    now += 1999;
    expect(gate.enter('dead', 'f')).toBeGreaterThan(0);
    now += 1;
    expect(gate.enter('dead', 'f')).toBe(0);
    gate.leave('dead', 'f', true);
    for (const delivery of ['g', 'h', 'i', 'j']) fail(delivery);
    expect(gate.enter('dead', 'k')).toBe(0);
  });

  it('forgets endpoints it has nothing to remember about', () => {
    for (let index = 0; index < 5000; index++) {
      gate.enter(`one-off-${index}`, '1');
      gate.leave(`one-off-${index}`, '1', true);
    }
    const { lanes } = gate as unknown as { lanes: Map<string, unknown> };
    expect(lanes.size).toBeLessThanOrEqual(1000);
  });
});
