import type { EventName } from '../../../events/catalogue.js';
import type { EventEnvelope } from '../../../events/event.js';
import { Follower, type Reader, type Until } from './follower.js';

const event = (sequence: number, name = 'route.noted'): EventEnvelope => ({
  id: `evt_${sequence}`,
  name: name as EventName,
  tenantId: 'ten_a',
  subject: 'req_a',
  sequence,
  time: '2026-11-24T12:00:00.123Z',
  traceparent: '',
  data: '{}',
});

/** Writes down what it is told; its backlog is what the test says. */
class Told implements Reader {
  readonly said: string[] = [];
  backlogBytes = 0;
  onRoom: () => void = () => undefined;
  send = ({ sequence }: EventEnvelope): void => void this.said.push(String(sequence));
  gap = (after: number, next: number | null): void => void this.said.push(`gap ${after}-${next}`);
  beat = (): void => void this.said.push('beat');
  end = (why: string): void => void this.said.push(why);
}

describe('a follower', () => {
  let told: Told;
  const follow = (after = 0, until: Until = 'outcome', lifeMs?: number) =>
    new Follower({ subject: 'req_a', tenantId: 'ten_a', after, until, lifeMs }, told, 0);
  beforeEach(() => (told = new Told()));

  it('takes each event once and in order, however often a reading answers it', () => {
    const follower = follow(1);
    follower.take([event(1), event(2)], true);
    follower.take([event(1), event(2), event(3)], true);
    follower.take([event(2)], true);
    expect(told.said).toEqual(['2', '3']);
  });

  it('says where events are missing, and ends after the last', () => {
    const follower = follow();
    follower.take([event(3), event(4, 'route.decided'), event(5)], true);
    expect(told.said).toEqual(['gap 0-3', '3', '4', 'done']);
  });

  it('that stays goes on after the outcome and tells what came later', () => {
    const follower = follow(0, 'never');
    follower.take([event(1, 'route.decided')], true);
    follower.take([event(2, 'route.confirmed')], true);
    expect(told.said).toEqual(['1', '2']);
    expect(follower.ready).toBe(true);
  });

  it('of a closed subject takes all there is, in as many readings as it needs, and ends', () => {
    const follower = follow(0, 'stored');
    expect(follower.take([event(1, 'route.decided')], false)).toBe(true);
    expect(follower.take([event(2)], false)).toBe(true);
    expect(follower.take([], true)).toBe(false);
    expect(told.said).toEqual(['1', '2', 'done']);
  });

  it('of a closed subject whose history is gone says so and ends', () => {
    follow(2, 'stored').take([], true);
    expect(told.said).toEqual(['gap 2-null', 'done']);
  });

  it('takes no more than its reader has room for, and asks again when there is room', () => {
    const follower = follow();
    const wake = jest.fn();
    follower.whenRoom(wake);
    told.onRoom();
    told.backlogBytes = 300_000;
    expect(follower.take([event(1)], true)).toBe(true);
    told.onRoom();
    expect(wake).not.toHaveBeenCalled();
    told.backlogBytes = 0;
    told.onRoom();
    expect(wake).toHaveBeenCalledTimes(1);
    expect(told.said).toEqual([]);
  });

  it('drops a reader that stays full for five seconds, not one that recovers', () => {
    const follower = follow();
    told.backlogBytes = 300_000;
    follower.visit(0);
    follower.visit(4900);
    told.backlogBytes = 0;
    follower.visit(5000);
    told.backlogBytes = 300_000;
    follower.visit(6000);
    follower.visit(10_900);
    expect(told.said).toEqual([]);
    follower.visit(11_000);
    follower.visit(12_000);
    expect(told.said).toEqual(['slow']);
    expect(follower.take([event(1)], true)).toBe(false);
  });

  it('has a heartbeat every 15 seconds and ends after a quarter of an hour, or sooner if its life is shorter', () => {
    const follower = follow();
    for (const now of [14_999, 15_000, 15_001, 29_999, 30_000]) follower.visit(now);
    expect(told.said).toEqual(['beat', 'beat']);
    follower.visit(15 * 60_000);
    expect(told.said.at(-1)).toBe('expired');
    const brief = follow(0, 'outcome', 1000);
    brief.visit(1000);
    expect(told.said.at(-1)).toBe('expired');
  });
});
