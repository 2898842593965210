import { Injectable } from '@nestjs/common';
import { idsSince } from '../../common/ids.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { Plan } from './solver/plan.js';
import type { StoredRequest } from './plan-request.js';
import type { PlanRow, StoredOutcome } from './plan.resource.js';

export interface CompletedPlan extends PlanRow {
  request: StoredRequest;
  userId: string | null;
  plan: Plan;
  outcome: StoredOutcome;
  isHoldReleased: boolean;
}

const HELD_UNTIL = `(SELECT max(r.expires_at) FROM clearance_reservations r
    WHERE r.plan_id = p.id AND r.expires_at > clock_timestamp()) AS "heldUntil"`;

/** What a row of `meal_plans p` is read by. */
export const PLAN_COLUMNS = `p.id, p.status, p.reference, p.metadata, p.traceparent, p.created_at AS "createdAt", p.deadline_at AS "deadlineAt",
  p.started_at AS "startedAt", p.closed_at AS "closedAt", p.plan, p.proof, p.outcome, p.swapped_from AS "swappedFrom", p.request->>'timezone' AS timezone,
  p.request->'plan'->>'currency' AS currency, ${HELD_UNTIL}`;

/** What callers ask of plans. Writing them is MakingRepository's. */
@Injectable()
export class PlanningRepository {
  constructor(private readonly database: Database) {}

  async find(tx: Tx, id: string): Promise<PlanRow | null> {
    const [row] = await tx.query<PlanRow>(`SELECT ${PLAN_COLUMNS} FROM meal_plans p WHERE p.id = $1`, [id]);
    return row ?? null;
  }

  /** Newest first; `before` is the last id of the previous page. */
  list(
    tx: Tx,
    filter: { limit: number; before: string | null; reference: string | null; status: string | null },
  ): Promise<
    (Pick<PlanRow, 'id' | 'status' | 'reference' | 'createdAt' | 'closedAt' | 'heldUntil'> & {
      origin: StoredOutcome['origin'];
    })[]
  > {
    return tx.query(
      `SELECT p.id, p.status, p.reference, p.created_at AS "createdAt", p.closed_at AS "closedAt", p.outcome->>'origin' AS origin, ${HELD_UNTIL}
       FROM meal_plans p
       WHERE ($2::text IS NULL OR p.id < $2) AND ($3::text IS NULL OR p.reference = $3) AND ($4::text IS NULL OR p.status = $4)
       ORDER BY p.id DESC LIMIT $1`,
      [filter.limit, filter.before, filter.reference, filter.status],
    );
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
      `SELECT ${PLAN_COLUMNS}, p.request, p.user_id AS "userId", p.hold_released_at IS NOT NULL AS "isHoldReleased" FROM meal_plans p WHERE p.id = $1 AND p.status = 'completed'`,
      [id],
    );
    return row ?? null;
  }

  /** Plans of the tenant in the last hour, and seconds until the oldest of them is an hour old. */
  async plansInHour(tenantId: string): Promise<{ made: number; freeInSeconds: number }> {
    const [row] = await this.database.query<{ made: number; freeInSeconds: number }>(
      `SELECT count(*)::int AS made,
         COALESCE(ceil(extract(epoch FROM min(created_at) + interval '1 hour' - clock_timestamp())), 0)::int AS "freeInSeconds"
       FROM meal_plans WHERE tenant_id = $1 AND id > $2 AND swapped_from IS NULL
         AND created_at > clock_timestamp() - interval '1 hour'`,
      [tenantId, idsSince('plan', Date.now() - 2 * 3_600_000)],
    );
    return row!;
  }
}
