import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.js';
import type { DeliveryStatus, Due } from './deliveries.repository.js';

export interface DeliveryRow {
  id: string;
  endpointId: string;
  messageId: string;
  type: string;
  subject: string;
  status: DeliveryStatus;
  attempts: number;
  nextAttemptAt: Date | null;
  createdAt: Date;
  settledAt: Date | null;
}

export interface AttemptRow {
  number: number;
  url: string;
  startedAt: Date;
  /** Null while it runs, and when it was cut off. */
  outcome: 'delivered' | 'failed' | null;
  statusCode: number | null;
  error: string | null;
  answer: string | null;
  durationMs: number | null;
}

export interface DeliveryFilter {
  endpointId?: string;
  subject?: string;
  status?: DeliveryStatus;
}

/** Deliveries made from `since` until before `until`; null is without end. */
export interface Span {
  since: string;
  until: string | null;
}

const DELIVERY = `d.id, d.endpoint_id AS "endpointId", d.message_id AS "messageId", m.type, m.subject, d.status, d.attempts,
  d.next_attempt_at AS "nextAttemptAt", d.created_at AS "createdAt", d.settled_at AS "settledAt"`;
const DUE = `id AS "deliveryId", tenant_id AS "tenantId", attempts,
  floor(extract(epoch FROM next_attempt_at) * 1000)::bigint::text AS "dueMs"`;
const FAILED = `tenant_id = $1 AND endpoint_id = $2 AND status IN ('exhausted', 'stopped')
  AND created_at >= $3 AND created_at < COALESCE($4::timestamptz, 'infinity')`;
const ANEW = `status = 'pending', first_attempt = attempts + 1, next_attempt_at = clock_timestamp(), settled_at = NULL`;

/** What a tenant sees of its deliveries, and asks for again. */
@Injectable()
export class DeliveryHistoryRepository {
  /** Newest first, older than `cursor`. */
  list(tx: Tx, tenantId: string, filter: DeliveryFilter, cursor: string | null, limit: number): Promise<DeliveryRow[]> {
    return tx.query<DeliveryRow>(
      `SELECT ${DELIVERY} FROM webhook_deliveries d JOIN webhook_messages m ON m.id = d.message_id
       WHERE d.tenant_id = $1 AND ($2::text IS NULL OR d.endpoint_id = $2) AND ($3::text IS NULL OR m.subject = $3)
         AND ($4::text IS NULL OR d.status = $4) AND ($5::text IS NULL OR d.id < $5)
       ORDER BY d.id DESC LIMIT $6`,
      [tenantId, filter.endpointId ?? null, filter.subject ?? null, filter.status ?? null, cursor, limit],
    );
  }

  async find(tx: Tx, tenantId: string, id: string): Promise<(DeliveryRow & { body: string }) | null> {
    const [row] = await tx.query<DeliveryRow & { body: string }>(
      `SELECT ${DELIVERY}, m.body FROM webhook_deliveries d JOIN webhook_messages m ON m.id = d.message_id
       WHERE d.id = $1 AND d.tenant_id = $2`,
      [id, tenantId],
    );
    return row ?? null;
  }

  /** The latest attempts, in order. */
  attempts(tx: Tx, tenantId: string, deliveryId: string, limit: number): Promise<AttemptRow[]> {
    return tx.query<AttemptRow>(
      `SELECT * FROM (
         SELECT number, url, started_at AS "startedAt", outcome, status_code AS "statusCode", error, answer,
           duration_ms AS "durationMs"
         FROM webhook_attempts WHERE delivery_id = $1 AND tenant_id = $2 ORDER BY number DESC LIMIT $3) latest
       ORDER BY number`,
      [deliveryId, tenantId, limit],
    );
  }

  /** Starts a delivery's schedule anew, however it ended. */
  async restart(tx: Tx, tenantId: string, id: string): Promise<Due | null> {
    const [due] = await tx.query<Due>(
      `UPDATE webhook_deliveries SET ${ANEW} WHERE id = $1 AND tenant_id = $2 RETURNING ${DUE}`,
      [id, tenantId],
    );
    return due ?? null;
  }

  /** How many `restartFailed` would start anew. */
  async countFailed(tx: Tx, tenantId: string, endpointId: string, span: Span, limit: number): Promise<number> {
    const [row] = await tx.query<{ failed: number }>(
      `SELECT count(*)::int AS failed FROM (SELECT id FROM webhook_deliveries WHERE ${FAILED} LIMIT $5) found`,
      [tenantId, endpointId, span.since, span.until, limit],
    );
    return row!.failed;
  }

  /** Starts anew what an endpoint did not get of the deliveries made in a span of time, oldest first. */
  restartFailed(tx: Tx, tenantId: string, endpointId: string, span: Span, limit: number): Promise<Due[]> {
    return tx.query<Due>(
      `UPDATE webhook_deliveries SET ${ANEW} WHERE id IN (
         SELECT id FROM webhook_deliveries
         WHERE ${FAILED} ORDER BY id LIMIT $5 FOR UPDATE SKIP LOCKED)
       RETURNING ${DUE}`,
      [tenantId, endpointId, span.since, span.until, limit],
    );
  }
}
