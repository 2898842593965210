import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/database.js';
import type { StoredEventName } from './catalogue.js';
import { NewEvent, appendFrom, type EventFacts } from './new-event.js';
import { Relay, type Committed } from './relay.js';

/** What an event is about, as far as its row goes. */
export interface Subject {
  id: string;
  tenantId: string;
  traceparent: string;
}

/** Where a subject's events go on, in a statement of its own: whoever appends holds its row, or has just changed it. */
const NEXT = `SELECT $1::text AS id, $2::text AS tenant_id, $3::text AS traceparent, $4::jsonb AS event,
  (SELECT COALESCE(max(sequence), 0) + 1 FROM events WHERE subject = $1) AS sequence`;

/** The only writer of event rows. A name that is not in the catalogue, or data that is not the name's, does not compile. */
@Injectable()
export class Outbox {
  constructor(private readonly relay: Relay) {}

  /** Writes that something happened in the transaction in which it did; after the commit comes `wake`. */
  async append<N extends StoredEventName>(tx: Tx, name: N, subject: Subject, data: EventFacts<N>): Promise<void> {
    const event = JSON.stringify(NewEvent.of(name, data));
    await tx.query(`WITH next AS (${NEXT}) ${appendFrom('next')}`, [
      subject.id,
      subject.tenantId,
      subject.traceparent,
      event,
    ]);
  }

  /** These were just committed, and are at hand. */
  handOver(events: readonly Committed[]): void {
    this.relay.handOver(events);
  }

  /** Something was just committed: publish now rather than at the next tick. */
  wake(): void {
    this.relay.wake();
  }
}
