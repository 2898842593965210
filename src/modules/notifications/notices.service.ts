import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { Tx } from '../../platform/database/database.js';
import { NOTICE_TYPES, ownMessage } from './deciding/message.js';
import { DISABLE_AFTER_MS, dueNotice, type Verdict } from './deciding/schedule.js';
import { DeliveriesRepository, type AttemptOutcome, type Claim, type Due } from './deliveries/deliveries.repository.js';
import { EndpointsRepository } from './endpoints/endpoints.repository.js';

type NoticeType = (typeof NOTICE_TYPES)[number];

/**
 * What a failed attempt means beyond its delivery: an endpoint that is gone or has failed for five days is disabled, and its owner
 * is told of that, of long outages on the way there, and of deliveries given up. Notices are webhooks to the tenant's other
 * endpoints, written in the transaction of what they tell; a notice that fails itself causes no further notice.
 */
@Injectable()
export class NoticesService {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly log: PinoLogger,
  ) {}

  /** Disables where the verdict says so, and answers the deliveries of the notices made. */
  async announce(tx: Tx, claim: Claim, outcome: AttemptOutcome, verdict: Verdict): Promise<Due[]> {
    switch (verdict.kind) {
      case 'delivered':
        return [];
      case 'gone':
      case 'failing':
        return this.disable(tx, claim, verdict.kind);
      case 'exhausted': {
        const lastError = outcome.error ?? `status ${outcome.statusCode}`;
        const { deliveryId, messageId: eventId, number: attempts } = claim;
        const given = await this.tell(tx, claim, 'delivery.exhausted', { deliveryId, eventId, attempts, lastError });
        return [...given, ...(await this.warn(tx, claim))];
      }
      case 'retry':
        return this.warn(tx, claim);
    }
  }

  private async disable(tx: Tx, claim: Claim, reason: 'gone' | 'failing'): Promise<Due[]> {
    const { tenantId, endpointId } = claim;
    const endpoint = await this.endpoints.disable(tx, tenantId, endpointId, reason);
    const stopped = await this.deliveries.stopPending(tx, tenantId, endpointId);
    this.log.warn({ tenant_id: tenantId, endpoint_id: endpointId, reason, deliveries: stopped }, 'endpoint.disabled');
    // Null when it was deleted meanwhile: its owner knows.
    if (endpoint?.disabledReason !== reason) return [];
    return this.tell(tx, claim, 'endpoint.disabled', { reason, disabledAt: endpoint.disabledAt });
  }

  private async warn(tx: Tx, claim: Claim): Promise<Due[]> {
    const { tenantId, endpointId, failingSince } = claim;
    const percent = dueNotice(claim.failingMs, claim.noticePercent);
    if (percent === null || failingSince === null) return [];
    if (!(await this.endpoints.markNotice(tx, tenantId, endpointId, percent))) return [];
    this.log.warn({ tenant_id: tenantId, endpoint_id: endpointId, percent }, 'endpoint.failing');
    const disablesAt = new Date(failingSince.getTime() + DISABLE_AFTER_MS);
    return this.tell(tx, claim, 'endpoint.failing', { failingSince, percent, disablesAt });
  }

  private async tell(tx: Tx, claim: Claim, type: NoticeType, facts: object): Promise<Due[]> {
    if ((NOTICE_TYPES as readonly string[]).includes(claim.type)) return [];
    const { tenantId, endpointId, url } = claim;
    const [{ now }] = (await tx.query<{ now: Date }>('SELECT clock_timestamp() AS now')) as [{ now: Date }];
    const message = ownMessage(type, { tenantId, subject: endpointId }, { endpointId, url, ...facts }, now);
    return this.deliveries.fanOut(tx, [message], endpointId);
  }
}
