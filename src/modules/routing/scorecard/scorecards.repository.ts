import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

export interface CountedAnswers {
  providerId: string;
  answers: number;
  failures: number;
  late: number;
  p50Ms: number | null;
  p95Ms: number | null;
  wins: number;
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
}
