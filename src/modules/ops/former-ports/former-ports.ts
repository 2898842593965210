/** A former service: which paths its callers know, and where each is served today; all else is no path of it. */
interface FormerService {
  /** What its callers asked for its health is answered here. */
  health: string;
  /** Paths, and beginnings of paths where they end with a slash. */
  paths: readonly string[];
}

/** TABLE of the former services whose callers may keep their port. */
export const FORMER_SERVICES = {
  pricing: { health: '/api/pricing/health', paths: ['/calculate', '/bulk', '/promotions', '/api/price/'] },
  monitor: { health: '/health/detailed', paths: ['/health/', '/metrics', '/metrics/'] },
  optimizer: { health: '/api/optimizer/health', paths: ['/api/optimize', '/health/', '/metrics', '/metrics/'] },
  nlp: { health: '/api/nlp/health', paths: ['/process', '/batch', '/api/nlp/'] },
  warmer: { health: '/api/warmer/health', paths: ['/warm', '/status', '/clear', '/schedule'] },
  live: { health: '/api/live/health', paths: ['/ws/walmart'] },
} as const satisfies Record<string, FormerService>;

export type FormerName = keyof typeof FORMER_SERVICES;

export interface FormerPort {
  name: FormerName;
  port: number;
}

/**
 * Reads `pricing:3007,monitor:3010`. Throws an error that says what is wrong with it. Pure.
 */
export function readFormerPorts(entries: readonly string[]): FormerPort[] {
  const ports = entries.map((entry) => {
    const [, name, digits] = /^([a-z]+):(\d{1,5})$/.exec(entry) ?? [];
    const port = Number(digits);
    if (name === undefined || port > 65_535) throw new Error(`a name and a port such as pricing:3007, not "${entry}"`);
    if (!isFormer(name)) throw new Error(`${Object.keys(FORMER_SERVICES).join(', ')}; "${name}" is none of them`);
    return { name, port };
  });
  const twice = ports.find(({ port }, at) => port !== 0 && ports.findIndex((one) => one.port === port) < at);
  if (twice) throw new Error(`each port once; ${twice.port} is there twice`);
  return ports;
}

const isFormer = (name: string): name is FormerName => Object.hasOwn(FORMER_SERVICES, name);

/** Where a request to the former service is served today; for a path that it did not have, one that nobody has. Pure. */
export function todaysUrl(name: FormerName, url: string): string {
  const { health, paths } = FORMER_SERVICES[name];
  const end = url.indexOf('?');
  const [path, query] = end < 0 ? [url, ''] : [url.slice(0, end), url.slice(end)];
  if (path === '/health') return health + query;
  const isIts = paths.some((own) => (own.endsWith('/') ? path.startsWith(own) : path === own));
  return isIts ? url : `/not-of-${name}${path.startsWith('/') ? '' : '/'}${url}`;
}
