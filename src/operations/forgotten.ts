import { Injectable } from '@nestjs/common';
import { forgetEventsOf } from '../events/events.retention.js';
import type { Tx } from '../platform/database/database.js';
import { forgetKeysOf } from './keys.js';

/** Takes away what a room keeps of these subjects of a tenant, in the caller's transaction. */
export type Forgets = (tx: Tx, tenantId: string, subjects: readonly string[]) => Promise<void>;

/** What other rooms keep of subjects that a tenant wants gone: each room above says here how it forgets its own. */
@Injectable()
export class Forgotten {
  private readonly rooms: Forgets[] = [forgetEventsOf, forgetKeysOf];

  also(forgets: Forgets): void {
    this.rooms.push(forgets);
  }

  async subjects(tx: Tx, tenantId: string, subjects: readonly string[]): Promise<void> {
    if (subjects.length === 0) return;
    for (const forgets of this.rooms) await forgets(tx, tenantId, subjects);
  }
}
