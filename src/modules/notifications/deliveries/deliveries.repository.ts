import { Injectable } from '@nestjs/common';
import { kinds, type Kind } from '../../../operations/catalogue.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { webhookSecretOf } from '../../tenants/tenant-secrets.service.js';
import type { DisabledReason } from '../endpoints/endpoints.repository.js';
import type { WebhookMessage } from '../deciding/message.js';

export type DeliveryStatus = 'pending' | 'delivered' | 'exhausted' | 'stopped';

/** A delivery that is due, with what makes its job's id: the same state of a row always gives the same job. */
export interface Due {
  deliveryId: string;
  tenantId: string;
  attempts: number;
  dueMs: string;
}

/** What a worker looks at before it takes a delivery. */
export interface Outlook {
  endpointId: string;
  attempts: number;
  due: boolean;
  /** The endpoint is there and enabled. */
  open: boolean;
  /** Ms until the turn of this delivery may have come, where the endpoint wants order and something before it is not settled. */
  behindMs: number | null;
  /** The endpoint has a top speed. */
  limited: boolean;
}

/** An attempt that has been counted, with all it takes to send it. Secrets are sealed. */
export interface Claim {
  deliveryId: string;
  tenantId: string;
  endpointId: string;
  /** The endpoint was named in one request, and so was its secret. */
  perRequest: boolean;
  messageId: string;
  type: string;
  subject: string;
  body: string;
  traceparent: string;
  url: string;
  number: number;
  /** 1 for the first attempt since the event, or since someone asked again. */
  step: number;
  secretSealed: Buffer | null;
  previousSealed: string[];
  tenantSecretSealed: Buffer | null;
  failingMs: number;
  failingSince: Date | null;
  noticePercent: number;
  /** From the event to this attempt. */
  sinceEventSeconds: number;
}

export interface AttemptOutcome {
  statusCode: number | null;
  error: string | null;
  answer: string | null;
  durationMs: number;
}

export type Settlement =
  { status: 'pending'; delayMs: number } | { status: 'delivered' } | { status: 'exhausted' } | { status: 'stopped' };

const DUE = `id AS "deliveryId", tenant_id AS "tenantId", attempts,
  floor(extract(epoch FROM next_attempt_at) * 1000)::bigint::text AS "dueMs"`;
/** A job may come this much before its row is due: two clocks are never quite the same. */
const EARLY_MS = 250;
/** A running attempt is due again after this: longer than any attempt lasts, so that only a crash lets it happen. */
const LEASE_MS = 25_000;
/** How soon a delivery looks again whether what comes before it is settled. */
const TURN_MS = 250;
/** A due row that still has no attempt after this has probably lost its job. */
const LOST_AFTER_MS = 5000;

/** The endpoint that a request of this kind named for itself: its id follows from the request's. */
const namedBy = ({ prefix, table }: Kind): string => `
  SELECT 'ep_' || substr(o.id, ${prefix.length + 2}) AS id, o.id AS subject, o.tenant_id, o.webhook->>'url' AS url,
    decode(o.webhook->>'secretSealed', 'base64') AS secret_sealed
  FROM ${table} o JOIN incoming m ON o.id = m."subject" AND o.tenant_id = m."tenantId" WHERE o.webhook IS NOT NULL`;

/** Every statement by which deliveries are made, attempted and settled. Times are the database's. */
@Injectable()
export class DeliveriesRepository {
  constructor(private readonly database: Database) {}

  /** Deliveries that are not over, no more than 100,000 counted, and endpoints that are off, by why. Of all tenants. */
  async standing(): Promise<{ pending: number; disabled: Partial<Record<DisabledReason, number>> }> {
    const [row] = await this.database.query<{ pending: number; disabled: Partial<Record<DisabledReason, number>> }>(
      `SELECT (SELECT count(*)::int FROM (SELECT FROM webhook_deliveries WHERE status = 'pending' LIMIT 100000) d) AS pending,
         (SELECT COALESCE(jsonb_object_agg(reason, count), '{}') FROM (SELECT disabled_reason AS reason, count(*) FROM webhook_endpoints
            WHERE disabled_reason IS NOT NULL GROUP BY 1) e) AS disabled`,
    );
    return row!;
  }

  /**
   * For a batch of messages: makes endpoints of the webhooks that requests named for themselves, stores each message once if anybody
   * hears it, and one delivery for each endpoint that does. One statement. Repeating it adds nothing and answers only deliveries
   * that are new, because the ids of per-request endpoints and of deliveries follow from what they are for.
   */
  fanOut(tx: Tx, messages: readonly WebhookMessage[], exceptEndpointId: string | null = null): Promise<Due[]> {
    return tx.query<Due>(
      `WITH incoming AS (
         SELECT * FROM jsonb_to_recordset($1) AS m("id" text, "tenantId" text, "subject" text, "sequence" int, "type" text,
           "body" text, "traceparent" text, "occurredAt" timestamptz)
       ), named AS (
         ${kinds().map(namedBy).join(' UNION ')}
       ), one_offs AS (
         INSERT INTO webhook_endpoints (id, subject, tenant_id, url, secret_sealed) SELECT * FROM named ON CONFLICT DO NOTHING
       ), matched AS (
         SELECT m."id" AS message_id, m."tenantId" AS tenant_id, e.id AS endpoint_id
         FROM incoming m JOIN webhook_endpoints e ON e.tenant_id = m."tenantId" AND e.subject IS NULL
         WHERE e.enabled AND e.deleted_at IS NULL AND (e.events IS NULL OR m."type" = ANY (e.events))
           AND e.id IS DISTINCT FROM $2
         UNION ALL
         SELECT m."id", n.tenant_id, n.id FROM incoming m JOIN named n ON n.subject = m."subject" AND n.tenant_id = m."tenantId"
       ), stored AS (${storeMessages('SELECT * FROM incoming WHERE "id" IN (SELECT message_id FROM matched)')})
       INSERT INTO webhook_deliveries (id, tenant_id, message_id, endpoint_id)
       SELECT ${deliveryId('message_id', 'endpoint_id')}, tenant_id, message_id, endpoint_id FROM matched
       ON CONFLICT DO NOTHING RETURNING ${DUE}`,
      [JSON.stringify(messages), exceptEndpointId],
    );
  }

  /** One message for one endpoint, whatever its filter. */
  async insertFor(tx: Tx, message: WebhookMessage, endpointId: string): Promise<Due> {
    const [due] = await tx.query<Due>(
      `WITH incoming AS (
         SELECT * FROM jsonb_to_record($1) AS m("id" text, "tenantId" text, "subject" text, "sequence" int, "type" text,
           "body" text, "traceparent" text, "occurredAt" timestamptz)
       ), stored AS (${storeMessages('SELECT * FROM incoming')})
       INSERT INTO webhook_deliveries (id, tenant_id, message_id, endpoint_id)
       SELECT ${deliveryId('"id"', '$2')}, "tenantId", "id", $2 FROM incoming
       RETURNING ${DUE}`,
      [JSON.stringify(message), endpointId],
    );
    return due!;
  }

  /** Null when the delivery is not pending, or not this tenant's (a job's word for it is not enough). */
  async look(tenantId: string, deliveryId: string): Promise<Outlook | null> {
    const [row] = await this.database.query<Outlook>(
      `SELECT d.endpoint_id AS "endpointId", d.attempts, e.enabled AND e.deleted_at IS NULL AS open,
         d.next_attempt_at <= clock_timestamp() + interval '${EARLY_MS} ms' AS due, e.max_per_second IS NOT NULL AS limited,
         CASE WHEN e.ordered THEN (
           SELECT GREATEST(${TURN_MS}, max(extract(epoch FROM before.next_attempt_at - clock_timestamp()) * 1000))::float8
           FROM webhook_messages own
             JOIN webhook_messages earlier ON earlier.tenant_id = own.tenant_id AND earlier.subject = own.subject
               AND earlier.sequence < own.sequence
             JOIN webhook_deliveries before ON before.message_id = earlier.id AND before.endpoint_id = d.endpoint_id
               AND before.status = 'pending'
           WHERE own.id = d.message_id HAVING count(*) > 0) END AS "behindMs"
       FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id
       WHERE d.id = $1 AND d.tenant_id = $2 AND d.status = 'pending'`,
      [deliveryId, tenantId],
    );
    return row ?? null;
  }

  /**
   * Ms until the moment that the endpoint's top speed gives to this attempt, counted over all processes; 0 when it has come. A moment
   * once given is kept for it.
   */
  async slot(deliveryId: string, endpointId: string): Promise<number> {
    const [row] = await this.database.query<{ waitMs: number }>(
      `WITH given AS (
         UPDATE webhook_endpoints e SET next_slot_at = GREATEST(e.next_slot_at, clock_timestamp()) + interval '1 s' / e.max_per_second
         FROM webhook_deliveries d
         WHERE e.id = $2 AND e.max_per_second IS NOT NULL AND d.id = $1 AND d.slot_at IS NULL
         RETURNING e.next_slot_at - interval '1 s' / e.max_per_second AS at
       )
       UPDATE webhook_deliveries SET slot_at = COALESCE(slot_at, (SELECT at FROM given)) WHERE id = $1
       RETURNING COALESCE(extract(epoch FROM slot_at - clock_timestamp()) * 1000, 0)::float8 AS "waitMs"`,
      [deliveryId, endpointId],
    );
    return Math.max(0, Math.ceil(row?.waitMs ?? 0));
  }

  /** Counts the attempt and takes the delivery for its duration. Null when another worker was quicker or it is no longer due. */
  async claim(deliveryId: string): Promise<Claim | null> {
    const [row] = await this.database.query<Claim>(
      `WITH claimed AS (
         UPDATE webhook_deliveries d
         SET attempts = d.attempts + 1, slot_at = NULL, next_attempt_at = clock_timestamp() + interval '${LEASE_MS} ms'
         FROM webhook_endpoints e
         WHERE d.id = $1 AND d.status = 'pending' AND e.id = d.endpoint_id AND e.enabled AND e.deleted_at IS NULL
           AND d.next_attempt_at <= clock_timestamp() + interval '${EARLY_MS} ms'
         RETURNING d.id, d.tenant_id, d.message_id, d.attempts, d.first_attempt, e.id AS endpoint_id, e.url,
           e.subject IS NOT NULL AS per_request, e.secret_sealed, e.previous_secrets, e.failing_since, e.notice_percent
       ), counted AS (
         INSERT INTO webhook_attempts (delivery_id, number, tenant_id, url) SELECT id, attempts, tenant_id, url FROM claimed
       )
       SELECT c.id AS "deliveryId", c.tenant_id AS "tenantId", c.endpoint_id AS "endpointId", c.per_request AS "perRequest",
         c.message_id AS "messageId", m.type, m.subject, m.body, m.traceparent, c.url, c.attempts AS number, c.attempts - c.first_attempt + 1 AS step,
         c.secret_sealed AS "secretSealed", ${webhookSecretOf('c.tenant_id')} AS "tenantSecretSealed",
         ARRAY(SELECT s->>'sealed' FROM jsonb_array_elements(c.previous_secrets) s
               WHERE (s->>'until')::timestamptz > clock_timestamp()) AS "previousSealed",
         c.failing_since AS "failingSince", c.notice_percent AS "noticePercent",
         COALESCE(extract(epoch FROM clock_timestamp() - c.failing_since) * 1000, 0)::float8 AS "failingMs",
         extract(epoch FROM clock_timestamp() - m.occurred_at)::float8 AS "sinceEventSeconds"
       FROM claimed c JOIN webhook_messages m ON m.id = c.message_id`,
      [deliveryId],
    );
    return row ?? null;
  }

  /**
   * Records how an attempt ended and what follows for its delivery and its endpoint's record of failing. A delivery that was asked
   * for again meanwhile keeps its new plan, unless it has now been delivered. Answers the due row when there is a next attempt.
   */
  async settle(tx: Tx, claim: Claim, outcome: AttemptOutcome, settlement: Settlement): Promise<Due | null> {
    const delivered = settlement.status === 'delivered';
    const rows = await tx.query<Due>(
      `WITH attempt AS (
         UPDATE webhook_attempts SET outcome = CASE WHEN $3 THEN 'delivered' ELSE 'failed' END, status_code = $4, error = $5,
           answer = $6, duration_ms = $7
         WHERE delivery_id = $1 AND number = $2
       ), endpoint AS (
         UPDATE webhook_endpoints SET failing_since = CASE WHEN $3 THEN NULL ELSE clock_timestamp() END, notice_percent = 0
         WHERE id = $8 AND (failing_since IS NULL) = NOT $3
       )
       UPDATE webhook_deliveries SET status = $9,
         next_attempt_at = CASE WHEN $9 = 'pending' THEN clock_timestamp() + make_interval(secs => $10::float8 / 1000) END,
         settled_at = CASE WHEN $9 = 'pending' THEN NULL ELSE clock_timestamp() END
       WHERE id = $1 AND (($3 AND status <> 'delivered') OR (status = 'pending' AND attempts = $2))
       RETURNING ${DUE}`,
      [
        claim.deliveryId,
        claim.number,
        delivered,
        outcome.statusCode,
        outcome.error,
        outcome.answer,
        outcome.durationMs,
        claim.endpointId,
        settlement.status,
        settlement.status === 'pending' ? settlement.delayMs : 0,
      ],
    );
    return settlement.status === 'pending' ? (rows[0] ?? null) : null;
  }

  /** Puts a delivery off without an attempt, because its endpoint has no room for it now. */
  async postpone(deliveryId: string, attempts: number, delayMs: number): Promise<Due | null> {
    const [row] = await this.database.query<Due>(
      `UPDATE webhook_deliveries SET next_attempt_at = clock_timestamp() + make_interval(secs => $3::float8 / 1000)
       WHERE id = $1 AND status = 'pending' AND attempts = $2
         AND next_attempt_at <= clock_timestamp() + interval '${EARLY_MS} ms'
       RETURNING ${DUE}`,
      [deliveryId, attempts, delayMs],
    );
    return row ?? null;
  }

  /** Ends what an endpoint was still owed; answers how many. */
  async stopPending(tx: Tx, tenantId: string, endpointId: string): Promise<number> {
    const rows = await tx.query(
      `UPDATE webhook_deliveries SET status = 'stopped', next_attempt_at = NULL, settled_at = clock_timestamp()
       WHERE endpoint_id = $1 AND tenant_id = $2 AND status = 'pending' RETURNING id`,
      [endpointId, tenantId],
    );
    return rows.length;
  }

  /**
   * Due rows that nobody took, oldest first, with the minute as part of the answer: a job that is added for such a row again and
   * again is one job a minute at most, however long the queue is.
   */
  lost(limit: number): Promise<(Due & { minute: string })[]> {
    return this.database.query(
      `SELECT ${DUE}, floor(extract(epoch FROM clock_timestamp()) / 60)::bigint::text AS minute FROM webhook_deliveries
       WHERE status = 'pending' AND next_attempt_at < clock_timestamp() - interval '${LOST_AFTER_MS} ms'
       ORDER BY next_attempt_at LIMIT $1`,
      [limit],
    );
  }
}

function storeMessages(select: string): string {
  return `INSERT INTO webhook_messages (id, tenant_id, subject, sequence, type, body, traceparent, occurred_at)
    SELECT "id", "tenantId", "subject", "sequence", "type", "body", "traceparent", "occurredAt" FROM (${select}) chosen
    ON CONFLICT DO NOTHING`;
}

/** As an id of ours: the message's time, then 64 bits that follow from message and endpoint (hexadecimal digits are Crockford's). */
function deliveryId(messageId: string, endpointId: string): string {
  const digest = `encode(sha256(convert_to(${messageId} || '/' || ${endpointId}, 'UTF8')), 'hex')`;
  return `'whd_' || substr(${messageId}, 5, 10) || upper(substr(${digest}, 1, 16))`;
}
