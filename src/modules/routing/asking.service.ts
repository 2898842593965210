import { Injectable } from '@nestjs/common';
import { Batcher } from '../../common/batcher.js';
import { Deadline } from '../../common/deadline.js';
import { Config } from '../../config.js';
import { DirectPublisher } from '../../events/direct.publisher.js';
import { directEvent } from '../../events/event.js';
import type { Payload } from '../../queues/catalogue.js';
import { parseLanes } from '../providers/lanes.js';
import type { ProviderAnswer, ProviderId } from '../providers/provider.js';
import { QuotesService } from '../providers/quotes.service.js';
import { quotedOf } from './progress.js';
import { RoutingRepository, type PickedUp } from './routing.repository.js';

/**
 * The worker's side of routing: reads the route a job names, asks the lane's providers that have not answered yet, and publishes
 * each answer the moment it lands. Done only when every answer is safe, so a killed worker's job runs again.
 */
@Injectable()
export class AskingService {
  private readonly lanes: ReadonlyMap<string, readonly ProviderId[]>;
  private readonly pickingUp: Batcher<string, PickedUp | undefined>;
  /** Routes being asked for in this process, so that a cancellation can stop them. */
  private readonly asking = new Map<string, Set<AbortController>>();

  constructor(
    private readonly routes: RoutingRepository,
    private readonly quotes: QuotesService,
    private readonly publisher: DirectPublisher,
    config: Config,
  ) {
    this.lanes = parseLanes(config.values.LOOPGPT_LANES);
    this.pickingUp = new Batcher((ids) => this.pickUp(ids), { maxItems: 200, maxInFlight: 2 });
  }

  /** One lane of one route. Nothing to do when the route is closed, cancelled or past its deadline. */
  async ask({ routeId, lane }: Payload<'route.quote'>, signal: AbortSignal): Promise<void> {
    const route = await this.pickingUp.add(routeId);
    if (!route) return;
    const members = this.lanes.get(lane) ?? [];
    const providers = route.policy.expected
      .map((provider) => provider.id)
      .filter((id) => members.includes(id) && !route.answered.includes(id));
    const cancel = this.cancellable(routeId);
    const published: Promise<void>[] = [];
    try {
      await this.quotes.ask(
        { routeId, tenantId: route.tenantId, traceparent: route.traceparent, ...route.request },
        providers,
        Deadline.in(route.remainingMs),
        AbortSignal.any([signal, cancel.signal]),
        // Nothing is kept of a cancelled route's calls that were cut off.
        (answer) => void (cancel.signal.aborted || published.push(this.publish(route, answer))),
      );
      await Promise.all(published);
    } finally {
      this.release(routeId, cancel);
    }
  }

  /** Stops asking for a route in this process; no provider is called for it afterwards. */
  cancel(routeId: string): void {
    for (const controller of this.asking.get(routeId) ?? []) controller.abort();
  }

  private publish(route: PickedUp, answer: ProviderAnswer): Promise<void> {
    const about = { tenantId: route.tenantId, subject: route.id, traceparent: route.traceparent };
    return this.publisher.publish([
      directEvent('quote.received', about, { routeId: route.id, answer }),
      directEvent('route.quoted', about, quotedOf(route.id, answer)),
    ]);
  }

  private async pickUp(ids: string[]): Promise<(PickedUp | undefined)[]> {
    const rows = new Map((await this.routes.pickUp([...new Set(ids)])).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id));
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
