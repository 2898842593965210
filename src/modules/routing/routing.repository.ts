import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { kindNamed, kindOf } from '../../operations/catalogue.js';
import {
  close,
  closingStatement,
  rowOf,
  type Closing,
  type ClosingParts,
  type Told,
} from '../../operations/closing.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { CartLine, ProviderAnswer, ShippingAddress } from '../providers/provider.js';
import type { Answer, Outcome, Policy } from './deciding/policy.js';
import type { ListRoutes, RouteStatus } from './routing.dto.js';

export interface StoredRequest {
  items: CartLine[];
  shippingAddress: ShippingAddress;
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
  answers: Answer[];
}

/** What a worker asks providers with. */
export interface Asked {
  tenantId: string;
  request: StoredRequest;
  policy: Policy;
  traceparent: string;
}

/** A lane's job as its worker needs it; a closed route is simply not returned. */
export interface PickedUp {
  id: string;
  remainingMs: number;
  answered: string[];
  /** Null: it is known here. */
  asked: Asked | null;
}

/** A closing, with how many answers of the route were stored before those of its own batch, and how many are of that. */
export interface RouteClosing extends Closing {
  before: number;
  fresh: number;
}

/** One answer as it was received; `atMs`: milliseconds since the route was accepted, if this process can tell. */
export interface ReceivedAnswer {
  routeId: string;
  tenantId: string;
  answer: ProviderAnswer;
  atMs: number | null;
}

/** A route that answers were stored of. */
export interface Settled {
  id: string;
  /** Before this. */
  status: RouteStatus;
  /** Of the event, if this closed it. */
  position: string | null;
  time: string | null;
  /** Providers whose answers were new. */
  stored: string[];
}

const ROUTE_KIND = kindNamed('route');

const ROUTE = `r.id, r.tenant_id AS "tenantId", r.status, r.policy, r.reference, r.metadata, r.traceparent,
  r.created_at AS "createdAt", r.deadline_at AS "deadlineAt", r.cancel_at AS "cancelAt", r.started_at AS "startedAt", r.closed_at AS "closedAt", r.outcome`;

const MOMENT = `clock_timestamp() AS now, r.deadline_at <= clock_timestamp() AS overdue,
  extract(epoch FROM clock_timestamp() - r.created_at)::float8 * 1000 AS "elapsedMs"`;

/** An answer is late when the route was closed without it: by the outcome, which names all that it was made from, or by the time. */
const LATE = `CASE WHEN r.closed_at IS NULL THEN false WHEN r.outcome IS NULL THEN q.received_at > r.closed_at
  ELSE NOT jsonb_path_exists(r.outcome, '$.*[*].providerId ? (@ == $id)', jsonb_build_object('id', q.provider_id)) END`;

const ANSWERS = (from: string) => `COALESCE((
  SELECT jsonb_agg(jsonb_build_object('providerId', q.provider_id, 'result', q.result, 'latencyMs', q.latency_ms,
    'atMs', extract(epoch FROM q.received_at - r.created_at) * 1000, 'late', ${LATE}) ORDER BY q.provider_id)
  FROM ${from} q WHERE q.route_id = r.id), '[]') AS answers`;

/** Of the closing statement what is a route's: the outcome, and the line of the log that its decision leaves. */
const PARTS: ClosingParts = {
  columns: { outcome: 'jsonb' },
  also: `INSERT INTO edge_log_entries (at, latency_ms, total_cents, kind, provider_id)
    SELECT closed_at, (outcome->>'decidedAfterMs')::float8, (outcome->'winner'->>'totalCents')::int, 'd',
      outcome->'winner'->>'providerId'
    FROM closed WHERE outcome IS NOT NULL`,
};

const STORED = `input AS (
    SELECT * FROM jsonb_to_recordset($2) AS x("routeId" text, "tenantId" text, "providerId" text, "result" jsonb,
      "latencyMs" float8, "calls" int, "atMs" float8)
  ), stored AS (
    INSERT INTO quotes (route_id, tenant_id, provider_id, result, latency_ms, calls, late, received_at)
    SELECT i."routeId", r.tenant_id, i."providerId", i."result", i."latencyMs", i."calls", r.status <> 'open',
      COALESCE(r.created_at + make_interval(secs => i."atMs" / 1000), clock_timestamp())
    FROM input i JOIN routes r ON r.id = i."routeId" AND r.tenant_id = i."tenantId" AND r.status <> 'cancelled', durable
    ON CONFLICT (route_id, provider_id) DO NOTHING
    RETURNING *
  ), logged AS (
    INSERT INTO edge_log_entries (at, latency_ms, total_cents, kind, provider_id)
    SELECT received_at, CASE WHEN calls > 0 THEN latency_ms END, (result->'offer'->>'totalCents')::int,
      CASE WHEN NOT (result->>'ok')::boolean THEN 'e' WHEN (result->'offer'->>'cached')::boolean THEN 'c'
        WHEN late THEN 't' WHEN result->'offer'->>'kind' = 'link' THEN 'l' ELSE 's' END, provider_id
    FROM stored
  ),`;

/** The guards: a route is closed here only if what is stored of it is what its outcome was made from. */
const SETTLE = closingStatement(ROUTE_KIND, PARTS, {
  durable: '$3',
  typed: ['"before" int', '"fresh" int'],
  first: STORED,
  when: `(SELECT count(*) FROM quotes q WHERE q.route_id = o.id) = i."before"
    AND (SELECT count(*) FROM stored s WHERE s.route_id = o.id) = i."fresh"`,
  last: `SELECT r.id, r.status, told.position, told.time,
      ARRAY(SELECT s.provider_id FROM stored s WHERE s.route_id = r.id) AS stored
    FROM routes r LEFT JOIN told ON told.id = r.id WHERE r.id IN (SELECT "routeId" FROM input)`,
});

/** Every statement on routes and quotes. What a statement must see locked or fresh is said beside it. */
@Injectable()
export class RoutingRepository {
  constructor(private readonly database: Database) {}

  /**
   * Marks open, unexpired routes as picked up and reads what their workers need and do not have. A lost mark is harmless, so it does not
   * wait for the disk.
   */
  async pickUp(ids: readonly string[], known: readonly string[]): Promise<PickedUp[]> {
    return this.database.query<PickedUp>(
      `WITH relaxed AS (SELECT set_config('synchronous_commit', 'off', true))
       UPDATE routes r SET started_at = COALESCE(r.started_at, clock_timestamp()) FROM relaxed
       WHERE r.id = ANY($1) AND r.status = 'open' AND r.deadline_at > clock_timestamp()
       RETURNING r.id, extract(epoch FROM r.deadline_at - clock_timestamp())::float8 * 1000 AS "remainingMs",
         ARRAY(SELECT q.provider_id FROM quotes q WHERE q.route_id = r.id) AS answered,
         CASE WHEN r.id <> ALL($2) THEN jsonb_build_object('tenantId', r.tenant_id, 'request', r.request, 'policy', r.policy,
           'traceparent', r.traceparent) END AS asked`,
      [ids, known],
    );
  }

  /**
   * Stores a batch of answers, and closes the routes that they decide: one statement, which waits for the disk only if it closes one. An
   * answer is ignored when the route was cancelled, when its provider has answered before, or when the record names another tenant than
   * the route's own. Answers of each route how it stood before, and whether this closed it.
   */
  async settle(answers: readonly ReceivedAnswer[], closings: readonly RouteClosing[]): Promise<Settled[]> {
    return this.database.query<Settled>(SETTLE, [
      JSON.stringify(closings.map(({ before, fresh, ...closing }) => ({ ...rowOf(closing), before, fresh }))),
      JSON.stringify(answers.map(({ routeId, tenantId, answer, atMs }) => ({ routeId, tenantId, atMs, ...answer }))),
      closings.length > 0 ? 'on' : 'off',
    ]);
  }

  /** The open ones among `ids` with all their answers. */
  async openRoutes(ids: readonly string[]): Promise<OpenRoute[]> {
    return this.database.query<OpenRoute>(
      `SELECT ${ROUTE}, ${MOMENT}, ${ANSWERS('quotes')} FROM routes r WHERE r.id = ANY($1) AND r.status = 'open'`,
      [ids],
    );
  }

  /** Open routes that have enough answers and were left open: two instances that stored answers at once may each have missed the other's. */
  async leftOpen(limit: number): Promise<OpenRoute[]> {
    return this.database.query<OpenRoute>(
      `SELECT ${ROUTE}, ${MOMENT}, ${ANSWERS('quotes')} FROM routes r
       WHERE r.status = 'open' AND r.started_at < clock_timestamp() - interval '1 second'
         AND (SELECT count(*) FROM quotes q WHERE q.route_id = r.id) >= LEAST((r.policy->'quorum'->>'at')::int,
           jsonb_array_length(r.policy->'expected'))
       ORDER BY r.deadline_at LIMIT $1`,
      [limit],
    );
  }

  /** Closes routes, whatever was stored meanwhile: that is late. Answers the ids this call closed. */
  close(closings: readonly Closing[]): Promise<Told[]> {
    return close(this.database, ROUTE_KIND, PARTS, closings);
  }

  /** One route of the tenant with all its answers, late ones too; null for ids of other tenants as well. */
  async find(tenantId: string, id: string): Promise<(RouteRow & { answers: Answer[] }) | null> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<RouteRow & { answers: Answer[] }>(
        `SELECT ${ROUTE}, ${ANSWERS('quotes')} FROM routes r WHERE r.id = $1`,
        [id],
      ),
    );
    return row ?? null;
  }

  /** The same; throws `route_not_found`. */
  async read(tenantId: string, id: string): Promise<RouteRow & { answers: Answer[] }> {
    const row = kindOf(id)?.name === 'route' ? await this.find(tenantId, id) : null;
    if (!row) throw new AppError('route_not_found', `route ${id.slice(0, 40)}, tenant ${tenantId}`);
    return row;
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

  /** The latest decided routes of all tenants with the answers they were decided from, newest first. */
  async lastDecided(limit: number): Promise<(RouteRow & { answers: Answer[] })[]> {
    return this.database.query<RouteRow & { answers: Answer[] }>(
      `SELECT ${ROUTE}, ${ANSWERS('quotes')} FROM routes r WHERE r.outcome IS NOT NULL ORDER BY r.id DESC LIMIT $1`,
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
