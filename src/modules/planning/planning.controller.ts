import { Body, Controller, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Config } from '../../config.js';
import { Cancels, Creates, Lists, Reads } from '../../operations/doors.js';
import { idempotencyKeyOf } from '../../platform/http/idempotency-key.js';
import { AlsoAs, answerText, preferredType } from '../../platform/http/representations.js';
import { answerAccepted, answerCurrent } from '../../platform/http/submitted.js';
import { LongPolls } from '../tenants/long-polls.service.js';
import type { TenantContext } from '../tenants/scopes.js';
import { Tenant } from '../tenants/tenant.decorator.js';
import { PLAN_AS } from './library.token.js';
import { PLAN_TYPES, PlanList, PlanResource, PlanOutlook } from './plan.dto.js';
import { CreatePlan, CreatePlanOptions, ListPlans } from './planning.dto.js';
import { PlanningService, type Quota } from './planning.service.js';
import type { PlanAs } from './reading/plan-page.js';

/** With `validateOnly`, 200 and no plan. */
const MADE = { 200: z.union([PlanResource, PlanOutlook]), 202: PlanResource };
const READ =
  'Read a plan with its recipes and proof; with Prefer: wait=n, once it is closed. By Accept as Markdown, to print, or as a calendar';

@ApiTags('plans')
@Controller('v1/plans')
export class PlanningController {
  constructor(
    private readonly planning: PlanningService,
    private readonly config: Config,
    private readonly polls: LongPolls,
    @Inject(PLAN_AS) private readonly planAs: PlanAs,
  ) {}

  @Creates('plan', 'Plan meals: propose, repair, prove, tell', MADE, [404])
  async create(
    @Tenant() tenant: TenantContext,
    @Body({ schema: CreatePlan }) body: CreatePlan,
    @Query({ schema: CreatePlanOptions }) options: CreatePlanOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanResource | PlanOutlook> {
    const { headers } = request;
    const key = idempotencyKeyOf(headers['idempotency-key'], this.config.requireIdempotencyKey);
    if (options.validateOnly === 'true') {
      reply.status(200);
      return this.planning.validate(tenant, body);
    }
    const traceparent = headers.traceparent as string | undefined;
    const told = (quota: Quota) => tellPlanQuota(reply, quota);
    const accepted = await this.planning.request(tenant, body, key, traceparent, told);
    const resource = await this.read(tenant, accepted.id, request, reply, accepted.plan);
    return answerAccepted(reply, { resource, replayed: accepted.replayed, root: '/v1/plans' });
  }

  @Lists('plan', PlanList)
  list(@Tenant() tenant: TenantContext, @Query({ schema: ListPlans }) query: ListPlans): Promise<PlanList> {
    return this.planning.list(tenant.tenantId, query);
  }

  @AlsoAs(...PLAN_TYPES)
  @Reads('plan', PlanResource, READ)
  async get(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanResource | string | undefined> {
    const plan = await this.read(tenant, id, request, reply);
    const type = preferredType(request.headers.accept, PLAN_TYPES);
    if (type !== null) return answerText(request, reply, this.planAs(type, plan));
    reply.header('Vary', 'Accept');
    return answerCurrent(request, reply, plan);
  }

  @Cancels('plan', PlanResource)
  cancel(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<PlanResource> {
    return this.planning.cancel(tenant.tenantId, id);
  }

  private read(
    tenant: TenantContext,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    made: PlanResource | null = null,
  ): Promise<PlanResource> {
    const { tenantId } = tenant;
    return this.polls.read(tenant, request, reply, {
      now: async () => made ?? this.planning.get(tenantId, id),
      within: (seconds, gone) => this.planning.wait(tenantId, id, seconds, gone),
    });
  }
}

const HOUR_SECONDS = 3600;

/** Beside the tenant's requests, a policy of its own: draft-ietf-httpapi-ratelimit-headers-10. */
function tellPlanQuota(reply: FastifyReply, { quota, remaining, resetSeconds }: Quota): void {
  const also = (name: string, item: string) => {
    const told = reply.getHeader(name);
    reply.header(name, told === undefined ? item : `${String(told)}, ${item}`);
  };
  also('RateLimit-Policy', `"plans";q=${quota};w=${HOUR_SECONDS}`);
  also('RateLimit', `"plans";r=${remaining};t=${Math.max(1, resetSeconds)}`);
}
