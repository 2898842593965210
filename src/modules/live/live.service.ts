import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { tellerOf, type Teller } from '../../operations/catalogue.js';
import { KeyWatch } from '../tenants/key-watch.service.js';
import { RateLimitsService } from '../tenants/rate-limits.service.js';
import type { TenantContext } from '../tenants/scopes.js';
import { TenantsService } from '../tenants/tenants.service.js';
import { Follower, untilOf, type Reader, type Standing } from './deciding/follower.js';
import type { Subscribe } from './deciding/socket-messages.js';
import { EventStream } from './event-stream.js';
import type { BrowserToken } from './live.dto.js';
import { LiveHub } from './live.hub.js';
import { LiveRepository } from './live.repository.js';
import { StreamSlots } from './stream-slots.js';

/**
 * Tells the one who waits: follows a subject's events from any place in its sequence until its last. What is told is what is
 * stored, so it is never older than a webhook or a GET, and resuming after a break, even at another instance, loses nothing.
 */
@Injectable()
export class LiveService {
  constructor(
    private readonly hub: LiveHub,
    private readonly events: LiveRepository,
    private readonly slots: StreamSlots,
    private readonly tenants: TenantsService,
    private readonly rates: RateLimitsService,
    private readonly keys: KeyWatch,
  ) {}

  /**
   * The body of an SSE answer, or null when the subject is closed and the caller has all of its events. Throws AppError, also for a
   * subject of another kind than `kind`: its scope was not looked at.
   */
  async stream(tenant: TenantContext, kind: Teller, subject: string, after: number): Promise<EventStream | null> {
    const release = this.slots.take(tenant.tenantId, tenant.keyId);
    try {
      const stream = new EventStream();
      const unfollow = await this.follow(tenant, kind, { subject, after, stay: false }, stream);
      if (!unfollow) {
        release();
        return null;
      }
      stream.once('close', () => {
        unfollow();
        release();
      });
      return stream;
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Gives `reader` the subject's events after `after`, up to its outcome unless it stays, until it ends or the returned function is
   * called; null when there will be none. Throws the subject's own not-found for ids of other tenants too.
   */
  private async follow(
    tenant: TenantContext,
    kind: Teller,
    { subject, after, stay }: { subject: string; after: number; stay: boolean },
    reader: Reader,
  ): Promise<(() => void) | null> {
    const { tenantId } = tenant;
    const standing = await this.find(tenantId, kind, subject);
    const until = untilOf(standing, after, stay);
    if (until === null) return null;
    if (standing.closed && stay && standing.last === null) reader.gap(after, null);
    const lifeMs = tenant.only?.lifeMs;
    const follower = new Follower({ subject, tenantId, after, until, lifeMs }, reader, performance.now());
    this.hub.add(follower);
    const stop = () => {
      unwatch();
      this.hub.remove(follower);
    };
    const unwatch = this.keys.watch(tenant, () => {
      stop();
      reader.end('expired');
    });
    return stop;
  }

  /**
   * Follows for a connection of many subjects, by what `tenant` may read or by the subject's own token. Counted as a request. Throws
   * what asking for the same by HTTP would.
   */
  async subscribe(tenant: TenantContext, message: Subscribe, reader: Reader): Promise<(() => void) | null> {
    this.rates.take(tenant.tenantId);
    const reads = message.token === undefined ? tenant : await this.tenants.authenticate(message.token);
    return this.follow(reads, this.readable(reads, message.subject), message, reader);
  }

  /** What kind a subject is of that `reads` may read. Throws `token_not_accepted` and `scope_missing`. */
  readable(reads: TenantContext, subject: string): Teller {
    if (reads.only && reads.only.subject !== subject) {
      throw new AppError('token_not_accepted', `token of ${reads.only.subject}`);
    }
    const kind = tellerOf(subject)!;
    if (!reads.scopes.includes(kind.read)) {
      throw new AppError('scope_missing', `key ${reads.keyId} lacks ${kind.read}`);
    }
    return kind;
  }

  /** For a browser to follow and read one subject with. Throws as following would. */
  async token(tenant: TenantContext, kind: Teller, subject: string): Promise<BrowserToken> {
    await this.find(tenant.tenantId, kind, subject);
    return { subject, ...this.tenants.makeToken(tenant, subject, kind.read) };
  }

  private async find(tenantId: string, kind: Teller, subject: string): Promise<Standing> {
    const isOfKind = tellerOf(subject)?.name === kind.name;
    const standing = isOfKind ? await this.events.standing(tenantId, subject, kind) : null;
    if (!standing) throw new AppError(kind.missing, `subject ${subject.slice(0, 40)}, tenant ${tenantId}`);
    return standing;
  }
}
