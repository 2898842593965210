import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { DayOfAnswers } from '../deciding/timeouts.js';
import { KINDS, type ListEdgeLogs } from './scorecard.dto.js';

export interface CountedAnswers {
  providerId: string;
  answers: number;
  failures: number;
  late: number;
  p50Ms: number | null;
  p95Ms: number | null;
  wins: number;
}

export interface LogLine {
  at: Date;
  kind: string;
  providerId: string | null;
  latencyMs: number | null;
  totalCents: number | null;
}

/** What the log of answers and decisions tells of each provider, over all tenants. */
@Injectable()
export class ScorecardsRepository {
  constructor(private readonly database: Database) {}

  async lately(seconds: number): Promise<CountedAnswers[]> {
    return this.database.query<CountedAnswers>(
      `SELECT provider_id AS "providerId", (count(*) FILTER (WHERE kind IN ('s', 'l', 'e', 't')))::int AS answers,
         (count(*) FILTER (WHERE kind = 'e'))::int AS failures, (count(*) FILTER (WHERE kind = 't'))::int AS late,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE kind IN ('s', 'l', 't')) AS "p50Ms",
         percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE kind IN ('s', 'l', 't')) AS "p95Ms",
         (count(*) FILTER (WHERE kind = 'd'))::int AS wins
       FROM edge_log_entries WHERE at > clock_timestamp() - $1 * interval '1 second' AND provider_id IS NOT NULL
       GROUP BY provider_id`,
      [seconds],
    );
  }

  /** Of each provider's answers of the last day, what a timeout of its p95 and two seconds would have met. */
  async day(): Promise<DayOfAnswers[]> {
    return this.database.query<DayOfAnswers>(
      `WITH day AS (
         SELECT provider_id, route_id, latency_ms, (result->>'ok')::boolean AS ok,
           result->'failure'->>'reason' = 'timeout' AS timed_out
         FROM quotes WHERE received_at > clock_timestamp() - interval '1 day' AND calls > 0
       ), each AS (
         SELECT provider_id, percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE ok) AS p95
         FROM day GROUP BY provider_id
       )
       SELECT d.provider_id AS "providerId", (count(*) FILTER (WHERE d.ok))::int AS answers, e.p95 AS "p95Ms",
         (count(*) FILTER (WHERE d.timed_out))::int AS timeouts,
         COALESCE(sum(GREATEST(d.latency_ms - ceil(e.p95) - 2000, 0)) FILTER (WHERE d.timed_out), 0)::float8 AS "waitedBeyondMs",
         (count(*) FILTER (WHERE d.ok AND d.latency_ms > ceil(e.p95) + 2000))::int AS slower,
         (count(*) FILTER (WHERE d.ok AND d.latency_ms > ceil(e.p95) + 2000 AND EXISTS (
           SELECT FROM routes r WHERE r.id = d.route_id AND r.outcome->'winner'->>'providerId' = d.provider_id)))::int AS "slowerWins"
       FROM day d JOIN each e USING (provider_id) GROUP BY d.provider_id, e.p95`,
    );
  }

  /** The log itself, of the last day, newest first. */
  async latest({ limit, provider, kind }: ListEdgeLogs): Promise<LogLine[]> {
    const letter = Object.entries(KINDS).find(([, name]) => name === kind)?.[0] ?? null;
    return this.database.query<LogLine>(
      `SELECT at, kind, provider_id AS "providerId", latency_ms::float8 AS "latencyMs", total_cents AS "totalCents"
       FROM edge_log_entries WHERE at > clock_timestamp() - interval '1 day'
         AND ($2::text IS NULL OR provider_id = $2) AND ($3::text IS NULL OR kind::text = $3)
       ORDER BY at DESC LIMIT $1`,
      [limit, provider ?? null, letter],
    );
  }
}
