import { Injectable } from '@nestjs/common';
import { RedisQueueBackend, type JobsOptions, type Queue } from 'bullmq';
import { crashPoint } from '../common/crash-points.js';
import { Reruns } from './reruns.js';
import { QUEUES, QUEUE_OF, type JobName, type Payload } from './catalogue.js';
import { DEFAULT_LANE, laneQueue } from './connection.js';

/** Longest wait for a queue's store: past it the caller goes on and a relay adds the job later. */
const ADD_TIMEOUT_MS = 1500;

/** A relay asks for hundreds of jobs at once, and nobody waits for it. */
const ENSURE_TIMEOUT_MS = 10_000;

export interface JobToAdd<J extends JobName> {
  id: string;
  payload: Payload<J>;
  priority?: number;
}

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
  private readonly reruns = new Reruns();

  constructor(private readonly queues: ReadonlyMap<string, Queue>) {}

  /** Throws when the queue's store does not take the job within 1.5 s. */
  async add<J extends JobName>(job: J, id: string, payload: Payload<J>, options: AddOptions = {}): Promise<void> {
    await withTimeout(this.queueOf(job, options.lane).add(job, payload, jobOptions(job, id, options)));
  }

  /** Adds many jobs in one round trip: all or none. */
  async addBulk<J extends JobName>(job: J, jobs: readonly JobToAdd<J>[], options: AddOptions = {}): Promise<void> {
    const rows = jobs.map(({ id, payload, priority }) => ({
      name: job,
      data: payload,
      opts: jobOptions(job, id, {
        ...options,
        priority,
      }),
    }));
    await withTimeout(this.queueOf(job, options.lane).addBulk(rows));
    crashPoint('queue.bulk_added');
  }

  /**
   * Has each of the jobs run unless it is done: for relays, whose rows say that the work is still owed. What the queue lost is added,
   * what waits or runs is left alone, and what failed starts over with all its attempts, for under its id an `add` would be ignored.
   * Answers how many were lost or had failed.
   */
  async ensure<J extends JobName>(job: J, jobs: readonly JobToAdd<J>[], options: AddOptions = {}): Promise<number> {
    if (jobs.length === 0) return 0;
    const queue = this.queueOf(job, options.lane);
    const ids = jobs.map(({ id }) => id);
    return withTimeout(
      (async () => {
        const known = await knownTo(queue, ids);
        const lost = jobs.filter(({ id }) => known.get(id) === 'unknown');
        if (lost.length > 0) await this.addBulk(job, lost, options);
        const failed = this.reruns.due(ids.filter((id) => known.get(id) === 'failed'));
        const again = await Promise.all(failed.map((id) => startOver(queue, id)));
        return lost.length + again.filter(Boolean).length;
      })(),
      ENSURE_TIMEOUT_MS,
    );
  }

  /** A small write to the queues' Redis, which fails as every `add` would when its memory is full. Where they live in PostgreSQL, nothing. */
  async probe(): Promise<void> {
    const [queue] = this.queues.values();
    const backend: unknown = queue?.backend;
    if (!queue || !(backend instanceof RedisQueueBackend)) return;
    const client = await backend.client;
    await withTimeout(client.set(queue.toKey('probe'), 1, { PX: 10_000 }));
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

/** The state of each job; those of one moment travel together. */
async function knownTo(queue: Queue, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map(await Promise.all(ids.map(async (id) => [id, await queue.getJobState(id)] as const)));
}

/** Whether the failed job waits again, by us. Another instance's relay may have been first. */
async function startOver(queue: Queue, id: string): Promise<boolean> {
  const job = await queue.getJob(id);
  if (!job) return false; // gone this moment: the next round finds it lost
  try {
    await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
    return true;
  } catch (error) {
    if (await job.isFailed()) throw error;
    return false;
  }
}

async function withTimeout<T>(asked: Promise<T>, ms = ADD_TIMEOUT_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the queue store did not answer in time')), ms);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
