import { Processor, WorkerHost } from '@nestjs/bullmq';
import { UnrecoverableError, type Job } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { Metrics } from '../platform/telemetry/metrics.js';
import { QUEUES, QUEUE_OF, WORKER_LOCK, type JobName, type Payload, type QueueName } from './catalogue.js';

/** Makes a class the worker of a catalogue queue (or of a lane's queue of the same kind), with the catalogue's options. */
export function JobProcessor(queue: QueueName, options: { queueName?: string; concurrency?: number } = {}): ClassDecorator {
  const row = QUEUES[queue];
  return Processor(
    { name: options.queueName ?? queue },
    { concurrency: options.concurrency ?? row.concurrency, ...WORKER_LOCK },
  );
}

/**
 * Base of every processor: parses the payload, bounds the time, counts, and never swallows: what `handle` throws is BullMQ's to
 * retry. An unreadable payload fails at once and for good.
 */
export abstract class JobHost<J extends JobName> extends WorkerHost {
  protected abstract readonly job: J;
  protected abstract readonly metrics: Metrics;
  protected abstract readonly log: PinoLogger;

  /** One attempt at the job. `signal` aborts at the catalogue's timeout. */
  protected abstract handle(payload: Payload<J>, signal: AbortSignal): Promise<void>;

  override async process(job: Job): Promise<void> {
    const queue = QUEUE_OF[this.job];
    const parsed = QUEUES[queue].schema.safeParse(job.data);
    if (!parsed.success) {
      this.metrics.jobs.inc({ queue, result: 'unreadable' });
      throw new UnrecoverableError(`payload does not fit ${this.job}: ${parsed.error.issues[0]?.message}`);
    }
    try {
      await this.handle(parsed.data as Payload<J>, AbortSignal.timeout(QUEUES[queue].timeoutMs));
      this.metrics.jobs.inc({ queue, result: 'completed' });
    } catch (error) {
      this.metrics.jobs.inc({ queue, result: 'failed' });
      this.log.error({ queue, job_id: job.id, attempt: job.attemptsMade + 1, error: String(error) }, 'job.failed');
      throw error;
    }
  }
}
