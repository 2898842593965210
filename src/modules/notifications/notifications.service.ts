import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { databaseNow } from '../../common/clock.js';
import { crashPoint } from '../../common/crash-points.js';
import { isRefusedForData } from '../../common/sql-state.js';
import type { EventEnvelope } from '../../events/event.js';
import { Database } from '../../platform/database/database.js';
import { isStoreAway } from '../../platform/database/store-errors.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { beginSpan, traceFields, traceHeaders } from '../../platform/telemetry/tracing.js';
import type { Payload } from '../../queues/catalogue.js';
import { isWebhookType, messageOf } from './deciding/message.js';
import { MAX_ATTEMPTS, holdMs, judge, type Verdict } from './deciding/schedule.js';
import { sign } from './deciding/signature.js';
import {
  DeliveriesRepository,
  type AttemptOutcome,
  type Claim,
  type Settlement,
} from './deliveries/deliveries.repository.js';
import { DeliveryJobs } from './deliveries/delivery-jobs.js';
import { SecretsService } from './endpoints/secrets.service.js';
import { NoticesService } from './notices.service.js';
import { notificationsMetrics } from './notifications.metrics.js';
import { EndpointGate } from './sending/endpoint-gate.js';
import { WebhookClient, originOf, type SendResult } from './sending/webhook.client.js';

const RELAY_BATCH = 200;
const MAX_BEGUN = 2 * MAX_ATTEMPTS;
const GIVEN_UP: SendResult = {
  kind: 'failed',
  reason: 'interrupted',
  detail: `${MAX_BEGUN} attempts began and the last was not seen to its end`,
  durationMs: 0,
};

/**
 * Tells others what happened, at least once, with one id and one body however often it takes. A webhook is sent for an event whose
 * row committed together with what it announces, so whoever reads the API on receiving one never sees anything older than it told.
 * What endpoints exist is EndpointsService's; what a tenant sees of its deliveries and asks for again is DeliveriesService's.
 */
@Injectable()
export class NotificationsService {
  private readonly gate = new EndpointGate();

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly jobs: DeliveryJobs,
    private readonly secrets: SecretsService,
    private readonly notices: NoticesService,
    private readonly client: WebhookClient,
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
  ) {}

  /** Makes deliveries of a batch of events. Hearing an event again adds nothing. */
  async fanOut(events: readonly EventEnvelope[]): Promise<void> {
    const messages = events.filter((event) => isWebhookType(event.name)).map(messageOf);
    if (messages.length === 0) return;
    await this.jobs.add(await this.deliveries.fanOut(this.database, messages));
  }

  /** One attempt at a delivery that is due; nothing for one that is not. */
  async attempt({ deliveryId, tenantId }: Payload<'webhook.deliver'>, signal: AbortSignal): Promise<void> {
    const outlook = await this.deliveries.look(tenantId, deliveryId);
    if (!outlook?.due) return;
    const { endpointId, attempts } = outlook;
    if (!outlook.open) return this.stop(tenantId, endpointId);
    if (outlook.behindMs !== null) return this.postpone(deliveryId, attempts, outlook.behindMs);
    const slotMs = outlook.limited ? await this.deliveries.slot(deliveryId, endpointId) : 0;
    const waitMs = slotMs || this.gate.enter(endpointId, deliveryId);
    if (waitMs > 0) return this.postpone(deliveryId, attempts, waitMs);
    let delivered: boolean | null = null;
    try {
      // Counted before the POST: a crash mid-send must not look like a first try.
      const claim = await this.deliveries.claim(deliveryId);
      if (claim) delivered = await this.send(claim, signal);
    } finally {
      this.gate.leave(endpointId, deliveryId, delivered);
    }
  }

  /** Queues again what is overdue because its job was lost; answers whether there may be more. */
  async relay(): Promise<boolean> {
    const lost = await this.deliveries.lost(RELAY_BATCH);
    if (lost.length > 0) await this.jobs.addAgain(lost);
    return false;
  }

  /** Answers whether it was delivered. */
  private async send(claim: Claim, signal: AbortSignal): Promise<boolean> {
    if (claim.number === 1) this.metrics.of(notificationsMetrics).firstAttempt.observe(claim.sinceEventSeconds);
    // Attempts that are cut off leave no outcome; a delivery that ends each process that sends it must not be sent for ever.
    const facts = {
      'loopgpt.subject': claim.subject,
      'loopgpt.event_type': claim.type,
      'loopgpt.attempt': claim.number,
    };
    const span = beginSpan('POST webhook', 'client', claim.traceparent, facts);
    const result = claim.step > MAX_BEGUN ? GIVEN_UP : await this.post(claim, span.context, signal);
    if (result.kind === 'answered') span.end({ 'http.response.status_code': result.statusCode });
    else span.end({}, result.reason);
    crashPoint('webhook.post_send');
    const statusCode = result.kind === 'answered' ? result.statusCode : null;
    const retryAfterMs = result.kind === 'answered' ? result.retryAfterMs : null;
    const verdict = judge({ statusCode, retryAfterMs, step: claim.step, failingMs: claim.failingMs });
    const pauseMs = verdict.kind === 'retry' ? holdMs({ statusCode, retryAfterMs }) : 0;
    if (pauseMs > 0) this.gate.pause(claim.endpointId, pauseMs);
    await this.settleSurely(claim, result, verdict);
    this.record(claim, span.context, result, verdict);
    return verdict.kind === 'delivered';
  }

  private async post(claim: Claim, traceparent: string, signal: AbortSignal): Promise<SendResult> {
    const body = Buffer.from(claim.body, 'utf8');
    try {
      const secrets = await this.secrets.signing(claim);
      const timestamp = Math.floor(databaseNow() / 1000);
      const headers = {
        'user-agent': 'LoopGPT-Webhooks/1',
        'webhook-id': claim.messageId,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': sign(body, claim.messageId, timestamp, secrets),
        ...traceHeaders(traceparent),
      };
      return await this.client.post({ url: claim.url, headers, body }, signal);
    } catch (error) {
      // Ours to mend (the key that sealed the secret is missing here, say), and the schedule gives days to do it. While the store is
      // away nothing was sent and nothing can be settled: the attempt is made again.
      if (isStoreAway(error)) throw error;
      this.log.error({ endpoint_id: claim.endpointId, error: String(error) }, 'webhook.unsigned');
      return { kind: 'failed', reason: 'unsigned', detail: 'it could not be signed', durationMs: 0 };
    }
  }

  /** An attempt whose outcome the store refuses is settled without what it refuses, or it would be made again for ever. */
  private async settleSurely(claim: Claim, result: SendResult, verdict: Verdict): Promise<void> {
    try {
      await this.settle(claim, result, verdict);
    } catch (error) {
      if (!isRefusedForData(error)) throw error;
      this.log.error({ delivery_id: claim.deliveryId, error: String(error) }, 'webhook.outcome_refused');
      const { statusCode, durationMs } = outcomeOf(result);
      const bare = { statusCode, durationMs, error: 'the outcome could not be stored', answer: null };
      const due = await this.deliveries.settle(this.database, claim, bare, settlementOf(verdict));
      if (due && verdict.kind === 'retry') await this.jobs.add([due], verdict.delayMs);
    }
  }

  private async settle(claim: Claim, result: SendResult, verdict: Verdict): Promise<void> {
    const outcome = outcomeOf(result);
    if (verdict.kind === 'delivered') {
      await this.deliveries.settle(this.database, claim, outcome, { status: 'delivered' });
      return;
    }
    const due = await this.database.system(async (tx) => {
      const next = await this.deliveries.settle(tx, claim, outcome, settlementOf(verdict));
      const announced = await this.notices.announce(tx, claim, outcome, verdict);
      return { next, announced };
    });
    if (due.next && verdict.kind === 'retry') await this.jobs.add([due.next], verdict.delayMs);
    await this.jobs.add(due.announced);
  }

  private async stop(tenantId: string, endpointId: string): Promise<void> {
    const stopped = await this.database.system((tx) => this.deliveries.stopPending(tx, tenantId, endpointId));
    this.log.info({ tenant_id: tenantId, endpoint_id: endpointId, deliveries: stopped }, 'webhook.stopped');
  }

  private async postpone(deliveryId: string, attempts: number, waitMs: number): Promise<void> {
    const due = await this.deliveries.postpone(deliveryId, attempts, waitMs);
    if (due) await this.jobs.add([due], waitMs);
  }

  private record(claim: Claim, traceparent: string, result: SendResult, verdict: Verdict): void {
    this.metrics.of(notificationsMetrics).attempts.inc({ outcome: verdict.kind });
    this.log.info(
      {
        delivery_id: claim.deliveryId,
        event_id: claim.messageId,
        event_type: claim.type,
        subject: claim.subject,
        tenant_id: claim.tenantId,
        endpoint_id: claim.endpointId,
        ...traceFields(traceparent),
        origin: URL.canParse(claim.url) ? originOf(claim.url) : null,
        attempt: claim.number,
        outcome: verdict.kind,
        status_code: result.kind === 'answered' ? result.statusCode : null,
        reason: result.kind === 'failed' ? result.reason : null,
        ms: result.durationMs,
        retry_in_ms: verdict.kind === 'retry' ? verdict.delayMs : null,
      },
      'webhook.attempted',
    );
  }
}

function outcomeOf(result: SendResult): AttemptOutcome {
  const { durationMs } = result;
  if (result.kind === 'answered') {
    return { statusCode: result.statusCode, error: null, answer: result.answer, durationMs };
  }
  return { statusCode: null, error: `${result.reason}: ${result.detail}`, answer: null, durationMs };
}

function settlementOf(verdict: Verdict): Settlement {
  switch (verdict.kind) {
    case 'retry':
      return { status: 'pending', delayMs: verdict.delayMs };
    case 'delivered':
      return { status: 'delivered' };
    case 'exhausted':
      return { status: 'exhausted' };
    case 'gone':
    case 'failing':
      return { status: 'stopped' };
  }
}
