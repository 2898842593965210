import { Injectable } from '@nestjs/common';
import { Batcher } from '../../../common/pacing/batcher.js';
import { crashPoint } from '../../../common/crash-points.js';
import { Deadline } from '../../../common/deadline.js';
import { Config } from '../../../config.js';
import { DirectPublisher } from '../../../events/direct.publisher.js';
import { directEvent } from '../../../events/event.js';
import { parseWeights } from '../../../operations/deciding/fairness.js';
import { Turns } from '../../../operations/deciding/turns.js';
import { inSpan } from '../../../platform/telemetry/tracing.js';
import type { Payload } from '../../../queues/catalogue.js';
import { parseLanes } from '../../providers/lanes.js';
import type { ProviderAnswer, ProviderId } from '../../providers/provider.js';
import { QuotesService } from '../../providers/quotes.service.js';
import { KnownRoutes } from '../collecting/known-routes.js';
import { RoutingRepository, type Asked, type PickedUp } from '../routing.repository.js';
import { AnnotatingService } from './annotating.service.js';
import { quotedOf } from './progress.js';

/** So many lines for each route that a worker asks for at once: few long carts, or many short ones. */
const LINES_A_ROUTE = 4;
/** A tenant that has nothing under way begins so many lines at once. */
const SMALL_LINES = 20;
/** Longer carts have half of the room. An adapter asks for a few lines of one at a time, so that so many of them are asked for together. */
const LONG_CARTS = 4;

/**
 * The worker's side of routing: reads the route a job names, asks the lane's providers that have not answered yet, and publishes
 * each answer the moment it lands. Done only when every answer is safe, so a killed worker's job runs again.
 */
@Injectable()
export class AskingService {
  private readonly lanes: ReadonlyMap<string, readonly ProviderId[]>;
  private readonly pickingUp: Batcher<string, (PickedUp & { asked: Asked }) | undefined>;
  /** Routes being asked for in this process, so that a cancellation can stop them. */
  private readonly asking = new Map<string, Set<AbortController>>();
  private readonly turns: Turns;
  private readonly forLong: number;

  constructor(
    private readonly routes: RoutingRepository,
    private readonly known: KnownRoutes,
    private readonly quotes: QuotesService,
    private readonly publisher: DirectPublisher,
    private readonly annotating: AnnotatingService,
    config: Config,
  ) {
    const { LOOPGPT_LANES, LOOPGPT_QUOTES_CONCURRENCY, LOOPGPT_TENANT_WEIGHTS } = config.values;
    this.lanes = parseLanes(LOOPGPT_LANES);
    this.pickingUp = new Batcher((ids) => this.pickUp(ids), { maxItems: 200, maxInFlight: 2 });
    const room = LINES_A_ROUTE * LOOPGPT_QUOTES_CONCURRENCY;
    this.forLong = Math.ceil(room / 2);
    this.turns = new Turns({
      room,
      small: SMALL_LINES,
      large: { over: SMALL_LINES, most: this.forLong },
      weights: parseWeights(LOOPGPT_TENANT_WEIGHTS),
    });
  }

  /** One lane of one route, at its turn. Nothing to do when the route is closed, cancelled or past its deadline. */
  ask(job: Payload<'route.quote'>, signal: AbortSignal): Promise<void> {
    const { routeId, tenantId, work = 1 } = job;
    const cancel = this.cancellable(routeId);
    const takes = Math.min(work, Math.ceil(this.forLong / LONG_CARTS));
    return this.turns
      .run(tenantId, { work, takes }, () => this.askAtOnce(job, signal, cancel.signal), signal)
      .finally(() => this.release(routeId, cancel));
  }

  private async askAtOnce(
    { routeId, lane }: Payload<'route.quote'>,
    signal: AbortSignal,
    cancel: AbortSignal,
  ): Promise<void> {
    const route = cancel.aborted ? undefined : await this.pickingUp.add(routeId);
    if (!route) return;
    const { asked, answered, remainingMs } = route;
    const members = this.lanes.get(lane) ?? [];
    const providers = asked.policy.expected
      .map((provider) => provider.id)
      .filter((id) => members.includes(id) && !answered.includes(id));
    const { tenantId, traceparent, request } = asked;
    await inSpan('route.quote', 'consumer', traceparent, { 'loopgpt.subject': routeId }, async (own) => {
      const published: Promise<void>[] = [];
      crashPoint('worker.pre_call');
      await this.quotes.ask(
        { routeId, tenantId, traceparent: own, ...request },
        providers,
        Deadline.in(remainingMs),
        AbortSignal.any([signal, cancel]),
        // Nothing is kept of a cancelled route's calls that were cut off.
        (answer, by) => void (cancel.aborted || published.push(this.tell(routeId, asked, answer, by))),
      );
      await Promise.all(published);
      crashPoint('worker.post_produce');
    });
  }

  /** Stops asking for a route in this process; no provider is called for it afterwards. */
  cancel(routeId: string): void {
    for (const controller of this.asking.get(routeId) ?? []) controller.abort();
  }

  /** At once, unless the route wants what was seen before with it. */
  private tell(routeId: string, asked: Asked, answer: ProviderAnswer, by: string): Promise<void> {
    if (!asked.policy.priceCheck) return this.publish(routeId, asked, answer, by);
    return this.annotating.annotated(asked.tenantId, answer).then((one) => this.publish(routeId, asked, one, by));
  }

  private publish(routeId: string, { tenantId }: Asked, answer: ProviderAnswer, by: string): Promise<void> {
    crashPoint('worker.post_response');
    const facts = { 'messaging.destination.name': 'quotes.v1', 'loopgpt.subject': routeId };
    return inSpan('quote.received publish', 'producer', by, facts, (traceparent) => {
      const about = { tenantId, subject: routeId, traceparent };
      return this.publisher.publish([
        directEvent('quote.received', about, { routeId, answer }),
        directEvent('route.quoted', about, quotedOf(routeId, answer)),
      ]);
    });
  }

  private async pickUp(ids: string[]): Promise<((PickedUp & { asked: Asked }) | undefined)[]> {
    const known = new Map(ids.flatMap((id) => entryOf(id, this.known.get(id)?.asked)));
    const rows = new Map((await this.routes.pickUp([...new Set(ids)], [...known.keys()])).map((row) => [row.id, row]));
    return ids.map((id) => {
      const row = rows.get(id);
      return row && { ...row, asked: row.asked ?? known.get(id)! };
    });
  }

  private cancellable(routeId: string): AbortController {
    const controller = new AbortController();
    this.asking.set(routeId, (this.asking.get(routeId) ?? new Set()).add(controller));
    return controller;
  }

  private release(routeId: string, controller: AbortController): void {
    const controllers = this.asking.get(routeId);
    controllers?.delete(controller);
    if (controllers?.size === 0) this.asking.delete(routeId);
  }
}

const entryOf = (id: string, asked: Asked | null | undefined): [string, Asked][] => (asked ? [[id, asked]] : []);
