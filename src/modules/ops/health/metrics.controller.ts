import { readFileSync } from 'node:fs';
import { Controller, Get, NotFoundException, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../common/errors.js';
import { Config } from '../../../config.js';
import { OutboxRelay } from '../../../events/outbox.relay.js';
import { builtFile } from '../../../platform/data-file.js';
import { Database } from '../../../platform/database/database.js';
import { isStoreAway } from '../../../platform/database/store-errors.js';
import { Metrics, untold, type Sounding } from '../../../platform/telemetry/metrics.js';
import { Queues } from '../../../queues/queues.js';
import { Logins } from '../../tenants/logins.service.js';
import { Public, mayOperatorsRead } from '../../tenants/tenant.decorator.js';
import { formerMetrics, formerSummary } from './former-metrics.js';
import { MetricsReaders } from './metrics-readers.js';

/** A store that is slower than this is told as away, for Prometheus does not wait. */
const STORE_MS = 1500;
/** Of so many waiting jobs of a queue the oldest is looked for. */
const LOOK_AT = 1000;
const { version: VERSION } = JSON.parse(readFileSync(builtFile('package.json'), 'utf8')) as { version: string };
const PROMETHEUS = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Prometheus text. Where LOOPGPT_METRICS_PUBLIC is not true, as in production, it needs a key with the scope admin or admin:read. What a store that
 * is away would tell is missing, and `loopgpt_store_up` says why; everything else is told as ever, to a key that was let in before, too.
 */
@ApiExcludeController()
@Controller('metrics')
@Public()
export class MetricsController {
  private readonly readers = new MetricsReaders();

  constructor(
    private readonly metrics: Metrics,
    private readonly queues: Queues,
    private readonly outbox: OutboxRelay,
    private readonly logins: Logins,
    private readonly database: Database,
    private readonly config: Config,
  ) {
    for (const role of config.roles) metrics.buildInfo.set({ version: VERSION, role }, 1);
  }

  /** As JSON, in the words of the former optimizer, to who asks for that. */
  @Get()
  async page(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    return wantsJson(request.headers.accept) ? this.json(request) : this.text(request, reply);
  }

  @Get('prometheus')
  async text(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    await this.admit(request);
    await this.measure();
    reply.header('Content-Type', PROMETHEUS);
    return this.metrics.registry.metrics();
  }

  @Get('summary')
  async summary(@Req() request: FastifyRequest): Promise<ReturnType<typeof formerSummary>> {
    await this.admit(request);
    return formerSummary(await this.metrics.registry.getMetricsAsJSON(), process.uptime());
  }

  private async json(request: FastifyRequest): Promise<ReturnType<typeof formerMetrics>> {
    await this.admit(request);
    await this.measure();
    const families = await this.metrics.registry.getMetricsAsJSON();
    return formerMetrics(families, process.uptime(), process.memoryUsage.rss());
  }

  private async admit(request: FastifyRequest): Promise<void> {
    if (!this.config.values.ENABLE_METRICS) throw new NotFoundException();
    if (this.config.metricsPublic) return;
    const key = request.headers.authorization ?? '';
    const looked = await inTime(
      this.logins.of(request).then(
        (tenant) => (mayOperatorsRead(tenant) ? 'may' : new AppError('scope_missing', 'metrics need admin')),
        (error: Error) => error,
      ),
    );
    const isAway = looked === null || (looked !== 'may' && isStoreAway(looked));
    if (isAway && this.readers.isKnown(key)) return;
    if (looked === 'may') return this.readers.letIn(key);
    if (!isAway) this.readers.refused(key);
    throw looked ?? new AppError('store_unavailable', 'the key could not be looked up');
  }

  private async measure(): Promise<void> {
    this.database.measure();
    await Promise.all([this.measureQueues(), this.measureOutbox(), ...this.metrics.soundings.map(taken)]);
  }

  private async measureQueues(): Promise<void> {
    const { queueOldestSeconds, queueUp, storeUp } = this.metrics;
    const ages = await inTime(
      Promise.all(this.queues.all().map(async ([name, queue]) => ({ name, age: await ageOf(queue) }))),
    );
    storeUp.set({ store: 'queues' }, ages ? 1 : 0);
    queueUp.set(ages ? 1 : 0);
    queueOldestSeconds.reset();
    if (!this.config.roles.has('aggregator')) return;
    for (const { name, age } of ages ?? []) queueOldestSeconds.set({ queue: name }, age);
  }

  private async measureOutbox(): Promise<void> {
    const pending = await inTime(this.outbox.pending());
    this.metrics.storeUp.set({ store: 'database' }, pending === null ? 0 : 1);
    if (pending === null || !this.config.roles.has('aggregator')) this.metrics.outboxPending.remove();
    else this.metrics.outboxPending.set(pending);
  }
}

/** What a store that is away would tell is told by nobody. */
async function taken({ gauges, measure }: Sounding): Promise<void> {
  const done = await inTime(measure().then(() => true));
  if (done) return;
  for (const gauge of gauges) untold(gauge);
}

/** Prometheus names its text formats, a browser takes anything; neither wants JSON. */
const wantsJson = (accept = '') => /application\/json/i.test(accept) && !/text\/|openmetrics/i.test(accept);

/** Seconds that the oldest job has waited for a worker: among those with a priority it may be any. */
async function ageOf(queue: ReturnType<Queues['all']>[number][1]): Promise<number> {
  const [[first], prioritized] = await Promise.all([
    queue.getJobs(['waiting'], 0, 0, true),
    queue.getJobs(['prioritized'], 0, LOOK_AT - 1, true),
  ]);
  const oldest = Math.min(...[first, ...prioritized].map((job) => job?.timestamp ?? Infinity));
  return Math.max(0, (Date.now() - oldest) / 1000);
}

/** Null when the store did not answer, or not in time. */
async function inTime<T>(asked: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), STORE_MS);
  });
  try {
    return await Promise.race([asked.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
