import { Body, Controller, Injectable, Module, Param, Query, Req, Res, type DynamicModule } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { z } from 'zod';
import { ERRORS } from '../../src/errors.js';
import { newId } from '../../src/common/ids.js';
import type { Config } from '../../src/config.js';
import { EVENTS, TOPICS } from '../../src/events/catalogue.js';
import { KINDS, kindNamed, type KindName } from '../../src/operations/catalogue.js';
import { QUEUES, QUEUE_OF, type JobName, type QueueName } from '../../src/queues/catalogue.js';

/**
 * A kind of its own, as a module would bring it: a row in each of the three tables and two errors; further down its table, service,
 * processor and doors. Nothing else of the house knows of it.
 */
const TOY = 'toy' as KindName;
const JOB = 'toy.make' as JobName;
Object.assign(QUEUES, {
  toys: {
    ...QUEUES.plans,
    job: JOB,
    about: 'Make a toy.',
    schema: z.strictObject({ toyId: z.string(), tenantId: z.string() }),
  },
});
Object.assign(QUEUE_OF, { [JOB]: 'toys' });
const event = (about: string) => ({
  topic: 'toys.v1',
  version: 1,
  source: 'outbox',
  about,
  schema: z.looseObject({ id: z.string() }),
  terminal: true,
});
Object.assign(EVENTS, { 'toy.made': event('The toy is there.'), 'toy.cancelled': event('No toy.') });
(TOPICS as string[]).push('toys.v1');
Object.assign(ERRORS, {
  toy_not_found: [404, 'There is no such toy.', false],
  toy_already_closed: [409, 'The toy is made.', false],
});
Object.assign(KINDS, {
  toy: {
    prefix: 'toy',
    table: 'toys',
    path: 'toys',
    topic: 'toys.v1',
    job: JOB,
    relay: 'planner',
    read: 'toys:read',
    write: 'toys:write',
    missing: 'toy_not_found',
    closed: 'toy_already_closed',
    outcomes: ['toy.made', 'toy.cancelled'],
    webhooks: ['toy.made', 'toy.cancelled'],
    parts: {},
  },
});

import { Operations, type Why } from '../../src/operations/operations.js';
import type { NewOperation } from '../../src/operations/accepting.js';
import { close } from '../../src/operations/closing.js';
import { Cancels, Creates, Lists, Reads } from '../../src/operations/doors.js';
import { NewEvent } from '../../src/events/new-event.js';
import { Outbox } from '../../src/events/outbox.js';
import { Database } from '../../src/platform/database/database.js';
import { answerAccepted, answerCurrent } from '../../src/platform/http/submitted.js';
import { keptOf, submission } from '../../src/platform/http/submission.js';
import { Metrics } from '../../src/platform/telemetry/metrics.js';
import { JobHost, workerOf } from '../../src/queues/job.processor.js';
import { LongPolls } from '../../src/modules/tenants/long-polls.service.js';
import type { TenantContext } from '../../src/modules/tenants/scopes.js';
import { Tenant } from '../../src/modules/tenants/tenant.decorator.js';
import { rowsOf } from './stores.js';

export const TOY_TABLE = `
  CREATE TABLE toys (
    id text PRIMARY KEY, tenant_id text NOT NULL, status text NOT NULL DEFAULT 'open', reference text, metadata jsonb NOT NULL,
    webhook jsonb, traceparent text NOT NULL, work integer NOT NULL, sequence integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(), deadline_at timestamptz NOT NULL, cancel_at timestamptz,
    started_at timestamptz, closed_at timestamptz, wood text NOT NULL
  );
  ALTER TABLE toys ENABLE ROW LEVEL SECURITY;
  CREATE POLICY toys_tenant ON toys TO loopgpt_app USING (tenant_id = current_setting('loopgpt.tenant_id', true));
  CREATE POLICY toys_worker ON toys TO loopgpt_worker USING (true) WITH CHECK (true);
  GRANT SELECT, INSERT, UPDATE, DELETE ON toys TO loopgpt_app, loopgpt_worker`;

const CreateToy = z.strictObject({ wood: z.string(), makeMs: z.int().default(0), ...submission });
type CreateToy = z.infer<typeof CreateToy>;
const Toy = z.object({ id: z.string(), status: z.string(), wood: z.string() });
type Toy = z.infer<typeof Toy>;
const ToyList = z.object({ data: z.array(Toy) });
const ListToys = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) });

@Injectable()
class ToysService {
  constructor(
    private readonly operations: Operations,
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {
    operations.serve(TOY, {
      columns: { wood: 'text' },
      limits: () => ({ all: 100, own: 100, atOnce: 8, pace: 100, waits: 'open', windowSeconds: 60 }),
      lostAfterSeconds: 5,
      jobs: ({ id, tenantId }) => [{ id, payload: { toyId: id, tenantId } }],
      read: async (tenantId, id) => (await this.list(tenantId, id))[0] ?? null,
      end: (ids, why) => this.end(ids, why),
    });
  }

  create({ tenantId }: TenantContext, body: CreateToy, key: string | undefined) {
    return this.operations.accept(TOY, { tenantId, key, body, traceparent: undefined }, async (put, traceparent) => {
      this.operations.refuse(TOY, tenantId, { work: 1, deadlineMs: 5000 });
      const row: NewOperation = {
        id: newId('toy'),
        tenantId,
        work: 1,
        deadlineMs: 5000,
        cancelAfterSeconds: null,
        traceparent,
        ...keptOf(body, () => ''),
        own: { wood: body.makeMs > 0 ? `slow ${body.wood}` : body.wood },
      };
      return put(row);
    });
  }

  list(tenantId: string, id: string | null = null): Promise<Toy[]> {
    return this.database.tenant(tenantId, (tx) =>
      tx.query<Toy>('SELECT id, status, wood FROM toys WHERE $1::text IS NULL OR id = $1 ORDER BY id DESC', [id]),
    );
  }

  async make(id: string): Promise<void> {
    const [toy] = await this.database.query<Toy>(
      `UPDATE toys SET started_at = clock_timestamp() WHERE id = $1 AND status = 'open' RETURNING id, status, wood`,
      [id],
    );
    if (toy && !toy.wood.startsWith('slow')) await this.end([id], 'made');
  }

  async end(ids: readonly string[], why: Why | 'made'): Promise<number> {
    const status = why === 'deadline' ? 'cancelled' : why;
    const closings = ids.map((id) => ({
      id,
      status,
      closedAt: new Date().toISOString(),
      event: NewEvent.of((status === 'made' ? 'toy.made' : 'toy.cancelled') as never, { id, status } as never),
      own: {},
    }));
    const closed = await close(this.database, kindNamed(TOY), { columns: {} }, closings);
    this.outbox.wake();
    return closed.length;
  }
}

@Injectable()
class ToyProcessor extends JobHost<JobName> {
  protected readonly job = JOB;

  constructor(
    private readonly toys: ToysService,
    protected readonly metrics: Metrics,
    protected readonly log: PinoLogger,
  ) {
    super();
  }

  protected handle(payload: unknown): Promise<void> {
    return this.toys.make((payload as { toyId: string }).toyId);
  }
}

@ApiTags('toys')
@Controller('v1/toys')
class ToysController {
  constructor(
    private readonly toys: ToysService,
    private readonly operations: Operations,
    private readonly polls: LongPolls,
  ) {}

  @Creates(TOY, 'Make a toy', { 200: Toy, 202: Toy })
  async create(
    @Tenant() tenant: TenantContext,
    @Body({ schema: CreateToy }) body: CreateToy,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Toy> {
    const key = request.headers['idempotency-key'] as string | undefined;
    const { id, replayed } = await this.toys.create(tenant, body, key);
    return answerAccepted(reply, {
      resource: await this.read(tenant, id, request, reply),
      replayed,
      root: '/v1/toys',
    });
  }

  @Lists(TOY, ToyList)
  async list(@Tenant() { tenantId }: TenantContext, @Query({ schema: ListToys }) _query: unknown) {
    return { data: await this.toys.list(tenantId) };
  }

  @Reads(TOY, Toy, 'Read a toy')
  async get(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Toy | undefined> {
    return answerCurrent(request, reply, await this.read(tenant, id, request, reply));
  }

  @Cancels(TOY, Toy)
  cancel(@Tenant() { tenantId }: TenantContext, @Param('id') id: string): Promise<Toy> {
    return this.operations.cancel(TOY, tenantId, id);
  }

  private read(tenant: TenantContext, id: string, request: FastifyRequest, reply: FastifyReply): Promise<Toy> {
    const { tenantId } = tenant;
    return this.polls.read(tenant, request, reply, {
      now: () => this.operations.get<Toy>(TOY, tenantId, id),
      within: (seconds, gone) => this.operations.wait<Toy>(TOY, tenantId, id, seconds, gone),
    });
  }
}

@Module({})
class ToysModule {}

/** The module with its table, for an application that it joins. */
export const toys = {
  modules: (config: Config): DynamicModule[] => [
    {
      module: ToysModule,
      controllers: [ToysController],
      providers: [ToysService, workerOf(config, 'toys' as QueueName, ToyProcessor)],
    },
  ],
  tables: (adminUrl: string) => rowsOf(adminUrl, TOY_TABLE),
};
