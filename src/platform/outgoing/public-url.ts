import { AppError } from '../../common/errors.js';
import type { Config } from '../../config.js';
import { AddressClient, AddressError } from './address.client.js';
import { ANYWHERE, PUBLIC_HTTPS, checkUrl, forbiddenRange, literalAddress, type UrlPolicy } from './url-rules.js';

const CHECK_TIMEOUT_MS = 2000;
const REMEMBER_MS = 60_000;
const REMEMBERED_HOSTS = 1000;

/** A URL that must not be connected to; the message is a sentence about it. */
export class ForbiddenUrlError extends Error {}

/**
 * URLs that callers give us to call. `check` refuses one when it is given; `judge` and `addressesOf` are asked again before each
 * connection, because a name may lead somewhere else by then.
 */
export class PublicUrls {
  private readonly fineHosts = new Map<string, number>();

  constructor(
    private readonly policy: UrlPolicy,
    private readonly addresses: AddressClient,
  ) {}

  static forConfig(config: Config): PublicUrls {
    return config.values.LOOPGPT_WEBHOOK_ALLOW_PRIVATE
      ? new PublicUrls(ANYWHERE, new AddressClient('system'))
      : new PublicUrls(PUBLIC_HTTPS, new AddressClient('dns'));
  }

  /**
   * Throws `webhook_url_refused`, pointing at `pointer`, when the URL or any address of its host is not allowed or the host does
   * not exist; answers it as it was read, which is what is to be stored: two parsers may read one text in two ways. A name server that does not answer in time is no reason to refuse: every connection asks again.
   */
  async check(text: string, pointer: string): Promise<string> {
    const detail = await this.problem(text);
    if (detail === null) return new URL(text).href;
    throw new AppError('webhook_url_refused', detail, { errors: [{ pointer, detail }] });
  }

  /** The URL, if it is allowed as written. Throws ForbiddenUrlError. */
  judge(text: string): URL {
    const checked = checkUrl(text, this.policy);
    if (!checked.ok) throw new ForbiddenUrlError(`the URL ${checked.detail}`);
    return checked.url;
  }

  /** Every address of the host, all of them allowed: one forbidden address condemns the host. Throws ForbiddenUrlError, AddressError. */
  async addressesOf(url: URL, signal: AbortSignal): Promise<string[]> {
    const literal = literalAddress(url);
    const addresses = literal === null ? await this.addresses.addressesOf(url.hostname, signal) : [literal];
    if (this.policy.allowPrivate) return addresses;
    for (const address of addresses) {
      const reason = forbiddenRange(address);
      if (reason !== null) {
        // Not which address: of a name that only we can resolve that is nobody's business.
        throw new ForbiddenUrlError(
          literal === null ? `${url.hostname} leads to an address that is not public` : `${url.hostname} ${reason}`,
        );
      }
    }
    return addresses;
  }

  private async problem(text: string): Promise<string | null> {
    const checked = checkUrl(text, this.policy);
    if (!checked.ok) return checked.detail;
    const { hostname } = checked.url;
    if ((this.fineHosts.get(hostname) ?? 0) > performance.now()) return null;
    const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
    try {
      await this.addressesOf(checked.url, signal);
    } catch (error) {
      if (error instanceof ForbiddenUrlError) return `must lead to a public host; ${error.message}`;
      if (error instanceof AddressError) return error.missing ? `names a host that does not exist: ${hostname}` : null;
      if (signal.aborted) return null;
      throw error;
    }
    this.remember(hostname);
    return null;
  }

  /** So that a busy caller's requests do not each wait for DNS. Only spares the courtesy of an early refusal. */
  private remember(hostname: string): void {
    if (this.fineHosts.size >= REMEMBERED_HOSTS) this.fineHosts.clear();
    this.fineHosts.set(hostname, performance.now() + REMEMBER_MS);
  }
}
