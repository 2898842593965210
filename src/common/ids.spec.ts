import { idPattern, idsSince, newId } from './ids.js';

describe('ids', () => {
  it('are prefixed, well-formed and sort in the order they were made', () => {
    const made = Array.from({ length: 1000 }, () => newId('req'));
    expect(made.every((id) => idPattern('req').test(id))).toBe(true);
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(1000);
    expect(idPattern('evt').test(made[0]!)).toBe(false);
  });

  it('are told apart by when they were made', () => {
    const before = idsSince('req', Date.now() - 1);
    const id = newId('req');
    expect(id > before && id < idsSince('req', Date.now() + 1)).toBe(true);
  });
});
