import { preferredWait } from './prefer.js';

describe('Prefer: wait', () => {
  it.each([
    ['wait=5', 5],
    ['Wait = 5', 5],
    ['wait="5"', 5],
    ['respond-async, wait=10', 10],
    ['respond-async;x=y, , wait=10;z', 10],
    ['foo="a\\", b", wait=7', 7],
    ['wait=5, wait=9', 5],
    ['wait=99999999999999999999', 60],
    ['wait=0', 0],
    ['what@is this, wait=3', 3],
  ])('is read from %s', (header, seconds) => {
    expect(preferredWait(header, 60)).toBe(seconds);
  });

  it.each([
    ['text in quotes', 'foo="a, wait=5"'],
    ['a parameter of another preference', 'return=minimal; wait=5'],
    ['a parameter behind an empty one', 'return=minimal;;wait=5'],
    ['another word that ends so', 'nowait=5'],
    ['no number', 'wait=soon'],
    ['a negative number', 'wait=-5'],
    ['no value', 'wait'],
    ['an open quote', 'wait="5'],
    ['more than a word', 'wait=5 s'],
    ['no header', undefined],
    ['an empty header', ''],
  ])('is not %s', (_what, header) => {
    expect(preferredWait(header, 60)).toBeNull();
  });

  it('is read from several headers as from one', () => {
    expect(preferredWait(['respond-async', 'wait=4'], 60)).toBe(4);
  });
});
