import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { Database } from '../../../platform/database/database.js';
import { isStoreAway } from '../../../platform/database/store-errors.js';

/** What one provider's host may be called in all; null is no limit. */
export interface CallLimits {
  budget: string;
  perDay: number | null;
  /** The part of the day's calls that one tenant may use. */
  perTenant: number | null;
  perSecond: number | null;
}

export interface BudgetUse {
  perDay: number | null;
  perSecond: number | null;
  usedToday: number;
  remainingToday: number | null;
  resetsAt: string;
}

const USED_UP = {
  day: 'the calls allowed today are used up',
  share: "the tenant's part of today's calls is used up",
  second: 'the calls allowed in this second are used up',
  unknown: 'the count of calls cannot be reached',
} as const;
type Taken = 'taken' | keyof typeof USED_UP;

/**
 * Call budgets that all workers share: one statement, before the call, under the budget's own lock, so the limits hold to the call
 * whatever is killed. A call whose worker dies after taking stays counted: the provider may have counted it too.
 */
@Injectable()
export class CallBudgets {
  constructor(private readonly database: Database) {}

  /** Null when the call may be made, otherwise why not. One of no tenant (null) counts in nobody's part. Waits for the next second while `signal` lets it. */
  async take(
    { budget, perDay, perTenant, perSecond }: CallLimits,
    tenantId: string | null,
    signal: AbortSignal,
  ): Promise<string | null> {
    for (;;) {
      const taken = await this.tryTake([budget, tenantId, perDay, perTenant, perSecond]);
      if (taken === 'taken') return null;
      if (taken !== 'second' || signal.aborted) return USED_UP[taken];
      await untilNextSecond(signal);
    }
  }

  private async tryTake(params: readonly unknown[]): Promise<Taken> {
    try {
      const [row] = await this.database.query<{ taken: Taken }>(
        'SELECT take_call($1, $2, $3, $4, $5) AS taken',
        params,
      );
      return row!.taken;
    } catch (error) {
      // A call that nobody can count is not made: rather no quote than one call too many.
      if (isStoreAway(error)) return 'unknown';
      throw error;
    }
  }

  async useOf({ budget, perDay, perSecond }: CallLimits): Promise<BudgetUse> {
    const [row] = await this.database.query<{ used: number; resetsAt: Date }>(
      `SELECT COALESCE((SELECT used FROM call_budgets WHERE budget = $1 AND day = t.today), 0) AS used,
         (t.today + 1)::timestamp AT TIME ZONE 'UTC' AS "resetsAt"
       FROM (SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date AS today) t`,
      [budget],
    );
    const { used, resetsAt } = row!;
    const remainingToday = perDay === null ? null : Math.max(0, perDay - used);
    return { perDay, perSecond, usedToday: used, remainingToday, resetsAt: resetsAt.toISOString() };
  }
}

/** When to ask PostgreSQL again. Ends early when the answer is no longer wanted. */
async function untilNextSecond(signal: AbortSignal): Promise<void> {
  await setTimeout(1010 - (databaseNow() % 1000), undefined, { signal }).catch(() => undefined);
}
