import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

export interface Reservation {
  id: string;
  tenantId: string;
  /** The thing it is for: a plan's id. */
  subject: string;
  model: string;
  promptVersion: string;
  /** Digest of prompt, model and schema. */
  cacheKey: string;
  microUsd: number;
}

export interface Caps {
  subjectMicroUsd: number;
  dayMicroUsd: number;
}

export interface Settlement {
  status: 'completed' | 'failed';
  reason: string | null;
  microUsd: number;
  tokens: number;
  tries: number;
  durationMs: number;
  /** As JSON; kept for whoever asks the same within the hour. */
  answer: string | null;
}

/** Why no call may be made: the subject's cap, the tenant's day, or an earlier call whose end nobody saw. */
export const DENIED = ['subject', 'day', 'interrupted'] as const;
export type Denied = (typeof DENIED)[number];

/**
 * Every call to a model as a row: reserved at the most it can cost before it is made, settled at what it did cost. The caps hold
 * under the lock of the tenant's day, whatever is killed: a call whose worker died stays counted in full and is not made again.
 */
@Injectable()
export class AiLedger {
  constructor(private readonly database: Database) {}

  /** The answer the tenant got to the same question within the hour, noted as a call that cost nothing. */
  async cached(reservation: Reservation): Promise<{ answer: unknown } | null> {
    const [row] = await this.database.query<{ answer: unknown }>(
      `WITH known AS (
         SELECT answer FROM ai_calls WHERE tenant_id = $2 AND cache_key = decode($6, 'hex') AND status = 'completed'
           AND answer IS NOT NULL AND created_at > clock_timestamp() - interval '1 hour'
         ORDER BY created_at DESC LIMIT 1
       ), noted AS (
         INSERT INTO ai_calls (id, tenant_id, subject, model, prompt_version, cache_key, status, cache_hit, reserved_micro_usd,
           cost_micro_usd, settled_at)
         SELECT $1, $2, $3, $4, $5, decode($6, 'hex'), 'completed', true, 0, 0, clock_timestamp() FROM known
       )
       SELECT answer FROM known`,
      values(reservation),
    );
    return row ?? null;
  }

  /** Null when the call may be made now. */
  async reserve(reservation: Reservation, caps: Caps): Promise<Denied | null> {
    const [row] = await this.database.query<{ denied: Denied | null }>(
      'SELECT reserve_ai_call($1, $2, $3, $4, $5, $6, $7, $8, $9) AS denied',
      [...values(reservation), reservation.microUsd, caps.subjectMicroUsd, caps.dayMicroUsd],
    );
    return row!.denied;
  }

  /** Books what the call did cost. Doing it twice changes nothing. */
  async settle(id: string, { answer, ...settlement }: Settlement): Promise<void> {
    await this.database.query('SELECT settle_ai_call($1, $2, $3)', [id, JSON.stringify(settlement), answer]);
  }
}

function values({ id, tenantId, subject, model, promptVersion, cacheKey }: Reservation): string[] {
  return [id, tenantId, subject, model, promptVersion, cacheKey];
}
