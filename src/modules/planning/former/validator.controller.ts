import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Describes } from '../../../platform/http/answers.decorator.js';
import { Scopes } from '../../tenants/tenant.decorator.js';
import { CheckPlan, PlanCheck } from '../checking/check.dto.js';
import { CheckingService } from '../checking/checking.service.js';

/** As the former plan engine was called: unknown fields are ignored. */
const ValidatePlan = z.object(CheckPlan.shape).meta({ id: 'ValidatePlan' });
type ValidatePlan = z.infer<typeof ValidatePlan>;

const Validated = z
  .object({
    valid: z.boolean(),
    /** One sentence for each rule that is broken. */
    errors: z.array(z.string()),
    warnings: z.array(z.string()),
    check: PlanCheck,
  })
  .meta({ id: 'ValidatedPlan' });

@ApiTags('former interfaces')
@Controller('functions/v1')
export class ValidatorController {
  constructor(private readonly checking: CheckingService) {}

  @Post('nutrition-validator')
  @HttpCode(200)
  @Scopes('plans:read')
  @Describes('validatePlan', 'Prove a plan as callers of the former engine ask', { 200: Validated }, [413, 415, 422])
  validate(@Body({ schema: ValidatePlan }) plan: ValidatePlan): z.infer<typeof Validated> {
    const check = this.checking.check(plan);
    const errors = check.proof.violations.map(({ date, personId, detail }) =>
      [date, personId, detail].filter((part) => part !== null).join(' '),
    );
    return { valid: check.isMet, errors, warnings: check.notices.map(({ sentence }) => sentence), check };
  }
}
