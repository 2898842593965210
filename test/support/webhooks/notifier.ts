import { PinoLogger } from 'nestjs-pino';
import type { Queue } from 'bullmq';
import { newId } from '../../../src/common/ids.js';
import { readConfig } from '../../../src/read-config.js';
import type { EventEnvelope } from '../../../src/events/event.js';
import { DeliveriesRepository } from '../../../src/modules/notifications/deliveries/deliveries.repository.js';
import { DeliveriesService } from '../../../src/modules/notifications/deliveries/deliveries.service.js';
import { DeliveryHistoryRepository } from '../../../src/modules/notifications/deliveries/delivery-history.repository.js';
import { DeliveryJobs } from '../../../src/modules/notifications/deliveries/delivery-jobs.js';
import { EndpointsRepository } from '../../../src/modules/notifications/endpoints/endpoints.repository.js';
import { EndpointsService } from '../../../src/modules/notifications/endpoints/endpoints.service.js';
import { NoticesService } from '../../../src/modules/notifications/notices.service.js';
import { NotificationsService } from '../../../src/modules/notifications/notifications.service.js';
import { SecretsService } from '../../../src/modules/notifications/endpoints/secrets.service.js';
import { WebhookClient } from '../../../src/modules/notifications/sending/webhook.client.js';
import { TenantSecrets } from '../../../src/modules/tenants/tenant-secrets.service.js';
import { Sealer } from '../../../src/platform/crypto/sealed.js';
import { PublicUrls } from '../../../src/platform/outgoing/public-url.js';
import { Metrics } from '../../../src/platform/telemetry/metrics.js';
import { Queues } from '../../../src/queues/queues.js';
import { createStores, migrated, withClient } from '../stores.js';

interface Job {
  id: string;
  payload: { deliveryId: string; tenantId: string };
  delayMs: number;
}

/** Stands where BullMQ's queue does: keeps jobs by id, and lets the test decide when and whether they run. */
class HeldQueue {
  readonly jobs = new Map<string, Job>();
  down = false;

  async addBulk(rows: { data: Job['payload']; opts: { jobId: string; delay?: number } }[]): Promise<void> {
    if (this.down) throw new Error('the store of the queue is away');
    for (const { data, opts } of rows) {
      if (!this.jobs.has(opts.jobId)) {
        this.jobs.set(opts.jobId, { id: opts.jobId, payload: data, delayMs: opts.delay ?? 0 });
      }
    }
  }
}

/** The notifications module on a real database, its jobs run by hand so that crashes and days can be put between them. */
export async function startNotifier() {
  const stores = await createStores();
  const config = readConfig({ LOOPGPT_ENV: 'test', LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true', ...stores.env });
  const metrics = new Metrics();
  const database = await migrated(stores);
  const log = new PinoLogger({ pinoHttp: { level: process.env.TEST_LOG_LEVEL ?? 'silent' } });
  const queue = new HeldQueue();
  const jobs = new DeliveryJobs(new Queues(new Map([['webhooks', queue as unknown as Queue]])), log);
  const endpoints = new EndpointsRepository();
  const repository = new DeliveriesRepository(database);
  const history = new DeliveryHistoryRepository();
  const sealer = new Sealer(config.secretKey);
  const urls = PublicUrls.forConfig(config);
  const never = new AbortController().signal;

  /** An instance with a gate of its own; `repo` may be one that crashes. */
  const instance = (repo: DeliveriesRepository = repository, seal: Sealer = sealer) => {
    const secrets = new SecretsService(seal, new TenantSecrets(database));
    const notices = new NoticesService(endpoints, repo, log);
    return new NotificationsService(repo, jobs, secrets, notices, new WebhookClient(urls), database, metrics, log);
  };
  let service = instance();

  return {
    database,
    stores,
    sealer,
    queue,
    repository,
    instance,
    get service() {
      return service;
    },
    endpoints: new EndpointsService(
      endpoints,
      repository,
      new SecretsService(sealer, new TenantSecrets(database)),
      urls,
      database,
    ),
    deliveries: new DeliveriesService(repository, history, endpoints, jobs, database),
    /** Runs the jobs queued without delay, and those they lead to; answers how many. */
    async run(by: NotificationsService = service): Promise<number> {
      let count = 0;
      for (;;) {
        const ready = [...queue.jobs.values()].filter((job) => job.delayMs === 0);
        if (ready.length === 0) return count;
        for (const job of ready) queue.jobs.delete(job.id);
        await Promise.all(ready.map((job) => by.attempt(job.payload, never)));
        count += ready.length;
      }
    },
    attempt: (deliveryId: string, tenantId = 'ten_a', by: NotificationsService = service) =>
      by.attempt({ deliveryId, tenantId }, never),
    /** Lets the time of a delivery's next attempt come. */
    makeDue: (deliveryId: string) =>
      database.query(
        `UPDATE webhook_deliveries SET next_attempt_at = clock_timestamp() WHERE id = $1 AND status = 'pending'`,
        [deliveryId],
      ),
    admin: <T extends object>(sql: string, params: unknown[] = []) =>
      withClient(stores.adminUrl, async (client) => (await client.query<T>(sql, params)).rows),
    /** Empties the tables and the queue, and forgets what the process knew about receivers. */
    async reset(): Promise<void> {
      service = instance();
      queue.jobs.clear();
      queue.down = false;
      const tables =
        'webhook_attempts, webhook_deliveries, webhook_messages, webhook_endpoints, events, quotes, routes';
      await withClient(stores.adminUrl, (client) => client.query(`TRUNCATE ${tables} CASCADE`));
      await database.query('UPDATE tenants SET webhook_secret_sealed = NULL');
    },
    async close(): Promise<void> {
      await database.close();
      await stores.drop();
    },
  };
}
export type Notifier = Awaited<ReturnType<typeof startNotifier>>;

export function routeDecided(overrides: Partial<EventEnvelope> = {}): EventEnvelope {
  const subject = overrides.subject ?? newId('req');
  return {
    id: newId('evt'),
    name: 'route.decided',
    tenantId: 'ten_a',
    subject,
    sequence: 1,
    time: new Date().toISOString(),
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    data: `{"id":"${subject}","status":"fulfilled", "totalCents": 1.0e3}`,
    ...overrides,
  };
}
