import { z } from 'zod';

/**
 * TABLE 1 of 2: what we ask for. Queue → its one job, the payload's schema (ids only, never data) and every option, explicit.
 * A worker's lock is short so that the jobs of a killed worker start again within about 2 s (60 s by BullMQ's defaults).
 */
export const QUEUES = {
  quotes: {
    job: 'route.quote',
    about: 'Ask one lane’s providers to quote one route.',
    schema: z.strictObject({
      routeId: z.string(),
      tenantId: z.string(),
      lane: z.string(),
      /** How many lines it has, where that is at hand: its turn comes by that. */
      work: z.int().optional(),
    }),
    role: 'quotes',
    attempts: 3,
    backoffMs: 100,
    concurrency: 64,
    timeoutMs: 65_000,
    keepCompleted: { age: 3600, count: 5000 },
    keepFailed: { age: 7 * 24 * 3600, count: 5000 },
  },
  plans: {
    job: 'plan.generate',
    about: 'Make one meal plan: draft, repair, prove, price, route.',
    schema: z.strictObject({ planId: z.string(), tenantId: z.string() }),
    role: 'planner',
    attempts: 3,
    backoffMs: 200,
    // A plan waits for a model nearly all of its time; the solver has threads and a line of its own.
    concurrency: 128,
    timeoutMs: 125_000,
    keepCompleted: { age: 3600, count: 5000 },
    keepFailed: { age: 7 * 24 * 3600, count: 5000 },
  },
  imports: {
    job: 'import.read',
    about: 'Read one import’s files and merge them with the history.',
    schema: z.strictObject({ importId: z.string(), tenantId: z.string() }),
    role: 'planner',
    attempts: 3,
    backoffMs: 500,
    // Each has a thread of its own with 256 MB.
    concurrency: 2,
    timeoutMs: 300_000,
    keepCompleted: { age: 3600, count: 5000 },
    keepFailed: { age: 7 * 24 * 3600, count: 5000 },
  },
  carts: {
    job: 'cart.read',
    about: 'Read one cart’s words.',
    schema: z.strictObject({ cartId: z.string(), tenantId: z.string() }),
    role: 'planner',
    attempts: 3,
    backoffMs: 200,
    concurrency: 16,
    timeoutMs: 30_000,
    keepCompleted: { age: 3600, count: 5000 },
    keepFailed: { age: 7 * 24 * 3600, count: 5000 },
  },
  webhooks: {
    job: 'webhook.deliver',
    about: 'Make one attempt to deliver one webhook.',
    schema: z.strictObject({ deliveryId: z.string(), tenantId: z.string() }),
    role: 'notifier',
    // The delivery's own schedule lives in its row; a job is one attempt.
    attempts: 1,
    backoffMs: 1000,
    concurrency: 32,
    timeoutMs: 30_000,
    keepCompleted: { age: 3600, count: 5000 },
    keepFailed: { age: 7 * 24 * 3600, count: 5000 },
  },
} as const satisfies Record<string, QueueRow>;

interface QueueRow {
  job: string;
  about: string;
  schema: z.ZodType;
  role: 'quotes' | 'aggregator' | 'planner' | 'notifier';
  attempts: number;
  backoffMs: number;
  concurrency: number;
  timeoutMs: number;
  keepCompleted: { age: number; count: number };
  keepFailed: { age: number; count: number };
}

export type QueueName = keyof typeof QUEUES;
export type JobName = (typeof QUEUES)[QueueName]['job'];
export type Payload<J extends JobName> = z.infer<Extract<(typeof QUEUES)[QueueName], { job: J }>['schema']>;

/** The queue that carries a job. */
export const QUEUE_OF = Object.fromEntries(Object.entries(QUEUES).map(([queue, row]) => [row.job, queue])) as {
  [J in JobName]: QueueName;
};

/** `runRetryDelay`: after the queue's store was away; BullMQ's own pause is 15 s, longer than most routes live. */
export const WORKER_LOCK = {
  lockDuration: 2000,
  stalledInterval: 1000,
  maxStalledCount: 5,
  runRetryDelay: 500,
} as const;
