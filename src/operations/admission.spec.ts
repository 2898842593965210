import { refusalOf, type Standing } from './admission.js';

const IDLE: Standing = { open: 0, waiting: 0, ownOpen: 0, ownWaiting: 0, oldestMs: 0, pace: 600, lagMs: 0 };
const BOUNDS = { all: 100, own: 50 };
const CART = { work: 200, deadlineMs: 8000 };
const codeOf = (standing: Partial<Standing>, asked = CART) =>
  refusalOf({ ...IDLE, ...standing }, BOUNDS, asked)?.code ?? null;

describe('what is accepted', () => {
  it('is whatever comes while nothing waits, however heavy', () => {
    expect(codeOf({})).toBeNull();
    expect(codeOf({ pace: 1 })).toBeNull();
  });

  it('is refused for all when what waits takes more than half of its time, and says when to come again', () => {
    expect(codeOf({ waiting: 2300, ownOpen: 1 })).toBeNull();
    expect(codeOf({ waiting: 2500, ownOpen: 1 })).toBe('overloaded');
    expect(refusalOf({ ...IDLE, waiting: 3600, ownOpen: 1 }, BOUNDS, CART)!.extra.retryAfterSeconds).toBe(2);
    expect(codeOf({ waiting: 1, ownOpen: 1, oldestMs: 4500 })).toBe('overloaded');
  });

  it('is refused to who alone would fill more than half of that', () => {
    expect(codeOf({ waiting: 1200, ownWaiting: 900 })).toBeNull();
    expect(codeOf({ waiting: 1200, ownWaiting: 1200 })).toBe('tenant_backlog_full');
    expect(codeOf({ waiting: 1200, ownWaiting: 0 })).toBeNull();
  });

  it('is refused while the event loop keeps everybody waiting', () =>
    expect(codeOf({ lagMs: 500, ownOpen: 1 })).toBe('overloaded'));

  it('is what somebody asks who has nothing open, whatever others have brought about, unless nothing goes on any more', () => {
    expect(codeOf({ waiting: 9000, oldestMs: 60_000, lagMs: 500 })).toBeNull();
    expect(codeOf({ lagMs: 2500 })).toBe('overloaded');
  });

  it('is bounded in number, too', () => {
    expect(codeOf({ open: 100 })).toBe('overloaded');
    expect(codeOf({ open: 60, ownOpen: 50 })).toBe('tenant_backlog_full');
  });
});
