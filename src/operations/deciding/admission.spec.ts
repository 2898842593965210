import { refusalOf, type Standing } from './admission.js';

const IDLE: Standing = {
  open: 0,
  ownOpen: 0,
  work: 0,
  ownWork: 0,
  share: 1,
  isWaiting: false,
  oldestMs: 0,
  pace: 600,
  lagMs: 0,
};
const BOUNDS = { all: 100, own: 50 };
/** 2400 of work are done in the half of its time. */
const CART = { work: 700, deadlineMs: 8000 };
/** Alone, and something waits already. */
const BUSY = { ownOpen: 2, isWaiting: true };
const codeOf = (standing: Partial<Standing>, asked = CART) =>
  refusalOf({ ...IDLE, ...standing }, BOUNDS, asked)?.code ?? null;
const retryOf = (standing: Partial<Standing>) =>
  refusalOf({ ...IDLE, ...standing }, BOUNDS, CART)?.extra.retryAfterSeconds;

describe('what is accepted', () => {
  it('is whatever comes while nothing waits for a turn, however heavy and slow', () => {
    expect(codeOf({})).toBeNull();
    expect(codeOf({ pace: 1, ownOpen: 3, ownWork: 2000, work: 2000 })).toBeNull();
  });

  it('is, of a tenant that is alone, three quarters of what is done in half of its time; it is told when to come again', () => {
    expect(codeOf({ ...BUSY, work: 1100, ownWork: 1100 })).toBeNull();
    expect(codeOf({ ...BUSY, work: 1101, ownWork: 1101 })).toBe('tenant_backlog_full');
    expect(retryOf({ ...BUSY, work: 2300, ownWork: 2300 })).toBe(2);
  });

  it('is what somebody asks who is alone with one open, however short its time: that one may be closed by now', () => {
    const short = { work: 42, deadlineMs: 1000 };
    expect(codeOf({ isWaiting: true, ownOpen: 1, ownWork: 84, work: 84, pace: 20 }, short)).toBeNull();
    expect(codeOf({ isWaiting: true, ownOpen: 2, ownWork: 84, work: 84, pace: 20 }, short)).toBe('tenant_backlog_full');
    expect(codeOf({ isWaiting: true, ownOpen: 1, ownWork: 42, work: 84, pace: 20 }, short)).toBe('tenant_backlog_full');
  });

  it('is, of each of several, its part of that: who has more open is refused, who has less is not', () => {
    const crowd = { ...BUSY, share: 0.25, work: 2400 };
    expect(codeOf({ ...crowd, ownWork: 700 }, { work: 100, deadlineMs: 8000 })).toBe('tenant_backlog_full');
    expect(codeOf({ ...crowd, ownWork: 400 }, { work: 100, deadlineMs: 8000 })).toBeNull();
  });

  it('is refused to all but who has little open when more is open than is done in time, or waits for too long', () => {
    const some = { ...BUSY, share: 0.5, ownWork: 400 };
    const asked = { work: 300, deadlineMs: 8000 };
    expect(codeOf({ ...some, work: 2400 }, asked)).toBeNull();
    expect(codeOf({ ...some, work: 2401 }, asked)).toBe('overloaded');
    expect(codeOf({ ...some, work: 2400, oldestMs: 4500 }, asked)).toBe('overloaded');
  });

  it('is refused to who burdens the event loop while that keeps everybody waiting', () => {
    expect(codeOf({ lagMs: 500, ownOpen: 1, ownWork: 600, work: 600 })).toBe('overloaded');
  });

  it('is what somebody asks who has little open by work, however much others have, however long they wait and keep the loop', () => {
    const flooded = { ...BUSY, share: 0.5, work: 40_000, oldestMs: 60_000, lagMs: 5000, pace: 20 };
    expect(codeOf({ ...flooded, ownOpen: 20, ownWork: 60 }, { work: 3, deadlineMs: 8000 })).toBeNull();
    expect(codeOf({ ...flooded, ownOpen: 20, ownWork: 6000 }, { work: 3, deadlineMs: 8000 })).toBe('overloaded');
  });

  it('is the first of a tenant, unless nothing goes on any more', () => {
    expect(codeOf({ isWaiting: true, work: 2400, share: 0.25, oldestMs: 60_000, lagMs: 500 })).toBeNull();
    expect(codeOf({ work: 2400, share: 0.25, lagMs: 2500 })).toBe('overloaded');
  });

  it('is bounded in number, too', () => {
    expect(codeOf({ open: 100 })).toBe('overloaded');
    expect(codeOf({ open: 60, ownOpen: 50 })).toBe('tenant_backlog_full');
  });
});
