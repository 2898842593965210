import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { SessionTokens, type SessionClaims } from './session-token.js';

const NOW = 1_800_000_000;
const claims: SessionClaims = {
  sessionId: 'ses_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9',
  tenantId: 'ten_a',
  issued: NOW,
  expires: NOW + 900,
};
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a session’s token', () => {
  const secretKey = Buffer.alloc(32, 1);
  const tokens = new SessionTokens(secretKey);

  it('tells its claims until it expires, and is a JWT that others can take apart', () => {
    const token = tokens.make(claims);
    expect(tokens.read(token, NOW)).toEqual(claims);
    expect(tokens.read(token, NOW + 899)).toEqual(claims);
    expect(tokens.read(token, NOW + 900)).toBeNull();
    const [header, payload] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    expect(JSON.parse(header!)).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(JSON.parse(payload!)).toMatchObject({
      iss: 'loopgpt',
      aud: 'session',
      sub: claims.sessionId,
      exp: NOW + 900,
    });
  });

  it('is nothing once any character of it has changed, under another key, or under no key', () => {
    const token = tokens.make(claims);
    for (let at = 0; at < token.length; at++) {
      for (const other of ['A', 'B', '.', '=']) {
        const changed = token.slice(0, at) + other + token.slice(at + 1);
        if (changed !== token) expect(tokens.read(changed, NOW)).toBeNull();
      }
    }
    expect(new SessionTokens(Buffer.alloc(32, 2)).read(token, NOW)).toBeNull();
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (any) => expect(tokens.read(any, NOW)).toBeNull()));
  });

  it('is of one algorithm: no header chooses another, none least of all', () => {
    const [, payload, signature] = tokens.make(claims).split('.');
    for (const header of [
      { alg: 'none' },
      { alg: 'none', typ: 'JWT' },
      { alg: 'NONE', typ: 'JWT' },
      { alg: 'HS512', typ: 'JWT' },
    ]) {
      for (const end of ['', signature, 'A'.repeat(43)]) {
        expect(tokens.read(`${encoded(header)}.${payload}.${end}`, NOW)).toBeNull();
      }
    }
  });

  it('is not made with the secret key itself, and no claim is left out', () => {
    const body = tokens.make(claims).split('.').slice(0, 2).join('.');
    const guessed = createHmac('sha256', secretKey).update(body).digest('base64url');
    expect(tokens.read(`${body}.${guessed}`, NOW)).toBeNull();
  });

  it('is still read after the secret key was rotated', () => {
    const rotated = new SessionTokens(Buffer.alloc(32, 2), [secretKey]);
    expect(rotated.read(tokens.make(claims), NOW)).toEqual(claims);
    expect(tokens.read(rotated.make(claims), NOW)).toBeNull();
  });
});
