import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { lastOf } from '../../events/event-log.js';
import type { Teller } from '../../operations/catalogue.js';

import type { Standing } from './deciding/follower.js';

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

  /** The same of many of one kind; those that the tenant has not are not there. */
  async standings(tenantId: string, subjects: readonly string[], kind: Teller): Promise<Map<string, Standing>> {
    const { table, isStanding } = kind;
    const rows = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<Standing & { id: string }>(
        `SELECT id, ${isStanding ? 'false' : `status <> 'open'`} AS closed, ${lastOf(`${table}.id`)} AS last
         FROM ${table} WHERE id = ANY ($1)`,
        [[...subjects]],
      ),
    );
    return new Map(rows.map(({ id, ...standing }) => [id, standing]));
  }
}
