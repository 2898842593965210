import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { formatCents, type Currency } from '../../common/money.js';
import { Database } from '../../platform/database/database.js';
import { traceIdOf } from '../../platform/telemetry/tracing.js';
import type { Timeline } from './timeline.dto.js';

interface Fact {
  at: Date;
  step: string;
  detail: string | null;
  cents: number | null;
  currency: Currency | null;
}

/** Puts a route's stored facts in order. Reads only; what is not stored is not shown. */
@Injectable()
export class TimelineService {
  constructor(private readonly database: Database) {}

  /** Throws `route_not_found` for ids of other tenants too. */
  async of(tenantId: string, id: string): Promise<Timeline> {
    const { route, facts } = await this.database.tenant(tenantId, async (tx) => {
      const [found] = await tx.query<{ createdAt: Date; traceparent: string }>(
        'SELECT created_at AS "createdAt", traceparent FROM routes WHERE id = $1',
        [id],
      );
      return { route: found, facts: found ? await tx.query<Fact>(FACTS, [id]) : [] };
    });
    if (!route) throw new AppError('route_not_found', `route ${id.slice(0, 40)}, tenant ${tenantId}`);
    const steps = facts.map(({ at, step, detail, cents, currency }) => ({
      at: at.toISOString(),
      afterMs: at.getTime() - route.createdAt.getTime(),
      step,
      detail: [detail, cents === null ? null : formatCents(cents, currency ?? 'USD')].filter(Boolean).join(' '),
    }));
    return { id, traceId: traceIdOf(route.traceparent) ?? '', steps };
  }
}

const FACTS = `
  SELECT created_at AS at, 'accepted' AS step, 'committed; answered 202' AS detail, NULL::int AS cents, NULL AS currency
    FROM routes WHERE id = $1
  UNION ALL
  SELECT started_at, 'picked_up', 'a quote worker took the job', NULL, NULL FROM routes WHERE id = $1 AND started_at IS NOT NULL
  UNION ALL
  SELECT received_at, CASE WHEN late THEN 'answered_late' ELSE 'answered' END,
    provider_id || ' in ' || round(latency_ms)::text || ' ms: '
      || COALESCE(result->'failure'->>'reason', result->'offer'->>'status', result->'offer'->>'kind'),
    (result->'offer'->>'totalCents')::int, result->'offer'->>'currency'
    FROM quotes WHERE route_id = $1
  UNION ALL
  SELECT closed_at, status, COALESCE('rule ' || (outcome->>'rule') || ', winner ' || COALESCE(outcome->'winner'->>'providerId', 'none'),
    'closed by the caller'), (outcome->'winner'->>'totalCents')::int, outcome->'winner'->>'currency'
    FROM routes WHERE id = $1 AND closed_at IS NOT NULL
  UNION ALL
  SELECT published_at, 'announced', name || ' ' || id, NULL, NULL FROM events WHERE subject = $1 AND published_at IS NOT NULL
  UNION ALL
  SELECT a.started_at, 'webhook_attempt',
    'attempt ' || a.number || ' to ' || a.url || ': ' || COALESCE(a.status_code::text, a.error, 'under way'), NULL, NULL
    FROM webhook_attempts a JOIN webhook_deliveries d ON d.id = a.delivery_id JOIN webhook_messages m ON m.id = d.message_id
    WHERE m.subject = $1
  ORDER BY at`;
