import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Describes } from '../../../platform/http/answers.decorator.js';
import { Scopes } from '../../tenants/tenant.decorator.js';
import { CheckPlan, PlanCheck } from './check.dto.js';
import { CheckingService } from './checking.service.js';

@ApiTags('plans')
@Controller('v1/plans')
export class CheckingController {
  constructor(private readonly checking: CheckingService) {}

  @Post('check')
  @HttpCode(200)
  @Scopes('plans:read')
  @Describes(
    'checkPlan',
    'Prove a plan that somebody else made: recipes, or foods in grams or household measures',
    { 200: PlanCheck },
    [413, 415, 422],
  )
  check(@Body({ schema: CheckPlan }) plan: CheckPlan): PlanCheck {
    return this.checking.check(plan);
  }
}
