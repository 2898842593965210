import { fingerprintOf } from './canonical-json.js';

describe('the fingerprint of a body', () => {
  it('is the same in whatever order members come, however deep', () => {
    const one = { items: [{ id: 'a', name: 'milk' }], metadata: { b: '2', a: '1' } };
    const other = { metadata: { a: '1', b: '2' }, items: [{ name: 'milk', id: 'a' }] };
    expect(fingerprintOf(one)).toBe(fingerprintOf(other));
  });

  it.each([
    ['another value', { a: 1 }, { a: 2 }],
    ['another type', { a: 1 }, { a: '1' }],
    ['another order of a list', { a: [1, 2] }, { a: [2, 1] }],
    ['a member more', { a: 1 }, { a: 1, b: null }],
  ])('is another for %s', (_what, one, other) => {
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(other));
  });
});
