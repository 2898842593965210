import { placeOf, type Load } from '../../common/pacing/estimate.js';
import { traceIdOf } from '../../platform/telemetry/tracing.js';
import type { Answer } from './deciding/policy.js';
import { regret } from './deciding/regret.js';
import type { QuoteSummary, RouteResource, RouteSnapshot } from './routing.dto.js';
import type { RouteRow } from './routing.repository.js';

/** Stored rows as callers see them. Pure. */

/** The route as its closing event carries it, from the answers that came in time. */
export function snapshotOf(route: RouteRow, answers: readonly Answer[]): RouteSnapshot {
  return {
    id: route.id,
    status: route.status,
    reference: route.reference,
    metadata: route.metadata,
    createdAt: route.createdAt.toISOString(),
    deadlineAt: route.deadlineAt.toISOString(),
    closedAt: route.closedAt?.toISOString() ?? null,
    traceId: traceIdOf(route.traceparent) ?? '',
    outcome: route.outcome,
    quotes: answers.map(summaryOf),
  };
}

/** The route as GET shows it: also what came late, compared with the winner, and every quote's lines. */
export function resourceOf(route: RouteRow, answers: readonly Answer[], load: Load): RouteResource {
  const late = route.outcome ? answers.filter((answer) => answer.late) : [];
  const inTime = answers.filter((answer) => !answer.late);
  return {
    ...snapshotOf(route, answers),
    lateQuotes: late.map((answer) => regret(route.policy, inTime, answer, route.closedAt!.toISOString())),
    cancelAt: route.cancelAt?.toISOString() ?? null,
    queue: route.status === 'open' ? placeOf(route, load) : null,
    confirmation: null,
    lines: Object.fromEntries(answers.flatMap((answer) => linesOf(answer))),
  };
}

function linesOf({ providerId, result }: Answer): [string, RouteResource['lines'][string]][] {
  return result.ok && result.offer.kind === 'quote' ? [[providerId, result.offer.lines]] : [];
}

function summaryOf({ providerId, result, latencyMs, late }: Answer): QuoteSummary {
  const offer = result.ok ? result.offer : null;
  const quote = offer?.kind === 'quote' ? offer : null;
  return {
    providerId,
    status: quote?.status ?? (offer ? 'link' : 'failed'),
    late,
    latencyMs,
    currency: quote?.currency ?? null,
    itemsCents: quote?.itemsCents ?? null,
    feesCents: quote?.feesCents ?? null,
    taxCents: quote?.taxCents ?? null,
    deliveryCents: quote?.deliveryCents ?? null,
    totalCents: quote?.totalCents ?? null,
    unknownParts: quote?.unknownParts ?? [],
    deliveryMinutes: quote?.deliveryMinutes ?? null,
    url: offer?.kind === 'link' ? offer.url : (quote?.handoffUrl ?? null),
    observedAt: offer?.observedAt ?? null,
    expiresAt: offer?.expiresAt ?? null,
    simulated: offer?.simulated ?? null,
    cached: offer ? (offer.cached ?? false) : null,
    reason: result.ok ? null : result.failure.reason,
    detail: result.ok ? null : result.failure.detail,
  };
}
