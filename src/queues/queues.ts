import { Injectable } from '@nestjs/common';
import type { JobsOptions, Queue } from 'bullmq';
import { QUEUES, QUEUE_OF, type JobName, type Payload } from './catalogue.js';
import { DEFAULT_LANE, laneQueue } from './connection.js';

/** Longest wait for a queue's store: past it the caller goes on and a relay adds the job later. */
const ADD_TIMEOUT_MS = 1500;

export interface AddOptions {
  delayMs?: number;
  /** Selects the lane's own queue for `route.quote`. */
  lane?: string;
  /** BullMQ's: undefined goes before all others, then the smaller first. */
  priority?: number;
}

/** Adds jobs, typed by the catalogue. The same id twice is one job while the first is still kept. */
@Injectable()
export class Queues {
  constructor(private readonly queues: ReadonlyMap<string, Queue>) {}

  /** Throws when the queue's store does not take the job within 1.5 s. */
  async add<J extends JobName>(job: J, id: string, payload: Payload<J>, options: AddOptions = {}): Promise<void> {
    await withTimeout(this.queueOf(job, options.lane).add(job, payload, jobOptions(job, id, options)));
  }

  /** Adds many jobs in one round trip: all or none. */
  async addBulk<J extends JobName>(
    job: J,
    jobs: readonly { id: string; payload: Payload<J>; priority?: number }[],
    options: AddOptions = {},
  ): Promise<void> {
    const rows = jobs.map(({ id, payload, priority }) => ({
      name: job,
      data: payload,
      opts: jobOptions(job, id, {
        ...options,
        priority,
      }),
    }));
    await withTimeout(this.queueOf(job, options.lane).addBulk(rows));
  }

  /** Every BullMQ queue with its name, for dashboards and metrics. */
  all(): [name: string, queue: Queue][] {
    return [...this.queues];
  }

  private queueOf(job: JobName, lane: string = DEFAULT_LANE): Queue {
    const name = QUEUE_OF[job] === 'quotes' ? laneQueue(lane) : QUEUE_OF[job];
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`queue ${name} is not registered in this process`);
    return queue;
  }
}

function jobOptions(job: JobName, jobId: string, options: AddOptions): JobsOptions {
  const row = QUEUES[QUEUE_OF[job]];
  return {
    jobId,
    attempts: row.attempts,
    backoff: { type: 'exponential', delay: row.backoffMs, jitter: 0.5 },
    removeOnComplete: row.keepCompleted,
    removeOnFail: row.keepFailed,
    ...(options.delayMs ? { delay: options.delayMs } : {}),
    ...(options.priority ? { priority: options.priority } : {}),
  };
}

async function withTimeout(added: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the queue store did not answer in time')), ADD_TIMEOUT_MS);
  });
  try {
    await Promise.race([added, late]);
  } finally {
    clearTimeout(timer);
  }
}
