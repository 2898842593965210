import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Config } from '../../../config.js';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Public } from '../../tenants/tenant.decorator.js';
import { HealthService } from '../health/health.service.js';

const OptimizerHealth = z
  .object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    service: z.literal('shopping-optimizer'),
    environment: z.string(),
  })
  .meta({ id: 'OptimizerHealth' });
type OptimizerHealth = z.infer<typeof OptimizerHealth>;

/** Health as callers of the former shopping optimizer read it. */
@ApiTags('former interfaces')
@Controller('api/optimizer/health')
@Public()
export class OptimizerHealthController {
  constructor(
    private readonly health: HealthService,
    private readonly config: Config,
  ) {}

  @Get()
  @Named('optimizerHealth', 'Whether the product works, in the words of the former shopping optimizer')
  @Answers({ 200: OptimizerHealth, 503: OptimizerHealth }, [429])
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<OptimizerHealth> {
    const { status } = await this.health.detailed();
    if (status === 'unhealthy') reply.status(503);
    return { status, service: 'shopping-optimizer', environment: this.config.values.LOOPGPT_ENV };
  }
}
