import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Queues } from '../../../queues/queues.js';
import type { Due } from './deliveries.repository.js';

/** Puts due deliveries in the queue. The rows are the truth and the jobs only make it prompt. */
@Injectable()
export class DeliveryJobs {
  constructor(
    private readonly queues: Queues,
    private readonly log: PinoLogger,
  ) {}

  /** Never throws: a job that cannot be added now is added by the relay once its row is overdue. */
  async add(due: readonly Due[], delayMs = 0): Promise<void> {
    if (due.length === 0) return;
    try {
      await this.queues.addBulk(
        'webhook.deliver',
        due.map((row) => job(row, row.dueMs)),
        { delayMs },
      );
    } catch (error) {
      this.log.warn({ deliveries: due.length, error: String(error) }, 'webhook.enqueue_deferred');
    }
  }

  /** For rows whose job was lost: at most one more job a minute for each. Throws when the queue does not take them. */
  async addAgain(lost: readonly (Due & { minute: string })[]): Promise<void> {
    await this.queues.addBulk(
      'webhook.deliver',
      lost.map((row) => job(row, `again${row.minute}`)),
    );
  }
}

/** The same state of a row gives the same id, so that adding it twice is adding it once; a new state always gives a new id. */
function job({ deliveryId, tenantId, attempts }: Due, moment: string) {
  return { id: `${deliveryId}-${attempts}-${moment}`, payload: { deliveryId, tenantId } };
}
