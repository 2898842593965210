import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../platform/database/database.js';
import { ENVELOPE_COLUMNS, type EventEnvelope } from './event.js';

/** A subject somebody follows, from the first event that not all of its readers have. */
export interface Wanted {
  subject: string;
  tenantId: string;
  after: number;
}

/** Most events of one subject that one reading answers. */
export const EVENTS_A_READING = 20;

/** Sequence of a subject's newest event, for a statement that reads more; null while there is none, or when none is kept any more. */
export const lastOf = (subject: string): string => `(SELECT max(sequence) FROM events WHERE subject = ${subject})`;

/** What is stored of what happened, for those who read it. */
@Injectable()
export class EventLog {
  constructor(private readonly database: Database) {}

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

  /** The position after which the tenant has so many events up to another, or fewer if it has no more. */
  async beforeNewest(tx: Tx, count: number, upTo: string): Promise<string> {
    const [row] = await tx.query<{ position: string }>(
      'SELECT position FROM events WHERE position <= $1 ORDER BY position DESC OFFSET $2 LIMIT 1',
      [upTo, count],
    );
    return row?.position ?? '0';
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

  /** Whole events of these tenants and names between two positions, at most so many, each with its position. */
  ofTenants(
    wanted: { tenantIds: readonly string[]; names: readonly string[]; after: string; upTo: string },
    limit: number,
  ): Promise<(EventEnvelope & { position: string })[]> {
    const { tenantIds, names, after, upTo } = wanted;
    return this.database.query(
      `SELECT position, ${ENVELOPE_COLUMNS} FROM events
       WHERE tenant_id = ANY ($1) AND name = ANY ($2) AND position > $3 AND position <= $4 ORDER BY position LIMIT $5`,
      [[...tenantIds], [...names], after, upTo, limit],
    );
  }

  /** Whole events, in their order. */
  events(tx: Tx, ids: readonly string[]): Promise<EventEnvelope[]> {
    return tx.query(`SELECT ${ENVELOPE_COLUMNS} FROM events WHERE id = ANY($1) ORDER BY position`, [ids]);
  }
}
