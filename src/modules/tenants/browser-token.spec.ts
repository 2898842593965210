import { BrowserTokens, TOKEN_SECONDS, type TokenClaims } from './browser-token.js';

const NOW = 1_800_000_000;
const claims: TokenClaims = {
  tenantId: 'ten_a',
  keyId: 'abcdefghijkl',
  subject: 'req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9',
  scope: 'routes:read',
  expires: NOW + TOKEN_SECONDS,
};

describe('a browser token', () => {
  const tokens = new BrowserTokens(Buffer.alloc(32, 1));

  it('tells its claims until it expires', () => {
    const token = tokens.make(claims);
    expect(tokens.read(token, NOW)).toEqual(claims);
    expect(tokens.read(token, NOW + TOKEN_SECONDS - 1)).toEqual(claims);
    expect(tokens.read(token, NOW + TOKEN_SECONDS)).toBeNull();
  });

  it('is nothing once any character of it has changed, or under another key', () => {
    const token = tokens.make(claims);
    for (let at = 0; at < token.length; at++) {
      // The last character of 32 bytes in base64url holds bits that are not read: only a canonical text is taken.
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(tokens.read(token.slice(0, at) + other + token.slice(at + 1), NOW)).toBeNull();
    }
    expect(new BrowserTokens(Buffer.alloc(32, 2)).read(token, NOW)).toBeNull();
    for (const text of ['', 'lgt_', token.slice(0, -1), `${token}A`, token.repeat(20)]) {
      expect(tokens.read(text, NOW)).toBeNull();
    }
  });

  it('is still read after the secret key was rotated', () => {
    const rotated = new BrowserTokens(Buffer.alloc(32, 2), [Buffer.alloc(32, 1)]);
    expect(rotated.read(tokens.make(claims), NOW)).toEqual(claims);
    expect(tokens.read(rotated.make(claims), NOW)).toBeNull();
  });
});
