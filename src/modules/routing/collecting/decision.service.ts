import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { crashPoint } from '../../../common/crash-points.js';
import { Outbox } from '../../../events/outbox.js';
import type { Why } from '../../../operations/operations.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { type Span, beginSpan, isRecording, traceFields } from '../../../platform/telemetry/tracing.js';
import type { Answer, Outcome } from '../deciding/policy.js';
import { overheadMs, worthOf } from '../deciding/worth.js';
import type { RouteSnapshot } from '../routing.dto.js';
import { routingMetrics } from '../routing.metrics.js';
import { RoutingRepository, type OpenRoute, type ReceivedAnswer, type Settled } from '../routing.repository.js';
import { cancellationOf, closingOf, type Closed } from './closing.js';
import { KnownRoutes, type KnownRoute } from './known-routes.js';

/** `traceparent`: carried by the record that brought it. */
export type NewAnswer = Omit<ReceivedAnswer, 'atMs'> & { traceparent?: string };
type Deciding = Closed & { span: Span };

const LEFT_OPEN = 100;

/**
 * Closes routes, exactly once each: the pure `decide` looks at what this process knows of a route with a batch's answers, and one statement
 * stores those and, where it is ripe, closes it by compare-and-set with the event row that announces it, unless more is stored than was
 * known. Safe to run twice, anywhere.
 */
@Injectable()
export class DecisionService {
  constructor(
    private readonly routes: RoutingRepository,
    private readonly known: KnownRoutes,
    private readonly outbox: Outbox,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
  ) {}

  /** Stores a batch of answers and closes the routes they complete. */
  async collect(answers: readonly NewAnswer[]): Promise<void> {
    const received = answers.map((answer) => ({ ...answer, atMs: this.momentOf(answer) }));
    const ripe = new Map<string, Deciding>();
    const closings = [...new Set(received.map(({ routeId }) => routeId))].flatMap((id) => {
      const route = this.known.get(id);
      if (!route) return [];
      const fresh = freshOf(route, received);
      const ready = closingOf(this.known.opened(route, [...route.answers, ...fresh]));
      if (!ready) return [];
      const closed = deciding(ready, answers.findLast(({ routeId }) => routeId === id)?.traceparent);
      ripe.set(id, closed);
      return [{ ...closed.closing, before: route.answers.length, fresh: fresh.length }];
    });
    crashPoint('aggregator.pre_tx');
    const settled = await this.routes.settle(received, closings);
    crashPoint('aggregator.post_tx');
    this.announce(
      settled.flatMap(({ id, position, time }) => (position && time ? [{ ...ripe.get(id)!, position, time }] : [])),
    );
    // Not known here, or other answers are stored than were known.
    const unsure = settled.filter(
      ({ id, status, position }) => status === 'open' && position === null && (ripe.has(id) || !this.known.get(id)),
    );
    for (const route of settled) this.note(route, received);
    if (unsure.length > 0) await this.look(unsure.map(({ id }) => id));
  }

  /** Ends open routes from whatever is stored: overdue ones are decided, and those that are not wanted any more cancelled. */
  async end(ids: readonly string[], why: Why): Promise<number> {
    const open = await this.routes.openRoutes(ids);
    if (why === 'deadline') crashPoint('sweeper.pre_close');
    return this.close(
      open.flatMap((route) => (why === 'cancelled' ? cancellationOf(route) : (closingOf(route) ?? []))),
    );
  }

  /** Looks again at routes that have enough answers and are still open. */
  async lookAgain(): Promise<void> {
    await this.close((await this.routes.leftOpen(LEFT_OPEN)).flatMap((route) => closingOf(route) ?? []));
  }

  /** Reads routes of which this process does not know all, and closes those that are ripe. */
  private async look(ids: readonly string[]): Promise<void> {
    const open = await this.routes.openRoutes(ids);
    for (const route of open) {
      const { answers, elapsedMs } = route;
      this.known.learn(route, { answers, elapsedMs, asked: this.known.get(route.id)?.asked ?? null });
    }
    await this.close(open.flatMap((route) => closingOf(route) ?? []));
  }

  private async close(ripe: readonly Closed[]): Promise<number> {
    if (ripe.length === 0) return 0;
    const all = ripe.map((closed) => deciding(closed));
    const told = new Map((await this.routes.close(all.map(({ closing }) => closing))).map((row) => [row.id, row]));
    this.announce(all.flatMap((one) => (told.has(one.route.id) ? [{ ...one, ...told.get(one.route.id)! }] : [])));
    return told.size;
  }

  private momentOf({ routeId }: { routeId: string }): number | null {
    const route = this.known.get(routeId);
    return route ? this.known.elapsedMs(route) : null;
  }

  private note({ id, status, position, stored }: Settled, received: readonly ReceivedAnswer[]): void {
    if (position !== null || status !== 'open') this.known.forget(id);
    if (status !== 'open') {
      for (const provider of stored) this.metrics.of(routingMetrics).lateQuotes.inc({ provider });
      return;
    }
    const route = this.known.get(id);
    if (route)
      this.known.stored(
        id,
        freshOf(route, received).filter(({ providerId }) => stored.includes(providerId)),
      );
  }

  private announce(decided: readonly (Deciding & { position: string; time: string })[]): void {
    this.outbox.handOver(
      decided.map(({ route, closing: { event }, position, time }) => {
        const { id: subject, tenantId } = route;
        const traceparent = event.traceparent ?? route.traceparent;
        return { ...event, tenantId, subject, traceparent, sequence: 1, position, time };
      }),
    );
    for (const { route, snapshot, span } of decided) {
      span.end({ 'loopgpt.status': snapshot.status, 'loopgpt.rule': snapshot.outcome?.rule });
      this.record(route, snapshot, span.context);
    }
  }

  private measure(route: OpenRoute, outcome: Outcome): void {
    const meters = this.metrics.of(routingMetrics);
    meters.outcomes.inc({ status: outcome.status, rule: outcome.rule });
    meters.latency.observe(route.elapsedMs / 1000);
    if (outcome.rule === 'deadline')
      meters.overshoot.observe(Math.max(0, route.now.getTime() - route.deadlineAt.getTime()) / 1000);
    const overhead = overheadMs(outcome);
    if (overhead !== null) meters.overhead.observe(overhead / 1000);
    const worth = worthOf(route.policy, route.answers, outcome);
    if (!worth || !outcome.winner) return;
    const { currency, valueCents, commissionCents, alternativesCents } = worth;
    meters.selections.inc({ provider: outcome.winner.providerId });
    meters.valueCents.inc({ currency }, valueCents);
    meters.commissionCents.inc({ currency }, commissionCents);
    if (alternativesCents === null) return;
    meters.comparedCents.inc({ currency }, valueCents);
    meters.alternativesCents.inc({ currency }, alternativesCents);
  }

  private record(route: OpenRoute, { status, outcome }: RouteSnapshot, traceparent: string): void {
    if (!outcome) return;
    this.measure(route, outcome);
    this.log.info(
      {
        event: 'router_decision',
        function_name: 'loopgpt_route_order',
        route_id: route.id,
        tenant_id: route.tenantId,
        ...traceFields(traceparent),
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

/**
 * The step that closes a route, under the record that made it ripe, or under its acceptance where time did; its event is told by it. One that
 * another process was before in never ends, and so is never heard of.
 */
function deciding(closed: Closed, traceparent: string = closed.route.traceparent): Deciding {
  const { route, closing } = closed;
  const span = beginSpan('decide route', 'consumer', traceparent, { 'loopgpt.subject': route.id });
  if (!isRecording()) return { ...closed, span };
  return { ...closed, closing: { ...closing, event: closing.event.by(span.context) }, span };
}

/** Of a batch, the answers to this route that are not known of yet: the first of each provider, and none that names another tenant. */
function freshOf({ row, answers }: KnownRoute, received: readonly ReceivedAnswer[]): Answer[] {
  const seen = new Set<string>(answers.map(({ providerId }) => providerId));
  return received.flatMap(({ routeId, tenantId, answer, atMs }) => {
    const { providerId, result, latencyMs } = answer;
    if (routeId !== row.id || tenantId !== row.tenantId || seen.has(providerId)) return [];
    seen.add(providerId);
    return [{ providerId, result, latencyMs, atMs: atMs!, late: false }];
  });
}
