import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { newId } from '../../common/ids.js';
import { Operations } from '../../operations/operations.js';
import { Sealer } from '../../platform/crypto/sealed.js';
import { keptOf } from '../../platform/http/submission.js';
import { PublicUrls } from '../../platform/outgoing/public-url.js';
import { unreadIn } from '../../vocabulary/refusals.js';
import { QuotesService } from '../providers/quotes.service.js';
import { InForceService } from '../switches/in-force.service.js';
import { buildPolicy, weightFaults, type Dealt } from './deciding/build-policy.js';
import { armOf, soundExperiment, type Experiment } from './deciding/experiment.js';
import { NewRoutes, type NewRoute } from './new-routes.js';
import type { CreateRoute } from './routing.dto.js';
import { TrackRecords } from './track-records.js';

@Injectable()
export class NewRoutesService extends NewRoutes {
  /** As it was read last; a text is read once. */
  private experiment: { text: string | undefined; read: Experiment | null } = { text: undefined, read: null };

  constructor(
    private readonly quotes: QuotesService,
    private readonly operations: Operations,
    private readonly trackRecords: TrackRecords,
    private readonly urls: PublicUrls,
    private readonly sealer: Sealer,
    private readonly inForce: InForceService,
  ) {
    super();
  }

  /** Throws `route_unusable`, `overloaded`, `tenant_backlog_full`, `providers_none_enabled`, `webhook_url_refused`. */
  async of(tenantId: string, body: CreateRoute): Promise<NewRoute> {
    const unread = body.items.flatMap((item, index) => unreadIn(item, `/items/${index}`));
    if (unread.length > 0) throw new AppError('route_unusable', `${unread.length} words unread`, { errors: unread });
    const candidates = this.quotes.candidates();
    const id = newId('req');
    const dealt = this.dealt(tenantId, id);
    const policy = buildPolicy(body, this.inForce.values, candidates, this.trackRecords.recent(), dealt);
    const errors = weightFaults(policy.weights);
    if (errors.length > 0) throw new AppError('route_unusable', 'no weight counts', { errors });
    const { deadlineMs } = policy;
    this.operations.refuse('route', tenantId, { work: body.items.length, deadlineMs });
    if (!candidates.some((candidate) => !candidate.linkOnly)) {
      throw new AppError('providers_none_enabled', 'no provider that quotes is enabled and configured', {
        retryAfterSeconds: 30,
      });
    }
    if (!policy.expected.some(({ linkOnly }) => !linkOnly)) {
      const quoting = candidates.filter(({ linkOnly }) => !linkOnly).map(({ id }) => id);
      throw new AppError('route_unusable', 'none of the providers named quotes', {
        errors: [
          {
            pointer: '/providers',
            detail: `none of these is enabled and quotes; those that do: ${quoting.join(', ')}`,
          },
        ],
      });
    }
    const webhook = body.webhook && {
      ...body.webhook,
      url: await this.urls.check(body.webhook.url, '/webhook/url'),
    };
    return {
      id,
      tenantId,
      work: body.items.length,
      deadlineMs,
      ...keptOf({ ...body, webhook }, (secret) => this.sealer.sealText(secret)),
      own: { request: { items: body.items, shippingAddress: body.shippingAddress }, policy },
    };
  }

  private dealt(tenantId: string, routeId: string): Dealt | null {
    const text = this.inForce.values.LOOPGPT_EXPERIMENT;
    if (text !== this.experiment.text) this.experiment = { text, read: soundExperiment(text) };
    const { read } = this.experiment;
    const dealt = read && armOf(read, tenantId, routeId);
    return dealt && { id: read.id, ...dealt };
  }
}
