import { Resolver, lookup } from 'node:dns/promises';

/** Thrown when a host has no address we could learn; `missing` says that the name does not exist, for certain. */
export class AddressError extends Error {
  constructor(
    message: string,
    readonly missing: boolean,
  ) {
    super(message);
  }
}

const QUERY_TIMEOUT_MS = 2000;
const QUERY_TRIES = 2;

/**
 * Asks DNS for every address of a host. `dns` asks the name servers only; `system` also reads the hosts file and search domains,
 * which name things inside the machine and therefore only serve development.
 */
export class AddressClient {
  private readonly resolver = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });

  constructor(
    private readonly source: 'dns' | 'system',
    nameServers: readonly string[] = [],
  ) {
    if (nameServers.length > 0) this.resolver.setServers(nameServers);
  }

  /** All IPv4 and IPv6 addresses, IPv4 first, at least one. Throws AddressError, or the signal's reason. */
  async addressesOf(hostname: string, signal: AbortSignal): Promise<string[]> {
    const found = this.source === 'dns' ? this.query(hostname) : this.lookUp(hostname);
    return abandonable(found, signal);
  }

  private async query(hostname: string): Promise<string[]> {
    const answers = await Promise.allSettled([this.resolver.resolve4(hostname), this.resolver.resolve6(hostname)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0) return addresses;
    const codes = answers.map((answer) => (answer.status === 'rejected' ? codeOf(answer.reason) : 'ENODATA'));
    const missing = codes.every((code) => code === 'ENOTFOUND' || code === 'ENODATA');
    throw new AddressError(`${hostname}: ${codes.join(', ')}`, missing);
  }

  private async lookUp(hostname: string): Promise<string[]> {
    try {
      const entries = await lookup(hostname, { all: true, order: 'ipv4first' });
      return entries.map((entry) => entry.address);
    } catch (cause) {
      throw new AddressError(`${hostname}: ${codeOf(cause)}`, codeOf(cause) === 'ENOTFOUND');
    }
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? error);
}

/** DNS queries cannot be called back one by one, so the wait for them is given up instead. */
async function abandonable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}
