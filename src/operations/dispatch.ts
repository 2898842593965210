import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { crashPoint } from '../common/crash-points.js';
import { Queues, type JobToAdd } from '../queues/queues.js';
import type { Kind } from './catalogue.js';

/** One job of an operation: ids only. A kind whose work is parted has several, each in its lane. */
export interface Job {
  id: string;
  payload: Readonly<Record<string, string | number>>;
  lane?: string;
}

/**
 * Puts jobs in the queue after the commit. The row is its own outbox: what is not queued now, or is lost or fails later, is queued by the
 * relay under the same ids, so a queue that lost everything is rebuilt from PostgreSQL.
 */
@Injectable()
export class Dispatch {
  constructor(
    private readonly queues: Queues,
    private readonly log: PinoLogger,
  ) {}

  /** Without keeping the caller waiting; what fails is left to the relay. */
  soon(kind: Kind, jobs: readonly Job[], priority: number | undefined): void {
    crashPoint('api.pre_enqueue');
    for (const { id, payload, lane } of jobs) {
      this.queues.add(kind.job, id, payload as never, { lane, priority }).catch((error: unknown) => {
        this.log.warn({ job_id: id, error: String(error) }, 'dispatch.deferred');
      });
    }
  }

  /** Has those run again whose job was lost or has failed. Answers how many. */
  async ensure(kind: Kind, jobs: readonly (Job & { priority: number | undefined })[]): Promise<number> {
    let restarted = 0;
    for (const lane of new Set(jobs.map((job) => job.lane))) {
      const mine = jobs.filter((job) => job.lane === lane) as unknown as JobToAdd<typeof kind.job>[];
      restarted += await this.queues.ensure(kind.job, mine, { lane });
    }
    return restarted;
  }
}
