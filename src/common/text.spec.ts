import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { cleanJson, cleanName, cleanText, textFault, textFaults } from './text.js';

const { refuse, store } = JSON.parse(readFileSync('test/cases/hostile-texts.json', 'utf8')) as Record<string, string[]>;

describe('text from outside', () => {
  it.each(refuse!.map((text) => [JSON.stringify(text), text]))('is refused with a reason: %s', (_shown, text) => {
    expect(textFault(text)).toMatch(/^holds /);
    expect(textFault(cleanText(text))).toBeNull();
  });

  it.each(store!.map((text) => [JSON.stringify(text).slice(0, 60), text]))('is kept as it is: %s', (_shown, text) => {
    expect(textFault(text)).toBeNull();
    expect(cleanText(text)).toBe(text);
  });

  it('has a line break in the spelling of Windows too, but no other carriage return', () => {
    expect(textFault('one\r\ntwo')).toBeNull();
    expect(textFault('one\rtwo')).toContain('U+000D');
    expect(cleanText('one\rtwo\vthree')).toBe('one two three');
  });

  it('steers no direction where it names something in a file', () => {
    const marks = '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069';
    expect(cleanName(`Mi${marks}lk\u0000 \u05d7\u05dc\u05d1\u200d`)).toBe('Milk \u05d7\u05dc\u05d1\u200d');
  });

  it('is fine once it is cleaned, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(textFault(cleanText(text))).toBeNull();
      }),
    );
  });

  it('is pointed at, names of members too', () => {
    const body = { items: [{ name: 'ok' }, { name: 'a\u0000b' }], metadata: { 'a/b': '\ud83e', 'k\u0007': 'v' } };
    expect(textFaults(body).map(({ pointer }) => pointer)).toEqual([
      '/items/1/name',
      '/metadata/a~1b',
      '/metadata/k\u0007',
    ]);
    expect(textFaults(Array.from({ length: 100 }, () => '\u0000'))).toHaveLength(20);
  });
});

describe("somebody else's JSON", () => {
  it('is cleaned wherever it has texts', () => {
    expect(cleanJson('{"a\\u0000":["x\\ud83ey",{"b":"\\ud83e\\udd5b\\u001b[0m"}],"n":1}')).toEqual({
      a: ['x\ufffdy', { b: '\u{1f95b}[0m' }],
      n: 1,
    });
  });

  it('may have control characters as they are, which JSON forbids', () => {
    expect(cleanJson('{"name":"Whole\u0000milk\ttwo"}')).toEqual({ name: 'Whole milk two' });
  });

  it('is undefined when it is none', () => {
    expect(cleanJson('<html>')).toBeUndefined();
    expect(cleanJson('')).toBeUndefined();
  });
});
