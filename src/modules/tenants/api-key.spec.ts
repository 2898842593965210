import fc from 'fast-check';
import { formatApiKey, hashSecret, newApiKey, parseApiKey, secretMatches } from './api-key.js';

describe('API keys', () => {
  it('are recognisable, give back their parts, and no two are alike', () => {
    const keys = Array.from({ length: 500 }, newApiKey);
    for (const key of keys) {
      const text = formatApiKey('live', key);
      expect(text).toMatch(/^lgc_live_[a-z2-7]{12}_/);
      expect(parseApiKey(text)).toEqual({ kind: 'live', ...key });
    }
    expect(new Set(keys.map(({ id }) => id)).size).toBe(500);
  });

  it('are refused offline when one character differs, and never throw', () => {
    const text = formatApiKey('live', newApiKey());
    for (let at = 0; at < text.length; at++) {
      const other = text[at] === 'a' ? 'b' : 'a';
      expect(parseApiKey(text.slice(0, at) + other + text.slice(at + 1))).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (any) => expect(parseApiKey(any)).toBeNull()));
  });

  it('match their own hash only', () => {
    const [one, other] = [newApiKey(), newApiKey()];
    expect(secretMatches(one.secret, hashSecret(one.secret))).toBe(true);
    expect(secretMatches(other.secret, hashSecret(one.secret))).toBe(false);
  });
});
