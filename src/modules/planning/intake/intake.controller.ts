import { Body, Controller, Delete, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { Intake, OWN_USER, UserReference } from '../planning.dto.js';
import { IntakeService } from './intake.service.js';

const WhoseIntake = z.strictObject({ user: UserReference.default(OWN_USER) });
type WhoseIntake = z.infer<typeof WhoseIntake>;

@ApiTags('plans')
@Controller('v1/intake')
export class IntakeController {
  constructor(private readonly intakes: IntakeService) {}

  @Put()
  @Scopes('plans:write')
  @Named('putIntake', 'Store what is known of a household, for plans that name its user')
  @Answers({ 200: Intake }, [400, 401, 403, 413, 415, 422, 429, 503])
  put(
    @Tenant() { tenantId }: TenantContext,
    @Query({ schema: WhoseIntake }) { user }: WhoseIntake,
    @Body({ schema: Intake }) intake: Intake,
  ): Promise<Intake> {
    return this.intakes.store(tenantId, user, intake);
  }

  @Get()
  @Scopes('plans:read')
  @Named('getIntake', 'Read what is stored of a household')
  @Answers({ 200: Intake }, [400, 401, 403, 404, 429, 503])
  get(@Tenant() { tenantId }: TenantContext, @Query({ schema: WhoseIntake }) { user }: WhoseIntake): Promise<Intake> {
    return this.intakes.get(tenantId, user);
  }

  @Delete()
  @Scopes('plans:write')
  @Named('deleteIntake', 'Forget what is stored of a household')
  @Answers({ 204: null }, [400, 401, 403, 429, 503])
  async forget(
    @Tenant() { tenantId }: TenantContext,
    @Query({ schema: WhoseIntake }) { user }: WhoseIntake,
  ): Promise<void> {
    await this.intakes.forget(tenantId, user);
  }
}
