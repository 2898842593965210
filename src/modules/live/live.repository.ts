import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { ENVELOPE_COLUMNS, type EventEnvelope } from '../../events/event.js';
import type { Kind } from '../../operations/catalogue.js';

/** A subject somebody follows, from the first event that not all of its readers have. */
export interface Wanted {
  subject: string;
  tenantId: string;
  after: number;
}

export interface Standing {
  closed: boolean;
  /** Sequence of its newest event; null while there is none, or when none is kept any more. */
  last: number | null;
}

/** Most events of one subject that one reading answers. */
export const EVENTS_A_READING = 20;

@Injectable()
export class LiveRepository {
  constructor(private readonly database: Database) {}

  /** How a subject of the tenant stands, or null when the tenant has no such thing. */
  async standing(tenantId: string, subject: string, { table }: Kind): Promise<Standing | null> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<Standing>(
        `SELECT status <> 'open' AS closed, (SELECT max(sequence) FROM events WHERE subject = $1) AS last
         FROM ${table} WHERE id = $1`,
        [subject],
      ),
    );
    return row ?? null;
  }

  /** The next events of many subjects in one statement, in order. Each row is matched with the tenant that may see it. */
  eventsAfter(wanted: readonly Wanted[]): Promise<EventEnvelope[]> {
    return this.database.query<EventEnvelope>(
      `SELECT e.* FROM jsonb_to_recordset($1) AS w("subject" text, "tenantId" text, "after" int)
       CROSS JOIN LATERAL (
         SELECT ${ENVELOPE_COLUMNS} FROM events
         WHERE subject = w."subject" AND tenant_id = w."tenantId" AND sequence > w."after"
         ORDER BY sequence LIMIT ${EVENTS_A_READING}
       ) e ORDER BY e.subject, e.sequence`,
      [JSON.stringify(wanted)],
    );
  }

  /** Where an event of the tenant stands in the order, or null. */
  async positionOf(tx: Tx, id: string): Promise<string | null> {
    const [row] = await tx.query<{ position: string }>('SELECT position FROM events WHERE id = $1', [id]);
    return row?.position ?? null;
  }

  /** The tenant's events between two positions in their order, without what they tell. */
  between(
    tx: Tx,
    after: string,
    upTo: string,
    limit: number,
  ): Promise<{ id: string; name: string; subject: string }[]> {
    return tx.query(
      'SELECT id, name, subject FROM events WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3',
      [after, upTo, limit],
    );
  }

  /** Whole events, in their order. */
  events(tx: Tx, ids: readonly string[]): Promise<EventEnvelope[]> {
    return tx.query(`SELECT ${ENVELOPE_COLUMNS} FROM events WHERE id = ANY($1) ORDER BY position`, [ids]);
  }
}
