import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Public } from '../../tenants/tenant.decorator.js';
import { GatewayService } from './gateway.service.js';

const GatewayHealth = z
  .object({
    service: z.literal('live'),
    status: z.literal('healthy'),
    connections: z.int().describe('of this process'),
    path: z.literal('/ws/walmart'),
  })
  .meta({ id: 'GatewayHealth' });
type GatewayHealth = z.infer<typeof GatewayHealth>;

/** Health as callers of the former live gateway read it. */
@ApiTags('former interfaces')
@Controller('api/live/health')
@Public()
export class GatewayHealthController {
  constructor(private readonly gateway: GatewayService) {}

  @Get()
  @Named('formerGatewayHealth', 'Whether the former live gateway answers, and for how many')
  @Answers({ 200: GatewayHealth }, [429])
  read(): GatewayHealth {
    return { service: 'live', status: 'healthy', connections: this.gateway.size, path: '/ws/walmart' };
  }
}
