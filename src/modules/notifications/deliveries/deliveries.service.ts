import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { AppError } from '../../../common/errors.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { EndpointsRepository } from '../endpoints/endpoints.repository.js';
import { TEST_TYPE, ownMessage } from '../deciding/message.js';
import type {
  DeliveryList,
  DeliveryResource,
  DeliverySummary,
  ListDeliveries,
  Replay,
  Replayed,
} from '../notifications.dto.js';
import { DeliveriesRepository, type Due } from './deliveries.repository.js';
import {
  DeliveryHistoryRepository,
  type AttemptRow,
  type DeliveryRow,
  type Span,
} from './delivery-history.repository.js';
import { DeliveryJobs } from './delivery-jobs.js';

const ATTEMPTS_SHOWN = 100;
const REPLAY_BATCH = 1000;

/**
 * What a tenant sees of its deliveries and asks for again. Asking again starts the schedule anew with the same id and the same
 * body, also for what was delivered: receivers know an id they have seen.
 */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly history: DeliveryHistoryRepository,
    private readonly endpoints: EndpointsRepository,
    private readonly jobs: DeliveryJobs,
    private readonly database: Database,
  ) {}

  list(tenantId: string, query: ListDeliveries): Promise<DeliveryList> {
    return this.database.tenantOne(tenantId, (tx) => this.page(tx, tenantId, query));
  }

  listOf(tenantId: string, endpointId: string, query: ListDeliveries): Promise<DeliveryList> {
    return this.database.tenant(tenantId, async (tx) => {
      if (!(await this.endpoints.find(tx, tenantId, endpointId))) throw endpointNotFound(tenantId, endpointId);
      return this.page(tx, tenantId, query, endpointId);
    });
  }

  get(tenantId: string, id: string): Promise<DeliveryResource> {
    return this.database.tenant(tenantId, (tx) => this.read(tx, tenantId, id));
  }

  async resend(tenantId: string, id: string): Promise<DeliveryResource> {
    const { due, delivery } = await this.database.tenant(tenantId, async (tx) => {
      const found = await this.read(tx, tenantId, id);
      await this.requireOpen(tx, tenantId, found.endpointId);
      const restarted = await this.history.restart(tx, tenantId, id);
      return { due: restarted, delivery: await this.read(tx, tenantId, id) };
    });
    await this.jobs.add(due ? [due] : []);
    return delivery;
  }

  async replay(tenantId: string, endpointId: string, { since, until, dryRun }: Replay): Promise<Replayed> {
    const span = { since, until: until ?? null };
    if (dryRun) return this.foresee(tenantId, endpointId, span);
    const due = await this.database.tenant(tenantId, async (tx) => {
      await this.requireOpen(tx, tenantId, endpointId);
      return this.history.restartFailed(tx, tenantId, endpointId, span, REPLAY_BATCH);
    });
    await this.jobs.add(due);
    return { dryRun, deliveries: due.length, more: due.length === REPLAY_BATCH };
  }

  /** Sends a test event to one endpoint, whatever its filter. */
  async test(tenantId: string, endpointId: string): Promise<DeliveryResource> {
    const { due, delivery } = await this.database.tenant(tenantId, async (tx) => {
      await this.requireOpen(tx, tenantId, endpointId);
      const about = { tenantId, subject: endpointId };
      const message = ownMessage(
        TEST_TYPE,
        about,
        { endpointId, note: 'You asked for this test.' },
        new Date(databaseNow()),
      );
      const made: Due = await this.deliveries.insertFor(tx, message, endpointId);
      return { due: made, delivery: await this.read(tx, tenantId, made.deliveryId) };
    });
    await this.jobs.add([due]);
    return delivery;
  }

  private foresee(tenantId: string, endpointId: string, span: Span): Promise<Replayed> {
    return this.database.tenant(tenantId, async (tx) => {
      if ((await this.endpoints.openness(tx, tenantId, endpointId)) === null)
        throw endpointNotFound(tenantId, endpointId);
      const failed = await this.history.countFailed(tx, tenantId, endpointId, span, REPLAY_BATCH);
      return { dryRun: true, deliveries: failed, more: failed === REPLAY_BATCH };
    });
  }

  private async page(tx: Tx, tenantId: string, query: ListDeliveries, endpointId?: string): Promise<DeliveryList> {
    const { limit, cursor = null, status, subject } = query;
    const rows = await this.history.list(tx, tenantId, { endpointId, status, subject }, cursor, limit + 1);
    const data = rows.slice(0, limit).map(summary);
    return { data, nextCursor: rows.length > limit ? data.at(-1)!.id : null };
  }

  private async read(tx: Tx, tenantId: string, id: string): Promise<DeliveryResource> {
    const row = await this.history.find(tx, tenantId, id);
    if (!row) throw new AppError('delivery_not_found', `delivery ${id}, tenant ${tenantId}`);
    const attempts = await this.history.attempts(tx, tenantId, id, ATTEMPTS_SHOWN);
    return { ...summary(row), body: row.body, attempts: attempts.map(attempt) };
  }

  private async requireOpen(tx: Tx, tenantId: string, endpointId: string): Promise<void> {
    const open = await this.endpoints.openness(tx, tenantId, endpointId);
    if (open === null) throw endpointNotFound(tenantId, endpointId);
    if (!open) throw new AppError('endpoint_disabled', `endpoint ${endpointId}, tenant ${tenantId}`);
  }
}

function endpointNotFound(tenantId: string, id: string): AppError {
  return new AppError('endpoint_not_found', `endpoint ${id}, tenant ${tenantId}`);
}

function summary(row: DeliveryRow): DeliverySummary {
  const { id, endpointId, messageId, type, subject, status, attempts: attemptCount } = row;
  return {
    id,
    endpointId,
    eventId: messageId,
    type,
    subject,
    status,
    attemptCount,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}

function attempt(row: AttemptRow): DeliveryResource['attempts'][number] {
  return { ...row, startedAt: row.startedAt.toISOString() };
}
