import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { lastOf } from '../../events/event-log.js';
import type { Teller } from '../../operations/catalogue.js';

export interface Standing {
  closed: boolean;
  /** Sequence of its newest event; null while there is none, or when none is kept any more. */
  last: number | null;
}

@Injectable()
export class LiveRepository {
  constructor(private readonly database: Database) {}

  /** How a subject of the tenant stands, or null when the tenant has no such thing. */
  async standing(tenantId: string, subject: string, { table, isStanding }: Teller): Promise<Standing | null> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<Standing>(
        `SELECT ${isStanding ? 'false' : `status <> 'open'`} AS closed, ${lastOf('$1')} AS last FROM ${table} WHERE id = $1`,
        [subject],
      ),
    );
    return row ?? null;
  }
}
