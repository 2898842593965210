import { cookieName, cookieText, isFromHere, readCookie, type Arrival } from './session-cookie.js';

const at = (host: string, protocol: string, headers: Arrival['headers'] = {}): Arrival => ({ host, protocol, headers });

describe('a session’s cookie', () => {
  it('has the prefix everywhere but in development by plain http on this machine', () => {
    expect(cookieName(at('shop.example', 'https'), true)).toBe('__Host-loopgpt-session');
    expect(cookieName(at('localhost:3000', 'http'), true)).toBe('__Host-loopgpt-session');
    expect(cookieName(at('localhost:3000', 'https'), false)).toBe('__Host-loopgpt-session');
    expect(cookieName(at('shop.example', 'http'), false)).toBe('__Host-loopgpt-session');
    expect(cookieName(at('127.0.0.1:3000', 'http'), false)).toBe('loopgpt-session');
  });

  it('is for no script, no other site and no plain line', () => {
    expect(cookieText('__Host-loopgpt-session', 'v', 900)).toBe(
      '__Host-loopgpt-session=v; Path=/; Max-Age=900; HttpOnly; SameSite=Strict; Secure',
    );
    expect(cookieText('loopgpt-session', '', 0)).toBe('loopgpt-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict');
  });

  it('is read by its whole name, and not where there are two', () => {
    expect(readCookie('a=1; loopgpt-session=x.y.z; b=2', 'loopgpt-session')).toBe('x.y.z');
    expect(readCookie('__Host-loopgpt-session=x', 'loopgpt-session')).toBeNull();
    expect(readCookie('loopgpt-session=x; loopgpt-session=y', 'loopgpt-session')).toBeNull();
    expect(readCookie('LOOPGPT-SESSION=x', 'loopgpt-session')).toBeNull();
    for (const none of [undefined, '', ';;', '=', 'loopgpt-session', 'x=loopgpt-session=y']) {
      expect(readCookie(none, 'loopgpt-session')).toBeNull();
    }
  });

  it('serves pages of this host only', () => {
    const from = (headers: Arrival['headers'], production = true) =>
      isFromHere(at('shop.example', production ? 'https' : 'http', headers), production);
    for (const headers of [
      {},
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://shop.example', 'sec-fetch-site': 'same-origin' },
    ]) {
      expect([headers, from(headers)]).toEqual([headers, true]);
    }
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'nonsense' },
      { origin: 'https://evil.example' },
      { origin: 'https://shop.example.evil.example' },
      { origin: 'https://evil.shop.example' },
      { origin: 'https://shop.example:8443' },
      { origin: 'http://shop.example' },
      { origin: 'null' },
      { origin: '' },
      { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' },
    ]) {
      expect([headers, from(headers)]).toEqual([headers, false]);
    }
    expect(from({ origin: 'http://shop.example' }, false)).toBe(true);
  });
});
