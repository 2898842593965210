import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { LongPolls } from '../../tenants/long-polls.service.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { OWN_USER, PLAN_STATUSES, UserReference } from '../planning.dto.js';
import { PlanResource } from '../plan.dto.js';
import { PlanningService } from '../planning.service.js';

/** The call that users of the former plan engine make. Tolerant where they are: unknown fields are ignored. */
const Generate = z
  .object({ force_regenerate: z.boolean().default(false), user: UserReference.default(OWN_USER) })
  .meta({ id: 'GeneratePlan' });
type Generate = z.infer<typeof Generate>;

const Generated = z
  .object({
    plan_id: z.string(),
    status: z.enum(PLAN_STATUSES),
    /** The plan that was there already, for it still holds. */
    cached: z.boolean(),
    plan: PlanResource,
  })
  .meta({ id: 'GeneratedPlan' });

@ApiTags('former interfaces')
@Controller('functions/v1')
export class GeneratorController {
  constructor(
    private readonly planning: PlanningService,
    private readonly polls: LongPolls,
  ) {}

  @Post('plan-generator')
  @Scopes('plans:write')
  @Named('generatePlan', 'Plan by the stored intake and wait for it')
  @Answers({ 200: Generated }, [400, 401, 403, 404, 413, 415, 422, 429, 503])
  async generate(
    @Tenant() tenant: TenantContext,
    @Body({ schema: Generate }) { force_regenerate, user }: Generate,
    @Req() request: FastifyRequest,
  ): Promise<z.infer<typeof Generated>> {
    const traceparent = request.headers.traceparent as string | undefined;
    const { plan, cached } = await this.polls.hold(tenant, request, (gone) =>
      this.planning.generate(tenant, user, { isForced: force_regenerate, traceparent, gone }),
    );
    return { plan_id: plan.id, status: plan.status, cached, plan };
  }
}
