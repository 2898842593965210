import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Public } from '../../tenants/tenant.decorator.js';
import { Healthy, PricingHealth } from './doors.dto.js';
import { DoorsService } from './doors.service.js';

/** Health as users of the former grocery agent read it. */
@ApiTags('former interfaces')
@Controller('api')
@Public()
export class HealthDoorsController {
  constructor(private readonly doors: DoorsService) {}

  @Get('health')
  @Named('formerHealth', 'Whether the history answers')
  @Answers({ 200: Healthy }, [429])
  async health(): Promise<z.infer<typeof Healthy>> {
    return { status: await this.doors.health() };
  }

  @Get('pricing/health')
  @Named('formerPricingHealth', 'Whether prices can be told')
  @Answers({ 200: PricingHealth }, [429])
  async pricing(): Promise<z.infer<typeof PricingHealth>> {
    return { service: 'pricing', status: await this.doors.health() };
  }
}
