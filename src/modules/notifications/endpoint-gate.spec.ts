import { EndpointGate, MAX_IN_FLIGHT } from './endpoint-gate.js';

describe('EndpointGate', () => {
  let now: number;
  let gate: EndpointGate;
  beforeEach(() => {
    now = 0;
    gate = new EndpointGate(MAX_IN_FLIGHT, () => now);
  });
  const fill = (endpoint: string) => Array.from({ length: MAX_IN_FLIGHT }, () => gate.enter(endpoint));

  it('lets four attempts at one endpoint run and sends the fifth away', () => {
    expect(fill('slow')).toEqual([0, 0, 0, 0]);
    expect(gate.enter('slow')).toBeGreaterThan(0);
  });

  it('lets another endpoint in whatever the slow one does', () => {
    fill('slow');
    expect(gate.enter('quick')).toBe(0);
  });

  it('lets the next one in as soon as one leaves', () => {
    fill('slow');
    gate.leave('slow', 100, true);
    expect(gate.enter('slow')).toBe(0);
  });

  it('gives those it sends away moments of their own, so that a backlog does not return at once', () => {
    for (let round = 0; round < 20; round++) {
      fill('slow');
      for (let slot = 0; slot < MAX_IN_FLIGHT; slot++) gate.leave('slow', 1000, true);
    }
    fill('slow');
    const waits = Array.from({ length: 100 }, () => gate.enter('slow'));
    expect(new Set(waits).size).toBe(100);
    expect(waits[99]! - waits[0]!).toBeGreaterThan(20_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
  });

  it('spreads even a backlog too long to give moments to', () => {
    fill('slow');
    for (let slot = 0; slot < MAX_IN_FLIGHT; slot++) gate.leave('slow', 60_000, true);
    fill('slow');
    const waits = Array.from({ length: 1000 }, () => gate.enter('slow')).slice(500);
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(25_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
  });

  it('lets one attempt at a time in after a failure, and one more with each success: a ramp for a receiver that recovers', () => {
    fill('down');
    for (let slot = 0; slot < MAX_IN_FLIGHT; slot++) gate.leave('down', 100, false);
    const entering = () => {
      let count = 0;
      while (gate.enter('down') === 0) count++;
      return count;
    };
    expect(entering()).toBe(1);
    gate.leave('down', 100, null);
    expect(entering()).toBe(1);
    for (const running of [2, 3, 4, 4]) {
      gate.leave('down', 100, true);
      entering();
      const { lanes } = gate as unknown as { lanes: Map<string, { inFlight: number }> };
      expect(lanes.get('down')!.inFlight).toBe(running);
    }
    gate.leave('down', 100, false);
    expect(gate.enter('down')).toBeGreaterThan(0);
    expect(gate.enter('another')).toBe(0);
  });

  it('lets nobody in while the receiver asked to be left alone, then lets them in', () => {
    gate.pause('busy', 120_000);
    expect(gate.enter('busy')).toBeGreaterThanOrEqual(120_000);
    now = 120_000;
    expect(gate.enter('busy')).toBe(0);
  });

  it('is closed after five different messages failed in a row, longer each time, and one that succeeds opens it', () => {
    const fail = (delivery: string) => {
      expect(gate.enter('dead')).toBe(0);
      gate.leave('dead', 10, false, delivery);
    };
    for (let time = 0; time < 8; time++) fail('the same');
    for (const delivery of ['b', 'c', 'd', 'e']) fail(delivery);
    expect(gate.enter('dead')).toBeGreaterThanOrEqual(1000);
    now += 1000;
    fail('the probe');
    now += 1999;
    expect(gate.enter('dead')).toBeGreaterThan(0);
    now += 1;
    expect(gate.enter('dead')).toBe(0);
    gate.leave('dead', 10, true, 'f');
    for (const delivery of ['g', 'h', 'i', 'j']) fail(delivery);
    expect(gate.enter('dead')).toBe(0);
  });

  it('forgets endpoints it has nothing to remember about', () => {
    for (let index = 0; index < 5000; index++) {
      gate.enter(`one-off-${index}`);
      gate.leave(`one-off-${index}`, 5, true);
    }
    const { lanes } = gate as unknown as { lanes: Map<string, unknown> };
    expect(lanes.size).toBeLessThanOrEqual(1000);
  });
});
