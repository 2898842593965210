import { isLocalHost } from '../../../platform/http/border.js';

/** A browser keeps a `__Host-` cookie only from https, for this very host and all of its paths: no other host can plant one. */
const COOKIE = '__Host-loopgpt-session';
/** Without the prefix, for browsers that take nothing Secure from plain http. Development on this machine alone. */
const PLAIN_COOKIE = 'loopgpt-session';

/** What decides how a session travels, and whether a request comes from our own pages. */
export interface Arrival {
  protocol: string;
  headers: Record<string, string | string[] | undefined>;
  /** As the browser knows it: a trusted proxy's word before that of the request. */
  host: string;
}

/** The name that our cookie has for who arrives so. Pure. */
export function cookieName({ protocol, host }: Arrival, production: boolean): string {
  return !production && protocol === 'http' && isLocalHost(host) ? PLAIN_COOKIE : COOKIE;
}

/** What our cookie holds; null when there is none, or several of its name, of which one may be another's. Pure. */
export function readCookie(header: string | undefined, name: string): string | null {
  const values = (header ?? '').split(';').flatMap((pair) => {
    const [, key, value] = /^\s*([^=\s]+)\s*=\s*"?([^"]*?)"?\s*$/.exec(pair) ?? [];
    return key === name ? [value!] : [];
  });
  return values.length === 1 ? values[0]! : null;
}

/** The text of `Set-Cookie`; of no value and no age, it takes the cookie away. Pure. */
export function cookieText(name: string, value: string, maxAgeSeconds: number): string {
  const secure = name === COOKIE ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
}

/**
 * Whether a request comes from a page of this host or from no page. Browsers say so in `Sec-Fetch-Site`, and `Origin` goes with every change and
 * every WebSocket; who is no browser says neither. A page of another scheme, port or sub-domain is another's. Pure.
 */
export function isFromHere({ protocol, host, headers }: Arrival, production: boolean): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  // A proxy that ends TLS and is not trusted has us see http: then the scheme that the cookie asks for is the origin's.
  const schemes = production ? ['https'] : [protocol, 'https'];
  return schemes.some((scheme) => origin === `${scheme}://${host}`);
}
