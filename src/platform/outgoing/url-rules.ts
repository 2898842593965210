import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Where a URL that a stranger gave us may lead. Pure: both the URL as written and every address its host resolves to are judged
 * here, when it is given and again before each connection. The WHATWG parser that fetches is the parser that is checked, so 2130706433, 0x7f.1 or circled
 * digits are seen as the 127.0.0.1 they mean.
 */
export interface UrlPolicy {
  protocols: readonly string[];
  ports: readonly number[] | 'any';
  /** Development only: loopback, private and reserved addresses and local names are allowed. */
  allowPrivate: boolean;
}

export const PUBLIC_HTTPS: UrlPolicy = { protocols: ['https:'], ports: [443], allowPrivate: false };
export const ANYWHERE: UrlPolicy = { protocols: ['https:', 'http:'], ports: 'any', allowPrivate: true };

export const MAX_URL_LENGTH = 2048;

export type UrlCheck = { ok: true; url: URL } | { ok: false; detail: string };

/** Everything that can be said about a URL without asking DNS. `detail` is a sentence for the caller. */
export function checkUrl(text: string, policy: UrlPolicy): UrlCheck {
  if (text.length > MAX_URL_LENGTH) return refuse(`must be at most ${MAX_URL_LENGTH} characters`);
  if (!URL.canParse(text)) return refuse('is not an absolute URL');
  const url = new URL(text);
  if (!policy.protocols.includes(url.protocol)) return refuse(`must start with ${policy.protocols.join('// or ')}//`);
  // What stands before an @ is no host: https://example.com@169.254.169.254/ goes to the address.
  if (url.username || url.password) return refuse('must not contain a user name or password');
  if (policy.ports !== 'any' && !policy.ports.includes(portOf(url))) {
    return refuse(`must use port ${policy.ports.join(' or ')}`);
  }
  const address = literalAddress(url);
  if (policy.allowPrivate) return { ok: true, url };
  const reason = address === null ? forbiddenName(url.hostname) : forbiddenRange(address);
  return reason === null ? { ok: true, url } : refuse(`must lead to a public host; ${url.hostname} ${reason}`);
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

/** The address when the host is written as one (without the brackets of IPv6), otherwise null. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? null : host;
}

/** Names that only mean something inside a machine or a network. What other names resolve to is judged by address. */
const LOCAL_SUFFIXES = ['localhost', 'local', 'internal', 'intranet', 'lan', 'home.arpa', 'onion'];

function forbiddenName(hostname: string): string | null {
  if (hostname.endsWith('.')) return 'ends with a dot';
  if (!hostname.includes('.')) return 'is not a full domain name';
  const suffix = LOCAL_SUFFIXES.find((local) => hostname.endsWith(`.${local}`));
  return suffix === undefined ? null : `is a local name (.${suffix})`;
}

/** Not reachable over the public Internet, or reaching something other than it seems (IANA special-purpose registries). */
const FORBIDDEN_V4 = [
  ['0.0.0.0/8', 'this host'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared address space'],
  ['127.0.0.0/8', 'loopback'],
  ['168.63.129.16/32', 'cloud platform service'],
  ['169.254.0.0/16', 'link-local, where clouds serve credentials'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'protocol assignments'],
  ['192.0.2.0/24', 'documentation'],
  ['192.31.196.0/24', 'AS112'],
  ['192.52.193.0/24', 'multicast tunnels'],
  ['192.88.99.0/24', '6to4 relays'],
  ['192.168.0.0/16', 'private'],
  ['192.175.48.0/24', 'AS112'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved and broadcast'],
] as const;

/** Holds all public IPv6 addresses; ::, ::1, mapped and translated IPv4, fc00::/7, fe80::/10 and multicast lie outside. */
const GLOBAL_V6 = '2000::/3';
const FORBIDDEN_V6 = [
  ['2001::/23', 'protocol assignments and Teredo'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4, which carries an IPv4 address'],
  ['2620:4f:8000::/48', 'AS112'],
  ['3fff::/20', 'documentation'],
] as const;

type Range = readonly [network: ReturnType<typeof ipaddr.parseCIDR>, name: string];
const parsed = (table: readonly (readonly [string, string])[]): readonly Range[] =>
  table.map(([cidr, name]) => [ipaddr.parseCIDR(cidr), name] as const);
const V4 = parsed(FORBIDDEN_V4);
const V6 = parsed(FORBIDDEN_V6);
const [GLOBAL_NETWORK, GLOBAL_BITS] = ipaddr.IPv6.parseCIDR(GLOBAL_V6);

/** Why an address must not be connected to, or null when it is a public one. Anything that is not an address is refused too. */
export function forbiddenRange(address: string): string | null {
  // isIP is stricter than ipaddr.js, which also takes 0x7f.1 and addresses with a zone.
  if (isIP(address) === 0 || address.includes('%')) return 'is not an IP address';
  const ip = ipaddr.parse(address);
  if (ip.kind() === 'ipv6' && !(ip as ipaddr.IPv6).match(GLOBAL_NETWORK, GLOBAL_BITS)) {
    return 'is not a global IPv6 address';
  }
  const hit = (ip.kind() === 'ipv4' ? V4 : V6).find(([range]) => ip.match(range));
  return hit === undefined ? null : `lies in ${ipRangeName(hit)}`;
}

function ipRangeName([[network, bits], name]: Range): string {
  return `${network.toString()}/${bits} (${name})`;
}

function refuse(detail: string): UrlCheck {
  return { ok: false, detail };
}
