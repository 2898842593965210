import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import type { Type } from '@nestjs/common';
import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { isStoreAway } from '../platform/database/store-errors.js';
import { Metrics } from '../platform/telemetry/metrics.js';
import type { Config } from '../config.js';
import { QUEUES, QUEUE_OF, WORKER_LOCK, type JobName, type Payload, type QueueName } from './catalogue.js';
import { queueConnection } from './connection.js';
import { putBack } from './put-back.js';

/**
 * The worker class of a catalogue queue, or of a lane's queue of the same kind: `processor` with the catalogue's options and a
 * worker's own connection (one that waits for its store, while producers fail fast).
 */
export function workerOf(
  config: Config,
  queue: QueueName,
  processor: Type<WorkerHost>,
  options: { queueName?: string; concurrency?: number } = {},
): Type<WorkerHost> {
  class QueueWorker extends (processor as Type<object>) {}
  const concurrency = options.concurrency ?? QUEUES[queue].concurrency;
  const connection = queueConnection(config, 'worker');
  Processor({ name: options.queueName ?? queue }, { concurrency, connection, ...WORKER_LOCK })(QueueWorker);
  return QueueWorker as Type<WorkerHost>;
}

/**
 * Base of every processor: parses the payload, bounds the time, counts, and never swallows: what `handle` throws is BullMQ's to
 * retry. An unreadable payload fails at once and for good; a store that is away uses up no attempt.
 */
export abstract class JobHost<J extends JobName> extends WorkerHost {
  protected abstract readonly job: J;
  protected abstract readonly metrics: Metrics;
  protected abstract readonly log: PinoLogger;

  /** One attempt at the job. `signal` aborts at the catalogue's timeout. */
  protected abstract handle(payload: Payload<J>, signal: AbortSignal): Promise<void>;

  /** The queue's store is away or answers badly; the worker goes on trying. */
  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.log.warn({ queue: QUEUE_OF[this.job], error: error.message }, 'queue.store_error');
  }

  override async process(job: Job, token?: string): Promise<void> {
    const queue = QUEUE_OF[this.job];
    const parsed = QUEUES[queue].schema.safeParse(job.data);
    if (!parsed.success) {
      this.metrics.jobs.inc({ queue, result: 'unreadable' });
      throw new UnrecoverableError(`payload does not fit ${this.job}: ${parsed.error.issues[0]?.message}`);
    }
    const from = performance.now();
    if (job.attemptsStarted <= 1)
      this.metrics.queueWait.observe({ queue }, Math.max(0, Date.now() - job.timestamp - job.delay) / 1000);
    try {
      await this.handle(parsed.data as Payload<J>, AbortSignal.timeout(QUEUES[queue].timeoutMs));
      this.metrics.jobs.inc({ queue, result: 'completed' });
    } catch (error) {
      if (isStoreAway(error)) {
        this.metrics.jobs.inc({ queue, result: 'put_back' });
        this.log.warn({ queue, job_id: job.id, error: String(error) }, 'job.put_back');
        await putBack(job, token);
        throw new DelayedError();
      }
      this.metrics.jobs.inc({ queue, result: 'failed' });
      this.log.error({ queue, job_id: job.id, attempt: job.attemptsMade + 1, error: String(error) }, 'job.failed');
      throw error;
    } finally {
      this.metrics.queueRun.observe({ queue }, (performance.now() - from) / 1000);
    }
  }
}
