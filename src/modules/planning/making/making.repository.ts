import { Injectable } from '@nestjs/common';
import { appendFrom, type NewEvent } from '../../../events/new-event.js';
import { kindNamed } from '../../../operations/catalogue.js';
import { close, type Closing, type ClosingParts } from '../../../operations/closing.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { spentOn } from '../../../platform/llm/spent.js';
import type { Drafted, StoredRequest } from '../plan-request.js';
import type { OpenPlan } from '../plan.resource.js';
import { PLAN_COLUMNS } from '../planning.repository.js';

/** An open plan as whoever makes it needs it. */
export interface PickedUp {
  id: string;
  tenantId: string;
  request: StoredRequest;
  traceparent: string;
  /** What was drafted before a crash. */
  drafted: Drafted | null;
  remainingMs: number;
}

/** Of the closing statement what is a plan's: the plan with its proof, and, unless it was cancelled, its one line of the log. */
const PARTS: ClosingParts = {
  columns: { plan: 'jsonb', proof: 'jsonb', outcome: 'jsonb' },
  also: `INSERT INTO plan_generation_logs (plan_id, tenant_id, duration_ms, status, reason, origin, claude_cost_cents,
      claude_tokens_used, model, prompt_version, cache_hit)
    SELECT c.id, c.tenant_id, round(extract(epoch FROM c.closed_at - c.created_at) * 1000)::int, c.status,
      c.outcome->'failure'->>'reason', COALESCE(c.outcome->>'origin', 'none'),
      spent.micro_usd / 10000.0, spent.tokens,
      c.outcome->'receipt'->>'model', COALESCE(c.outcome->'receipt'->>'promptVersion', ''),
      COALESCE((c.outcome->'receipt'->>'cacheHit')::boolean, false)
    FROM closed c, LATERAL ${spentOn('c.id')} spent WHERE c.status <> 'cancelled' AND c.swapped_from IS NULL`,
};

/** What whoever makes a plan writes of it. A closed plan is never written again. */
@Injectable()
export class MakingRepository {
  constructor(private readonly database: Database) {}

  /** Marks an open plan as begun. Null when it is closed, overdue or not this tenant's (a job's word for it is not enough). */
  async pickUp(tenantId: string, id: string): Promise<PickedUp | null> {
    const [row] = await this.database.query<PickedUp>(
      `UPDATE meal_plans SET started_at = clock_timestamp()
       WHERE id = $2 AND tenant_id = $1 AND status = 'open' AND deadline_at > clock_timestamp()
       RETURNING id, tenant_id AS "tenantId", request, traceparent, drafted,
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

  /** The plan under its lock while it is open, as of `now` on the database's clock; null when it is closed. */
  async lockOpen(tx: Tx, id: string): Promise<OpenPlan | null> {
    const [row] = await tx.query<OpenPlan>(
      `SELECT ${PLAN_COLUMNS}, clock_timestamp() AS now, extract(epoch FROM clock_timestamp() - p.created_at)::float8 * 1000 AS "ageMs",
         p.drafted->'paid' AS paid, spent.micro_usd::float8 AS "aiMicroUsd", spent.tokens::int AS "aiTokens"
       FROM meal_plans p, LATERAL ${spentOn('p.id')} spent
       WHERE p.id = $1 AND p.status = 'open' FOR UPDATE OF p`,
      [id],
    );
    return row ?? null;
  }

  /** Closes a plan under its lock. */
  async close(tx: Tx, closing: Closing): Promise<void> {
    await close(tx, kindNamed('plan'), PARTS, [closing]);
  }

  /** A plan that was not made buys nothing. */
  async dropHolds(tx: Tx, id: string): Promise<void> {
    await tx.query('DELETE FROM clearance_reservations WHERE plan_id = $1', [id]);
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
