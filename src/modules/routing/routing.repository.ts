import { Injectable } from '@nestjs/common';
import type { Pace } from '../../common/estimate.js';
import { AppError } from '../../common/errors.js';
import { idPattern } from '../../common/ids.js';
import type { KeptSubmission } from '../../platform/http/submission.js';
import { appendFrom, type NewEvent } from '../../events/new-event.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { CartLine, ProviderAnswer, ShippingAddress } from '../providers/provider.js';
import type { Answer, Outcome, Policy } from './deciding/policy.js';
import type { ListRoutes, RouteStatus } from './routing.dto.js';

export interface StoredRequest {
  items: CartLine[];
  shippingAddress: ShippingAddress;
}

export interface NewRoute extends KeptSubmission {
  id: string;
  tenantId: string;
  request: StoredRequest;
  policy: Policy;
  traceparent: string;
  deadlineMs: number;
  /** Cancelled if it is still open after so long. */
  cancelAfterSeconds: number | null;
  idempotency: { key: string; fingerprint: string } | null;
}

export interface RouteRow {
  id: string;
  tenantId: string;
  status: RouteStatus;
  policy: Policy;
  reference: string | null;
  metadata: Record<string, string>;
  traceparent: string;
  createdAt: Date;
  deadlineAt: Date;
  cancelAt: Date | null;
  startedAt: Date | null;
  closedAt: Date | null;
  outcome: Outcome | null;
}

/** An open route with everything a decision needs, as of `now` on the database's clock. */
export interface OpenRoute extends RouteRow {
  now: Date;
  elapsedMs: number;
  overdue: boolean;
  /** The caller wanted it no longer than this. */
  cancelDue: boolean;
  answers: Answer[];
}

/** A lane's job as its worker needs it; null fields never occur, a closed route is simply not returned. */
export interface PickedUp {
  id: string;
  tenantId: string;
  request: StoredRequest;
  policy: Policy;
  traceparent: string;
  remainingMs: number;
  answered: string[];
}

export interface Closing {
  id: string;
  status: Exclude<RouteStatus, 'open'>;
  outcome: Outcome | null;
  closedAt: string;
  event: NewEvent;
}

/** PostgreSQL ends the transaction after so long without a statement (patience.ts). */
const lettingGo = (param: string): string => `set_config('idle_in_transaction_session_timeout', ${param}, true)`;

const PACE_SECONDS = 30;

const ROUTE = `r.id, r.tenant_id AS "tenantId", r.status, r.policy, r.reference, r.metadata, r.traceparent,
  r.created_at AS "createdAt", r.deadline_at AS "deadlineAt", r.cancel_at AS "cancelAt", r.started_at AS "startedAt", r.closed_at AS "closedAt", r.outcome`;

const ANSWERS = (condition: string) => `COALESCE((
  SELECT jsonb_agg(jsonb_build_object('providerId', q.provider_id, 'result', q.result, 'latencyMs', q.latency_ms,
    'atMs', extract(epoch FROM q.received_at - r.created_at) * 1000, 'late', q.late) ORDER BY q.provider_id)
  FROM quotes q WHERE q.route_id = r.id AND ${condition}), '[]') AS answers`;

/** Every statement on routes and quotes. What a statement must see locked or fresh is said beside it. */
@Injectable()
export class RoutingRepository {
  constructor(private readonly database: Database) {}

  /**
   * Accepts a batch of routes in one statement and one durable commit, idempotency keys included. Answers the ids that are new;
   * a route whose key is taken (and not yet 24 h old) is not inserted.
   */
  async insertRoutes(routes: readonly NewRoute[]): Promise<Map<string, { createdAt: Date; deadlineAt: Date }>> {
    const rows = await this.database.query<{ id: string; createdAt: Date; deadlineAt: Date }>(
      `WITH input AS (
         SELECT * FROM jsonb_to_recordset($1) AS x("id" text, "tenantId" text, "request" jsonb, "policy" jsonb, "reference" text,
           "metadata" jsonb, "webhook" jsonb, "traceparent" text, "deadlineMs" int, "cancelAfterSeconds" int, "key" text, "fingerprint" text)
       ), keyed AS (
         INSERT INTO idempotency_keys AS k (tenant_id, key, operation, fingerprint, subject)
         SELECT "tenantId", "key", 'routes.create', decode("fingerprint", 'hex'), "id" FROM input WHERE "key" IS NOT NULL
         ON CONFLICT (tenant_id, operation, key) DO UPDATE
           SET fingerprint = excluded.fingerprint, subject = excluded.subject, created_at = clock_timestamp()
           WHERE k.created_at < clock_timestamp() - interval '24 hours'
         RETURNING subject
       )
       INSERT INTO routes (id, tenant_id, request, policy, reference, metadata, webhook, traceparent, deadline_at, cancel_at)
       SELECT "id", "tenantId", "request", "policy", "reference", "metadata", "webhook", "traceparent",
         clock_timestamp() + make_interval(secs => "deadlineMs" / 1000.0),
         clock_timestamp() + make_interval(secs => "cancelAfterSeconds")
       FROM input WHERE "key" IS NULL OR "id" IN (SELECT subject FROM keyed)
       RETURNING id, created_at AS "createdAt", deadline_at AS "deadlineAt"`,
      [
        JSON.stringify(
          routes.map(({ idempotency, ...route }) => ({
            ...route,
            key: idempotency?.key ?? null,
            fingerprint: idempotency?.fingerprint ?? null,
          })),
        ),
      ],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async findIdempotent(tenantId: string, key: string): Promise<{ subject: string; fingerprint: string } | null> {
    const rows = await this.database.query<{ subject: string; fingerprint: string }>(
      `SELECT subject, encode(fingerprint, 'hex') AS fingerprint FROM idempotency_keys
       WHERE tenant_id = $1 AND operation = 'routes.create' AND key = $2`,
      [tenantId, key],
    );
    return rows[0] ?? null;
  }

  /** Marks open, unexpired routes as picked up and reads what their workers need. A lost mark is harmless, so it does not wait for the disk. */
  async pickUp(ids: readonly string[]): Promise<PickedUp[]> {
    return this.database.query<PickedUp>(
      `WITH relaxed AS (SELECT set_config('synchronous_commit', 'off', true))
       UPDATE routes r SET started_at = COALESCE(r.started_at, clock_timestamp()) FROM relaxed
       WHERE r.id = ANY($1) AND r.status = 'open' AND r.deadline_at > clock_timestamp()
       RETURNING r.id, r.tenant_id AS "tenantId", r.request, r.policy, r.traceparent,
         extract(epoch FROM r.deadline_at - clock_timestamp())::float8 * 1000 AS "remainingMs",
         ARRAY(SELECT q.provider_id FROM quotes q WHERE q.route_id = r.id) AS answered`,
      [ids],
    );
  }

  /**
   * Stores a batch of answers under their routes' locks: late when the route is already decided, ignored when it was cancelled, when
   * the provider has answered before or when the record names another tenant than the route's own. Answers what was stored.
   */
  async insertAnswers(
    tx: Tx,
    answers: readonly { routeId: string; tenantId: string; answer: ProviderAnswer }[],
    holdMs: number,
  ): Promise<{ routeId: string; providerId: string; late: boolean }[]> {
    return tx.query(
      `WITH relaxed AS (SELECT set_config('synchronous_commit', 'off', true), ${lettingGo('$2')}),
       input AS (
         SELECT * FROM jsonb_to_recordset($1) AS x("routeId" text, "tenantId" text, "providerId" text, "result" jsonb,
           "latencyMs" float8, "calls" int)
       ), locked AS (
         SELECT r.id, r.tenant_id, r.status FROM routes r, relaxed
         WHERE r.id IN (SELECT "routeId" FROM input) ORDER BY r.id FOR UPDATE OF r
       ), stored AS (
         INSERT INTO quotes (route_id, tenant_id, provider_id, result, latency_ms, calls, late)
         SELECT i."routeId", l.tenant_id, i."providerId", i."result", i."latencyMs", i."calls", l.status <> 'open'
         FROM input i JOIN locked l ON l.id = i."routeId" AND l.tenant_id = i."tenantId" AND l.status <> 'cancelled'
         ON CONFLICT (route_id, provider_id) DO NOTHING
         RETURNING route_id, provider_id, late, received_at, latency_ms, calls, result
       ), logged AS (
         INSERT INTO edge_log_entries (at, latency_ms, total_cents, kind, provider_id)
         SELECT received_at, CASE WHEN calls > 0 THEN latency_ms END, (result->'offer'->>'totalCents')::int,
           CASE WHEN NOT (result->>'ok')::boolean THEN 'e' WHEN (result->'offer'->>'cached')::boolean THEN 'c'
             WHEN late THEN 't' WHEN result->'offer'->>'kind' = 'link' THEN 'l' ELSE 's' END, provider_id
         FROM stored
       )
       SELECT route_id AS "routeId", provider_id AS "providerId", late FROM stored`,
      [
        JSON.stringify(answers.map(({ routeId, tenantId, answer }) => ({ routeId, tenantId, ...answer }))),
        String(holdMs),
      ],
    );
  }

  /** The open ones among `ids` with all their answers. A statement of its own, so that it sees what committed while we waited for locks. */
  async openRoutes(tx: Tx, ids: readonly string[]): Promise<OpenRoute[]> {
    return tx.query<OpenRoute>(
      `SELECT ${ROUTE}, clock_timestamp() AS now, r.deadline_at <= clock_timestamp() AS overdue,
         COALESCE(r.cancel_at <= clock_timestamp(), false) AS "cancelDue",
         extract(epoch FROM clock_timestamp() - r.created_at)::float8 * 1000 AS "elapsedMs", ${ANSWERS('NOT q.late')}
       FROM routes r WHERE r.id = ANY($1) AND r.status = 'open'`,
      [ids],
    );
  }

  /** Ids of open routes whose deadline or whose caller's time has passed; cheap enough to ask 40 times a second. */
  async overdueIds(limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `(SELECT id FROM routes WHERE status = 'open' AND deadline_at <= clock_timestamp() ORDER BY deadline_at LIMIT $1)
       UNION
       (SELECT id FROM routes WHERE status = 'open' AND cancel_at <= clock_timestamp() ORDER BY cancel_at LIMIT $1)
       LIMIT $1`,
      [limit],
    );
    return rows.map((row) => row.id);
  }

  /** Locks those of `ids` that are still open and that no other instance is closing. */
  async lockOpen(tx: Tx, ids: readonly string[], holdMs: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `WITH bounded AS (SELECT ${lettingGo('$2')})
       SELECT r.id FROM routes r, bounded
       WHERE r.id = ANY($1) AND r.status = 'open' ORDER BY r.id FOR UPDATE OF r SKIP LOCKED`,
      [ids, String(holdMs)],
    );
    return rows.map((row) => row.id);
  }

  /**
   * Closes routes by compare-and-set and writes the event rows that announce it, in one statement. Durable: turns the wait for the
   * disk back on for this transaction. Answers the ids this call closed.
   */
  async close(tx: Tx, closings: readonly Closing[]): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `WITH durable AS (SELECT set_config('synchronous_commit', 'on', true)),
       input AS (
         SELECT * FROM jsonb_to_recordset($1) AS x("id" text, "status" text, "outcome" jsonb, "closedAt" timestamptz,
           "event" jsonb)
       ), closed AS (
         UPDATE routes r SET status = i."status", outcome = i."outcome", closed_at = i."closedAt"
         FROM input i, durable WHERE r.id = i."id" AND r.status = 'open'
         RETURNING r.id, r.tenant_id, r.traceparent, r.closed_at, r.outcome, 1 AS sequence, i."event"
       ), logged AS (
         INSERT INTO edge_log_entries (at, latency_ms, total_cents, kind, provider_id)
         SELECT closed_at, (outcome->>'decidedAfterMs')::float8, (outcome->'winner'->>'totalCents')::int, 'd',
           outcome->'winner'->>'providerId'
         FROM closed WHERE outcome IS NOT NULL
       )
       ${appendFrom('closed')} RETURNING subject AS id`,
      [JSON.stringify(closings)],
    );
    return rows.map((row) => row.id);
  }

  /** One route of the tenant with all its answers, late ones too. Throws `route_not_found` for ids of other tenants as well. */
  async read(tenantId: string, id: string): Promise<RouteRow & { answers: Answer[] }> {
    if (!idPattern('req').test(id)) throw new AppError('route_not_found', `malformed id ${id.slice(0, 40)}`);
    const rows = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<RouteRow & { answers: Answer[] }>(`SELECT ${ROUTE}, ${ANSWERS('true')} FROM routes r WHERE r.id = $1`, [
        id,
      ]),
    );
    if (!rows[0]) throw new AppError('route_not_found', `route ${id}, tenant ${tenantId}`);
    return rows[0];
  }

  /** Newest first, after `cursor`: those that fit among the next LOOK_AT, for nothing but the reference is in an index. */
  async list(tx: Tx, filter: ListRoutes): Promise<RouteRow[]> {
    return tx.query<RouteRow>(
      `SELECT ${ROUTE} FROM (${LOOKED_AT} LIMIT ${LOOK_AT}) r
       WHERE ($3::text IS NULL OR r.status = $3) AND ($4::text IS NULL OR r.outcome->'winner'->>'providerId' = $4)
         AND ($5::text IS NULL OR EXISTS (SELECT FROM jsonb_array_elements(r.request->'items') line
           WHERE line->>'id' = $5 OR strpos(lower(line->>'name'), lower($5)) > 0))
       ORDER BY r.id DESC LIMIT $6`,
      [...placeOf(filter), filter.status, filter.selectedProvider, filter.item, filter.limit].map(
        (value) => value ?? null,
      ),
    );
  }

  /** The last id that a `list` looks at whose page is not full, or null when it comes to the end, as it always does without a filter. */
  async lookedAtTo(tx: Tx, filter: ListRoutes): Promise<string | null> {
    if (!filter.status && !filter.selectedProvider && !filter.item) return null;
    const sql = `SELECT id FROM (${LOOKED_AT} LIMIT ${LOOK_AT}) r OFFSET ${LOOK_AT - 1}`;
    const [last] = await tx.query<{ id: string }>(sql, placeOf(filter));
    return last?.id ?? null;
  }

  /** Open routes whose job seems lost: never picked up for 1.5 s, or picked up 5 s ago and still open. */
  async undispatched(limit: number): Promise<{ id: string; tenantId: string; providers: string[] }[]> {
    return this.database.query(
      `SELECT id, tenant_id AS "tenantId",
         ARRAY(SELECT e->>'id' FROM jsonb_array_elements(policy->'expected') e) AS providers
       FROM routes
       WHERE status = 'open' AND deadline_at > clock_timestamp()
         AND (started_at IS NULL AND created_at < clock_timestamp() - interval '1.5 seconds'
           OR started_at < clock_timestamp() - interval '5 seconds')
       ORDER BY deadline_at LIMIT $1`,
      [limit],
    );
  }

  /** Open routes by tenant, how many of them no worker has taken up, and the age of the oldest in seconds. */
  async openCounts(): Promise<{ tenantId: string; open: number; waiting: number; oldestSeconds: number }[]> {
    return this.database.query(
      `SELECT tenant_id AS "tenantId", count(*)::int AS open,
         (count(*) FILTER (WHERE started_at IS NULL))::int AS waiting,
         extract(epoch FROM clock_timestamp() - min(created_at))::float8 AS "oldestSeconds"
       FROM routes WHERE status = 'open' GROUP BY tenant_id`,
    );
  }

  /** How many routes were decided in the last half minute, and how long that took. */
  async pace(): Promise<Pace> {
    const [row] = await this.database.query<Pace>(
      `SELECT clock_timestamp() AS at, ${PACE_SECONDS}::int AS "windowSeconds", count(*)::int AS done,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms) AS "medianMs"
       FROM edge_log_entries WHERE kind = 'd' AND at > clock_timestamp() - make_interval(secs => ${PACE_SECONDS})`,
    );
    return row!;
  }

  /** The latest decided routes of all tenants with the answers they were decided from, newest first. */
  async lastDecided(limit: number): Promise<(RouteRow & { answers: Answer[] })[]> {
    return this.database.query<RouteRow & { answers: Answer[] }>(
      `SELECT ${ROUTE}, ${ANSWERS('NOT q.late')} FROM routes r WHERE r.outcome IS NOT NULL ORDER BY r.id DESC LIMIT $1`,
      [limit],
    );
  }

  /** Where routes' own webhooks go: for those of `ids` that named one. */
  async webhooksOf(
    tx: Tx,
    ids: readonly string[],
  ): Promise<{ id: string; url: string; secretSealed: string | null }[]> {
    return tx.query(
      `SELECT id, webhook->>'url' AS url, webhook->>'secretSealed' AS "secretSealed"
       FROM routes WHERE id = ANY($1) AND webhook IS NOT NULL`,
      [ids],
    );
  }
}

/** A filter that nothing fits would else read all that a tenant ever asked for. */
const LOOK_AT = 1000;
const LOOKED_AT = `SELECT * FROM routes WHERE ($1::text IS NULL OR id < $1) AND ($2::text IS NULL OR reference = $2) ORDER BY id DESC`;

function placeOf({ cursor, reference }: ListRoutes): (string | null)[] {
  return [cursor ?? null, reference ?? null];
}
