import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Outbox } from '../../events/outbox.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { isStoreAway } from '../../platform/database/store-errors.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { traceIdOf } from '../../platform/telemetry/tracing.js';
import type { ProviderAnswer } from '../providers/provider.js';
import { closingOf, type Closed } from './closing.js';
import { Patience } from './patience.js';
import type { RouteSnapshot } from './routing.dto.js';
import { RoutingRepository, type OpenRoute } from './routing.repository.js';

export interface ReceivedAnswer {
  routeId: string;
  tenantId: string;
  answer: ProviderAnswer;
}

/**
 * Closes routes, exactly once each: answers are stored under their route's lock, the pure `decide` looks at what is stored, and the
 * terminal state is a compare-and-set in the same transaction, with the event row that announces it. Safe to run twice, anywhere.
 */
@Injectable()
export class DecisionService {
  private readonly patience = new Patience();

  constructor(
    private readonly routes: RoutingRepository,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
  ) {}

  /** Stores a batch of answers and closes the routes they complete: one transaction. */
  async collect(answers: readonly ReceivedAnswer[]): Promise<void> {
    await this.holding(async (tx, holdMs) => {
      const stored = await this.routes.insertAnswers(tx, answers, holdMs);
      for (const { providerId, late } of stored) if (late) this.metrics.lateQuotes.inc({ provider: providerId });
      const open = [...new Set(stored.filter(({ late }) => !late).map(({ routeId }) => routeId))];
      return open.length === 0 ? [] : this.closeDecided(tx, await this.routes.openRoutes(tx, open));
    });
  }

  /** Closes routes whose time is up, by their deadline or their caller's wish, from whatever is stored; any instance may. Answers how many it closed. */
  async closeOverdue(limit: number): Promise<number> {
    const overdue = await this.routes.overdueIds(limit);
    if (overdue.length === 0) return 0;
    return this.holding(async (tx, holdMs) => {
      const locked = await this.routes.lockOpen(tx, overdue, holdMs);
      return locked.length === 0 ? [] : this.closeDecided(tx, await this.routes.openRoutes(tx, locked));
    });
  }

  /** A transaction that holds routes while it decides; answers how many it closed. */
  private async holding(work: (tx: Tx, holdMs: number) => Promise<Closed[]>): Promise<number> {
    try {
      const decided = await this.database.system((tx) => work(tx, this.patience.holdMs));
      this.patience.kept();
      this.announce(decided);
      return decided.length;
    } catch (error) {
      if (isStoreAway(error)) this.patience.lost();
      throw error;
    }
  }

  private async closeDecided(tx: Tx, routes: readonly OpenRoute[]): Promise<Closed[]> {
    const decided = routes.flatMap((route) => closingOf(route) ?? []);
    if (decided.length === 0) return [];
    const closed = new Set(
      await this.routes.close(
        tx,
        decided.map(({ closing }) => closing),
      ),
    );
    return decided.filter(({ route }) => closed.has(route.id));
  }

  private announce(decided: readonly Closed[]): void {
    if (decided.length === 0) return;
    this.outbox.wake();
    for (const { route, snapshot } of decided) this.record(route, snapshot);
  }

  private record(route: OpenRoute, { status, outcome }: RouteSnapshot): void {
    if (!outcome) return;
    this.metrics.outcomes.inc({ status, rule: outcome.rule });
    this.metrics.latency.observe(route.elapsedMs / 1000);
    if (outcome.winner) this.metrics.selections.inc({ provider: outcome.winner.providerId });
    if (outcome.rule === 'deadline') {
      this.metrics.overshoot.observe(Math.max(0, route.now.getTime() - route.deadlineAt.getTime()) / 1000);
    }
    this.log.info(
      {
        event: 'router_decision',
        function_name: 'loopgpt_route_order',
        route_id: route.id,
        tenant_id: route.tenantId,
        trace_id: traceIdOf(route.traceparent),
        status,
        rule: outcome.rule,
        selected_provider_id: outcome.winner?.providerId ?? null,
        total_cents: outcome.winner?.totalCents ?? null,
        score: outcome.winner?.score ?? null,
        total_latency_ms: Math.round(route.elapsedMs),
        counted: outcome.counted.length,
        failed: outcome.failed.length,
        excluded: outcome.excluded.length,
        outstanding: outcome.outstanding,
        policy_version: outcome.policyVersion,
      },
      'router_decision',
    );
  }
}
