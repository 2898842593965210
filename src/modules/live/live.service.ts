import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import type { TenantContext } from '../tenants/scopes.js';
import { TenantsService } from '../tenants/tenants.service.js';
import { EventStream } from './event-stream.js';
import { Follower, type Reader } from './follower.js';
import { LiveHub } from './live.hub.js';
import type { BrowserToken } from './live.dto.js';
import { LiveRepository, type Standing } from './live.repository.js';
import { StreamSlots } from './stream-slots.js';
import { kindNamed, kindOf, type SubjectKind, type SubjectName } from './subjects.js';

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
  ) {}

  /**
   * The body of an SSE answer, or null when the subject is closed and the caller has all of its events. Throws AppError, also for a
   * subject of another kind than `name`: its scope was not looked at.
   */
  async stream(tenant: TenantContext, name: SubjectName, subject: string, after: number): Promise<EventStream | null> {
    const release = this.slots.take(tenant.tenantId, tenant.keyId);
    try {
      const stream = new EventStream();
      const unfollow = await this.follow(tenant, name, subject, after, stream);
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
   * Gives `reader` the subject's events after `after`, until it ends or the returned function is called; null when there will be
   * none. Throws the subject's own not-found for ids of other tenants too.
   */
  private async follow(
    tenant: TenantContext,
    name: SubjectName,
    subject: string,
    after: number,
    reader: Reader,
  ): Promise<(() => void) | null> {
    const { standing } = await this.find(tenant.tenantId, name, subject);
    if (standing.closed && standing.last !== null && after >= standing.last) return null;
    const follower = new Follower(
      subject,
      tenant.tenantId,
      after,
      standing.closed,
      reader,
      performance.now(),
      tenant.only?.lifeMs,
    );
    this.hub.add(follower);
    return () => this.hub.remove(follower);
  }

  /** For a browser to follow and read one subject with. Throws as following would. */
  async token(tenant: TenantContext, name: SubjectName, subject: string): Promise<BrowserToken> {
    const { kind } = await this.find(tenant.tenantId, name, subject);
    return { subject, ...this.tenants.makeToken(tenant, subject, kind.scope) };
  }

  private async find(
    tenantId: string,
    name: SubjectName,
    subject: string,
  ): Promise<{ kind: SubjectKind; standing: Standing }> {
    const kind = kindNamed(name);
    const standing = kindOf(subject) === kind ? await this.events.standing(tenantId, subject, kind) : null;
    if (!standing) throw new AppError(kind.missing, `subject ${subject.slice(0, 40)}, tenant ${tenantId}`);
    return { kind, standing };
  }
}
