import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { bodyOf } from '../../events/event.js';
import { tellerOf } from '../../operations/catalogue.js';
import { Database } from '../../platform/database/database.js';
import { EventHorizon } from '../../events/event-horizon.js';
import { EventLog } from '../../events/event-log.js';
import type { TenantContext } from '../tenants/scopes.js';
import type { PullEvents } from './live.dto.js';

/** Most events one page looks at: a filter that few pass costs several pages and never one long query. */
const LOOK_AT = 1000;

/**
 * All of a tenant's events in one order, page by page, for those who rather ask than be told. Whoever goes on from each page's cursor
 * misses none and gets none twice: only what is settled is shown, and the order of one subject is that of its sequence.
 */
@Injectable()
export class PullService {
  constructor(
    private readonly database: Database,
    private readonly horizon: EventHorizon,
    private readonly repository: EventLog,
  ) {}

  /** The page as JSON text, for its events go in as the bytes they are. Throws `event_not_found`. */
  async page({ tenantId, scopes }: TenantContext, { after, limit, types, newest }: PullEvents): Promise<string> {
    const upTo = await this.horizon.current();
    return this.database.tenant(tenantId, async (tx) => {
      const from =
        after !== undefined
          ? await this.repository.positionOf(tx, after)
          : newest
            ? await this.repository.beforeNewest(tx, limit, upTo)
            : '0';
      if (from === null) throw new AppError('event_not_found', `event ${after}, tenant ${tenantId}`);
      const seen = await this.repository.between(tx, from, upTo, LOOK_AT);
      // A key that may read routes only is shown nothing of plans.
      const mayRead = (subject: string) => {
        const teller = tellerOf(subject);
        return teller !== null && scopes.includes(teller.read);
      };
      const wanted = seen.filter(({ name, subject }) => mayRead(subject) && (types?.includes(name) ?? true));
      const chosen = wanted.slice(0, limit).map(({ id }) => id);
      const full = wanted.length > limit;
      const last = full ? chosen.at(-1) : seen.at(-1)?.id;
      const bodies = (await this.repository.events(tx, chosen)).map(bodyOf);
      const rest = { nextCursor: last ?? after ?? null, hasMore: full || seen.length === LOOK_AT };
      return `{"data":[${bodies.join(',')}],${JSON.stringify(rest).slice(1)}`;
    });
  }
}
