import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.js';
import type { Signature } from '../deciding/signature.js';

export const DISABLED_REASONS = ['requested', 'gone', 'failing'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

export interface EndpointRow {
  id: string;
  tenantId: string;
  /** The one thing a per-request endpoint hears about; null for standing endpoints. */
  subject: string | null;
  url: string;
  description: string;
  metadata: Record<string, string>;
  /** Null: all. */
  events: string[] | null;
  ordered: boolean;
  maxPerSecond: number | null;
  signature: Signature;
  enabled: boolean;
  disabledReason: DisabledReason | null;
  disabledAt: Date | null;
  failingSince: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface NewEndpoint {
  id: string;
  url: string;
  description: string;
  metadata: Record<string, string>;
  events: readonly string[] | null;
  ordered: boolean;
  maxPerSecond: number | null;
  signature: Signature;
  secretSealed: Buffer;
}

/** What the API manages: endpoints named in one request are neither listed nor changed. */
const STANDING = 'subject IS NULL AND deleted_at IS NULL';
const COLUMNS = `id, tenant_id AS "tenantId", subject, url, description, metadata, events, ordered,
  max_per_second AS "maxPerSecond", signature, enabled, disabled_reason AS "disabledReason", disabled_at AS "disabledAt", failing_since AS "failingSince",
  created_at AS "createdAt", updated_at AS "updatedAt"`;
/** Earlier secrets that still sign; more rotations than this within the overlap drop the oldest. */
const MAX_PREVIOUS_SECRETS = 4;

/** Every statement on endpoints and their secrets. Secrets come and go sealed. */
@Injectable()
export class EndpointsRepository {
  async insert(tx: Tx, tenantId: string, endpoint: NewEndpoint): Promise<EndpointRow> {
    const { id, url, description, metadata, events, ordered, maxPerSecond, signature, secretSealed } = endpoint;
    const [row] = await tx.query<EndpointRow>(
      `INSERT INTO webhook_endpoints (id, tenant_id, url, description, metadata, events, ordered, max_per_second, signature,
         secret_sealed)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ${COLUMNS}`,
      [
        id,
        tenantId,
        url,
        description,
        JSON.stringify(metadata),
        events,
        ordered,
        maxPerSecond,
        signature,
        secretSealed,
      ],
    );
    return row!;
  }

  /** Serialises what changes the number of a tenant's endpoints, until the transaction ends. */
  async lockTenant(tx: Tx, tenantId: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('webhook_endpoints'), hashtext($1))`, [tenantId]);
  }

  async count(tx: Tx, tenantId: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM webhook_endpoints
       WHERE tenant_id = $1 AND ${STANDING}`,
      [tenantId],
    );
    return row!.count;
  }

  /** Standing endpoints, newest first, older than `cursor`. */
  list(tx: Tx, tenantId: string, cursor: string | null, limit: number): Promise<EndpointRow[]> {
    return tx.query<EndpointRow>(
      `SELECT ${COLUMNS} FROM webhook_endpoints
       WHERE tenant_id = $1 AND ${STANDING} AND ($2::text IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3`,
      [tenantId, cursor, limit],
    );
  }

  async find(tx: Tx, tenantId: string, id: string): Promise<EndpointRow | null> {
    const [row] = await tx.query<EndpointRow>(
      `SELECT ${COLUMNS} FROM webhook_endpoints WHERE id = $1 AND tenant_id = $2 AND ${STANDING}`,
      [id, tenantId],
    );
    return row ?? null;
  }

  /** Whether the endpoint takes deliveries; null when there is none. Per-request endpoints too. */
  async openness(tx: Tx, tenantId: string, id: string): Promise<boolean | null> {
    const [row] = await tx.query<{ enabled: boolean }>(
      'SELECT enabled FROM webhook_endpoints WHERE id = $1 AND tenant_id = $2 AND deleted_at IS NULL',
      [id, tenantId],
    );
    return row?.enabled ?? null;
  }

  /** Writes what is given and leaves the rest; `events: null` means all, `maxPerSecond: null` no limit. */
  async update(
    tx: Tx,
    tenantId: string,
    id: string,
    changes: Partial<Pick<NewEndpoint, 'url' | 'description' | 'metadata' | 'events' | 'ordered' | 'maxPerSecond'>>,
  ): Promise<EndpointRow | null> {
    const { url = null, description = null, metadata, events, ordered = null, maxPerSecond } = changes;
    const [row] = await tx.query<EndpointRow>(
      `UPDATE webhook_endpoints SET
         url = COALESCE($3, url), description = COALESCE($4, description), metadata = COALESCE($5, metadata),
         events = CASE WHEN $6 THEN $7::text[] ELSE events END, ordered = COALESCE($8, ordered),
         max_per_second = CASE WHEN $9 THEN $10::int ELSE max_per_second END, updated_at = clock_timestamp()
       WHERE id = $1 AND tenant_id = $2 AND ${STANDING} RETURNING ${COLUMNS}`,
      [
        id,
        tenantId,
        url,
        description,
        metadata ? JSON.stringify(metadata) : null,
        events !== undefined,
        events ?? null,
        ordered,
        maxPerSecond !== undefined,
        maxPerSecond ?? null,
      ],
    );
    return row ?? null;
  }

  /** Forgets an outage, so that a receiver that was mended starts its five days anew. */
  async enable(tx: Tx, tenantId: string, id: string): Promise<EndpointRow | null> {
    const [row] = await tx.query<EndpointRow>(
      `UPDATE webhook_endpoints SET enabled = true, disabled_reason = NULL, disabled_at = NULL,
         failing_since = NULL, notice_percent = 0, updated_at = clock_timestamp()
       WHERE id = $1 AND tenant_id = $2 AND ${STANDING} RETURNING ${COLUMNS}`,
      [id, tenantId],
    );
    return row ?? null;
  }

  /** Null when there is no such endpoint; one that was disabled before keeps its first reason. */
  async disable(tx: Tx, tenantId: string, id: string, reason: DisabledReason): Promise<EndpointRow | null> {
    const [row] = await tx.query<EndpointRow>(
      `UPDATE webhook_endpoints SET enabled = false, disabled_reason = COALESCE(disabled_reason, $3),
         disabled_at = COALESCE(disabled_at, clock_timestamp()), updated_at = clock_timestamp()
       WHERE id = $1 AND tenant_id = $2 AND deleted_at IS NULL RETURNING ${COLUMNS}`,
      [id, tenantId, reason],
    );
    return row ?? null;
  }

  /** Its deliveries stay as history, its secrets do not. */
  async remove(tx: Tx, tenantId: string, id: string): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE webhook_endpoints SET deleted_at = clock_timestamp(), secret_sealed = NULL, previous_secrets = '[]'
       WHERE id = $1 AND tenant_id = $2 AND ${STANDING} RETURNING id`,
      [id, tenantId],
    );
    return rows.length > 0;
  }

  /** The secret so far signs for `overlapHours` more, beside those still within theirs; with 0 none of them does. */
  async rotateSecret(
    tx: Tx,
    tenantId: string,
    id: string,
    secretSealed: Buffer,
    overlapHours: number,
  ): Promise<{ previousSecretsUntil: Date } | null> {
    const [row] = await tx.query<{ previousSecretsUntil: Date }>(
      `UPDATE webhook_endpoints SET secret_sealed = $3, updated_at = clock_timestamp(),
         previous_secrets = CASE WHEN $4::int = 0 THEN '[]' ELSE (
           SELECT COALESCE(jsonb_agg(kept.entry), '[]') FROM (
             SELECT entry FROM (
               SELECT jsonb_build_object('sealed', encode(secret_sealed, 'hex'),
                 'until', clock_timestamp() + make_interval(hours => $4::int)) AS entry WHERE secret_sealed IS NOT NULL
               UNION ALL SELECT jsonb_array_elements(previous_secrets)) entries
             WHERE (entry->>'until')::timestamptz > clock_timestamp()
             ORDER BY (entry->>'until')::timestamptz DESC LIMIT ${MAX_PREVIOUS_SECRETS}) kept) END
       WHERE id = $1 AND tenant_id = $2 AND ${STANDING}
       RETURNING clock_timestamp() + make_interval(hours => $4::int) AS "previousSecretsUntil"`,
      [id, tenantId, secretSealed, overlapHours],
    );
    return row ?? null;
  }

  /** Marks that the owner was told; false when someone else has just told. */
  async markNotice(tx: Tx, tenantId: string, id: string, percent: number): Promise<boolean> {
    const rows = await tx.query(
      'UPDATE webhook_endpoints SET notice_percent = $3 WHERE id = $1 AND tenant_id = $2 AND notice_percent < $3 RETURNING id',
      [id, tenantId, percent],
    );
    return rows.length > 0;
  }
}
