import { Injectable } from '@nestjs/common';
import type { Pace } from '../../common/estimate.js';
import type { KeptSubmission } from '../../platform/http/submission.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { appendFrom, type NewEvent } from '../../events/new-event.js';
import type { Plan, Proof } from './solver/plan.js';
import type { Drafted, StoredRequest } from './plan-request.js';
import type { OpenPlan, PlanRow, StoredOutcome } from './plan.resource.js';
import type { PlanStatus } from './planning.dto.js';

export interface NewPlan extends KeptSubmission {
  id: string;
  userId: string | null;
  request: StoredRequest;
  traceparent: string;
  deadlineMs: number;
  swappedFrom: string | null;
  /** Of a plan whose meals are chosen already, so that only prices and a route are wanting. */
  chosen?: Chosen;
}

export interface Chosen {
  plan: Plan;
  proof: Proof;
  outcome: StoredOutcome;
}

/** An open plan as whoever makes it needs it. */
export interface PickedUp {
  id: string;
  tenantId: string;
  request: StoredRequest;
  traceparent: string;
  /** What was drafted before a crash. */
  drafted: Drafted | null;
  chosen: Chosen | null;
  remainingMs: number;
}

export interface CompletedPlan extends PlanRow {
  request: StoredRequest;
  userId: string | null;
  plan: Plan;
  outcome: StoredOutcome;
}

export interface Closing {
  status: Exclude<PlanStatus, 'open'>;
  plan: Plan | null;
  proof: Proof | null;
  outcome: StoredOutcome | null;
  closedAt: Date;
  event: NewEvent;
}

const PLAN = `p.id, p.status, p.reference, p.metadata, p.traceparent, p.created_at AS "createdAt", p.deadline_at AS "deadlineAt",
  p.started_at AS "startedAt", p.closed_at AS "closedAt", p.plan, p.proof, p.outcome, p.swapped_from AS "swappedFrom"`;
const PACE_SECONDS = 600;
/** A job that was picked up this long ago and left no outcome may have died with its worker. */
const LOST_AFTER_SECONDS = 10;

/** Every statement on plans. A closed plan is never written again. */
@Injectable()
export class PlanningRepository {
  constructor(private readonly database: Database) {}

  /** Takes the key for this plan, or answers whose it is: the first request's plan, while it is not 24 h old. */
  async takeKey(
    tx: Tx,
    tenantId: string,
    { key, fingerprint }: { key: string; fingerprint: string },
    planId: string,
  ): Promise<{ subject: string; fingerprint: string }> {
    const [taken] = await tx.query<{ subject: string; fingerprint: string }>(
      `INSERT INTO idempotency_keys AS k (tenant_id, key, operation, fingerprint, subject)
       VALUES ($1, $2, 'plans.create', decode($3, 'hex'), $4)
       ON CONFLICT (tenant_id, operation, key) DO UPDATE
         SET fingerprint = excluded.fingerprint, subject = excluded.subject, created_at = clock_timestamp()
         WHERE k.created_at < clock_timestamp() - interval '24 hours'
       RETURNING subject, encode(fingerprint, 'hex') AS fingerprint`,
      [tenantId, key, fingerprint, planId],
    );
    if (taken) return taken;
    const [stored] = await tx.query<{ subject: string; fingerprint: string }>(
      `SELECT subject, encode(fingerprint, 'hex') AS fingerprint FROM idempotency_keys
       WHERE tenant_id = $1 AND operation = 'plans.create' AND key = $2`,
      [tenantId, key],
    );
    return stored!;
  }

  async insert(tx: Tx, tenantId: string, plan: NewPlan): Promise<void> {
    await tx.query(
      `INSERT INTO meal_plans (id, tenant_id, user_id, request, reference, metadata, webhook, traceparent, deadline_at, swapped_from,
         plan, proof, outcome)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp() + make_interval(secs => $9::float8 / 1000), $10, $11, $12, $13)`,
      [
        plan.id,
        tenantId,
        plan.userId,
        JSON.stringify(plan.request),
        plan.reference,
        JSON.stringify(plan.metadata),
        plan.webhook && JSON.stringify(plan.webhook),
        plan.traceparent,
        plan.deadlineMs,
        plan.swappedFrom,
        ...[plan.chosen?.plan, plan.chosen?.proof, plan.chosen?.outcome].map((part) => jsonOrNull(part ?? null)),
      ],
    );
  }

  async openCounts(tenantId: string): Promise<{ all: number; own: number }> {
    const [row] = await this.database.query<{ all: number; own: number }>(
      `SELECT count(*)::int AS all, (count(*) FILTER (WHERE tenant_id = $1))::int AS own
       FROM meal_plans WHERE status = 'open'`,
      [tenantId],
    );
    return row!;
  }

  async find(tx: Tx, id: string): Promise<PlanRow | null> {
    const [row] = await tx.query<PlanRow>(`SELECT ${PLAN} FROM meal_plans p WHERE p.id = $1`, [id]);
    return row ?? null;
  }

  /** Newest first; `before` is the last id of the previous page. */
  list(
    tx: Tx,
    filter: { limit: number; before: string | null; reference: string | null; status: string | null },
  ): Promise<
    (Pick<PlanRow, 'id' | 'status' | 'reference' | 'createdAt' | 'closedAt'> & { origin: StoredOutcome['origin'] })[]
  > {
    return tx.query(
      `SELECT p.id, p.status, p.reference, p.created_at AS "createdAt", p.closed_at AS "closedAt", p.outcome->>'origin' AS origin
       FROM meal_plans p
       WHERE ($2::text IS NULL OR p.id < $2) AND ($3::text IS NULL OR p.reference = $3) AND ($4::text IS NULL OR p.status = $4)
       ORDER BY p.id DESC LIMIT $1`,
      [filter.limit, filter.before, filter.reference, filter.status],
    );
  }

  /** Marks an open plan as begun. Null when it is closed, overdue or not this tenant's (a job's word for it is not enough). */
  async pickUp(tenantId: string, id: string): Promise<PickedUp | null> {
    const [row] = await this.database.query<PickedUp>(
      `UPDATE meal_plans SET started_at = clock_timestamp()
       WHERE id = $2 AND tenant_id = $1 AND status = 'open' AND deadline_at > clock_timestamp()
       RETURNING id, tenant_id AS "tenantId", request, traceparent, drafted,
         CASE WHEN plan IS NOT NULL THEN jsonb_build_object('plan', plan, 'proof', proof, 'outcome', outcome) END AS chosen,
         extract(epoch FROM deadline_at - clock_timestamp())::float8 * 1000 AS "remainingMs"`,
      [tenantId, id],
    );
    return row ?? null;
  }

  /** Tells a step of the way, once: the event row, unless the plan is closed or the step was told before a crash. */
  async tell(planId: string, event: NewEvent): Promise<void> {
    await this.database.query(
      `WITH told AS (
         UPDATE meal_plans SET sequence = sequence + 1, steps = array_append(steps, $2::text)
         WHERE id = $1 AND status = 'open' AND NOT $2::text = ANY (steps)
         RETURNING id, tenant_id, sequence, traceparent, $3::jsonb AS event
       )
       ${appendFrom('told')}`,
      [planId, event.name, JSON.stringify(event)],
    );
  }

  /** Keeps the draft with the plan, so that whoever takes over asks nobody again. */
  async keepDraft(id: string, drafted: Drafted): Promise<void> {
    await this.database.query(`UPDATE meal_plans SET drafted = $2 WHERE id = $1 AND status = 'open'`, [
      id,
      JSON.stringify(drafted),
    ]);
  }

  /** The newest plan of a user that was made after the intake was stored and is not over on `today`. */
  async currentOf(tx: Tx, reference: string, today: string): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `SELECT p.id FROM meal_plans p JOIN users u ON u.id = p.user_id JOIN user_intake i ON i.user_id = u.id
       WHERE u.reference = $1 AND p.status = 'completed' AND p.created_at > i.updated_at
         AND (p.request->'plan'->>'startsOn')::date + (p.request->'plan'->>'days')::int > $2::date
       ORDER BY p.id DESC LIMIT 1`,
      [reference, today],
    );
    return row?.id ?? null;
  }

  /** A completed plan with all a swap needs. */
  async findCompleted(tx: Tx, id: string): Promise<CompletedPlan | null> {
    const [row] = await tx.query<CompletedPlan>(
      `SELECT ${PLAN}, p.request, p.user_id AS "userId" FROM meal_plans p WHERE p.id = $1 AND p.status = 'completed'`,
      [id],
    );
    return row ?? null;
  }

  /** The plan under its lock while it is open, as of `now` on the database's clock; null when it is closed. */
  async lockOpen(tx: Tx, id: string): Promise<OpenPlan | null> {
    const [row] = await tx.query<OpenPlan>(
      `SELECT ${PLAN}, clock_timestamp() AS now, extract(epoch FROM clock_timestamp() - p.created_at)::float8 * 1000 AS "ageMs",
         p.drafted->'paid' AS paid, a.micro_usd AS "aiMicroUsd", a.tokens AS "aiTokens"
       FROM meal_plans p, LATERAL (
         SELECT COALESCE(sum(COALESCE(cost_micro_usd, reserved_micro_usd)), 0)::float8 AS micro_usd, COALESCE(sum(tokens), 0)::int AS tokens
         FROM ai_calls WHERE subject = p.id
       ) a
       WHERE p.id = $1 AND p.status = 'open' FOR UPDATE OF p`,
      [id],
    );
    return row ?? null;
  }

  /** The terminal state, the event that announces it and, unless it was cancelled, the one log row: one statement. */
  async close(tx: Tx, id: string, closing: Closing, durationMs: number): Promise<void> {
    const { status, plan, proof, outcome, closedAt, event } = closing;
    await tx.query(
      `WITH closed AS (
         UPDATE meal_plans SET status = $2, plan = $3, proof = $4, outcome = $5, closed_at = $6, sequence = sequence + 1
         WHERE id = $1 AND status = 'open' RETURNING id, tenant_id, sequence, traceparent, outcome, swapped_from, $7::jsonb AS event
       ), logged AS (
         INSERT INTO plan_generation_logs (plan_id, tenant_id, duration_ms, status, reason, origin, claude_cost_cents,
           claude_tokens_used, model, prompt_version, cache_hit)
         SELECT c.id, c.tenant_id, $8, $2, c.outcome->'failure'->>'reason', COALESCE(c.outcome->>'origin', 'none'),
           COALESCE((SELECT sum(COALESCE(a.cost_micro_usd, a.reserved_micro_usd)) FROM ai_calls a WHERE a.subject = c.id), 0) / 10000.0,
           COALESCE((SELECT sum(a.tokens) FROM ai_calls a WHERE a.subject = c.id), 0),
           c.outcome->'receipt'->>'model', COALESCE(c.outcome->'receipt'->>'promptVersion', ''),
           COALESCE((c.outcome->'receipt'->>'cacheHit')::boolean, false)
         FROM closed c WHERE $2 <> 'cancelled' AND c.swapped_from IS NULL
       )
       ${appendFrom('closed')}`,
      [
        id,
        status,
        jsonOrNull(plan),
        jsonOrNull(proof),
        jsonOrNull(outcome),
        closedAt,
        JSON.stringify(event),
        Math.round(durationMs),
      ],
    );
  }

  /** How many plans no worker has taken up, and how fast those of the last ten minutes were made. */
  async load(): Promise<Pace & { waiting: number }> {
    const [row] = await this.database.query<Pace & { waiting: number }>(
      `SELECT clock_timestamp() AS at, ${PACE_SECONDS}::int AS "windowSeconds", count(*)::int AS done,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) AS "medianMs",
         (SELECT count(*)::int FROM meal_plans WHERE status = 'open' AND started_at IS NULL) AS waiting
       FROM plan_generation_logs WHERE created_at > clock_timestamp() - make_interval(secs => ${PACE_SECONDS})`,
    );
    return row!;
  }

  /** Open plans whose job seems lost: never picked up for 1.5 s, or picked up long ago and still open. */
  undispatched(limit: number): Promise<{ id: string; tenantId: string }[]> {
    return this.database.query(
      `SELECT id, tenant_id AS "tenantId" FROM meal_plans
       WHERE status = 'open' AND deadline_at > clock_timestamp()
         AND (started_at IS NULL AND created_at < clock_timestamp() - interval '1.5 seconds'
           OR started_at < clock_timestamp() - interval '${LOST_AFTER_SECONDS} seconds')
       ORDER BY deadline_at LIMIT $1`,
      [limit],
    );
  }

  async overdueIds(limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM meal_plans WHERE status = 'open' AND deadline_at <= clock_timestamp() ORDER BY deadline_at LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** What went wrong with a plan, without a word that anybody wrote. */
  async logError(row: {
    id: string;
    tenantId: string;
    subject: string;
    error: string;
    code: string | null;
    place: string | null;
  }): Promise<void> {
    await this.database.query(
      `INSERT INTO error_logs (id, tenant_id, subject, error, error_message, code, place)
       VALUES ($1, $2, $3, $4::text, $4::text, $5, $6)`,
      [row.id, row.tenantId, row.subject, row.error, row.code, row.place],
    );
  }
}

const jsonOrNull = (value: object | null): string | null => value && JSON.stringify(value);
