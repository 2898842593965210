import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { formatCents, type Currency } from '../../common/money.js';
import { EVENT_FACTS } from '../../events/events.timeline.js';
import { Database } from '../../platform/database/database.js';
import { traceIdOf } from '../../platform/telemetry/tracing.js';
import { ATTEMPT_FACTS } from '../notifications/notifications.timeline.js';
import { ROUTE_BEGAN, ROUTE_FACTS } from '../routing/routing.timeline.js';
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
      const [found] = await tx.query<{ createdAt: Date; traceparent: string }>(ROUTE_BEGAN, [id]);
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

const FACTS = `${[ROUTE_FACTS, EVENT_FACTS, ATTEMPT_FACTS].join(' UNION ALL ')} ORDER BY at`;
