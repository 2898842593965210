import fc from 'fast-check';
import { canonicalJson, fingerprintOf } from './canonical-json.js';

describe('canonical JSON', () => {
  it('is that of the examples in RFC 8785', () => {
    const value = {
      // oxlint-disable-next-line no-loss-of-precision -- as in the example of RFC 8785
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const names = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(names)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
  });

  it('says the same as JSON, in one way only', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.stringify(value);
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(plain));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('leaves out what JSON leaves out', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });
});

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
