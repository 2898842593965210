import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { ArmCounts } from '../deciding/experiment-result.js';
import type { Experiment } from '../deciding/experiment.js';

export interface ExperimentRow {
  id: string;
  definition: Experiment;
  arms: ArmCounts[];
  begunAt: Date;
  readAt: Date;
}

/** More routes make the interval no narrower than anybody can use. */
const MOST = 100_000;

const MOMENTS = (value: string): string => `jsonb_build_object('mean', COALESCE(avg(${value}), 0)::float8,
  'variance', COALESCE(var_samp(${value}), 0)::float8)`;

/** What of experiments is kept, and what their routes tell. */
@Injectable()
export class ExperimentsRepository {
  constructor(private readonly database: Database) {}

  /**
   * What became of the closed routes of each arm, among the latest 100,000. Prices are those that quotes are compared by: what a provider does not tell is not
   * taken as free. Commission is as the winner stated it, or by the agreed rate of its items.
   */
  async counted(id: string): Promise<ArmCounts[]> {
    return this.database.query<ArmCounts>(
      `SELECT arm, count(*)::int AS closed, count(paid)::int AS decided, jsonb_build_object(
          'dearerPercent', ${MOMENTS('100 * (paid - cheapest) / NULLIF(cheapest, 0)')},
          'decidedAfterMs', ${MOMENTS('CASE WHEN paid IS NOT NULL THEN after_ms END')},
          'commissionCents', ${MOMENTS('CASE WHEN paid IS NOT NULL THEN commission END')},
          'confirmedPercent', ${MOMENTS('CASE WHEN paid IS NOT NULL THEN confirmed END')}) AS measures
       FROM (
         SELECT r.policy->'experiment'->>'arm' AS arm, (r.outcome->>'decidedAfterMs')::numeric AS after_ms,
           (r.outcome->'winner'->>'comparedCents')::numeric AS paid,
           LEAST((r.outcome->'winner'->>'comparedCents')::numeric, (
             SELECT min((other->>'comparedCents')::numeric) FROM jsonb_array_elements(r.outcome->'fallbacks') other
             WHERE other->>'currency' = r.outcome->'winner'->>'currency')) AS cheapest,
           (SELECT COALESCE((q.result->'offer'->>'commissionCents')::numeric, round((q.result->'offer'->>'itemsCents')::numeric
               * COALESCE((expected->>'commissionBps')::numeric, 0) / 10000))
             FROM quotes q, jsonb_array_elements(r.policy->'expected') expected
             WHERE q.route_id = r.id AND q.provider_id = r.outcome->'winner'->>'providerId'
               AND expected->>'id' = q.provider_id) AS commission,
           CASE WHEN EXISTS (SELECT FROM confirmations c WHERE c.route_id = r.id AND c.confirmation IS NOT NULL)
             THEN 100 ELSE 0 END AS confirmed
         FROM (SELECT id, policy, outcome FROM routes WHERE policy->'experiment'->>'id' = $1 AND policy ? 'experiment'
           ORDER BY id DESC LIMIT ${MOST}) r WHERE r.outcome IS NOT NULL
       ) told GROUP BY arm ORDER BY arm`,
      [id],
    );
  }

  /** Whoever counts last is right: what was forgotten meanwhile stays as it was counted before. */
  async keep(definition: Experiment, arms: readonly ArmCounts[]): Promise<void> {
    await this.database.query(
      `INSERT INTO experiments AS e (id, definition, arms) VALUES ($1, $2, $3)
       ON CONFLICT (id) DO UPDATE SET definition = excluded.definition, read_at = clock_timestamp(),
         arms = CASE WHEN jsonb_array_length(excluded.arms) >= jsonb_array_length(e.arms) THEN excluded.arms ELSE e.arms END`,
      [definition.id, JSON.stringify(definition), JSON.stringify(arms)],
    );
  }

  /** Newest first. */
  async list(limit: number): Promise<ExperimentRow[]> {
    return this.database.query<ExperimentRow>(
      `SELECT id, definition, arms, begun_at AS "begunAt", read_at AS "readAt" FROM experiments ORDER BY begun_at DESC LIMIT $1`,
      [limit],
    );
  }
}
