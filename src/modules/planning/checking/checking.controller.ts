import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Describes } from '../../../platform/http/answers.decorator.js';
import { Scopes } from '../../tenants/tenant.decorator.js';
import { CheckPlan, PlanCheck } from './check.dto.js';
import { CheckingService } from './checking.service.js';

const CHECK = 'Prove a plan that somebody else made: recipes, or foods in grams or household measures';

@ApiTags('plans')
@Controller('v1/plans')
export class CheckingController {
  constructor(private readonly checking: CheckingService) {}

  @Post('check')
  @Scopes('plans:read')
  @Describes('checkPlan', CHECK, { 200: PlanCheck }, [413, 415, 422])
  check(@Body({ schema: CheckPlan }) plan: CheckPlan): PlanCheck {
    return this.checking.check(plan);
  }
}
