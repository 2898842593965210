import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { NotOptimized, OptimizeBody, Optimized } from './optimize.dto.js';
import { OptimizingService } from './optimizing.service.js';

@ApiTags('former interfaces')
@Controller('api/optimize')
@Scopes('routes:read')
export class OptimizeController {
  constructor(private readonly optimizing: OptimizingService) {}

  @Post()
  @Named('optimizeShopping', 'What to buy of what is reduced nearby, and what to cook from it')
  @Answers({ 200: Optimized, 400: NotOptimized, 500: NotOptimized }, [401, 403, 413, 415, 429, 503])
  async optimize(
    @Tenant() { tenantId }: TenantContext,
    @Body({ schema: OptimizeBody }) body: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Optimized | NotOptimized> {
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    const { status, answer } = await this.optimizing.optimize(tenantId, body, { ...asked(request), gone: gone.signal });
    reply.status(status);
    return answer;
  }
}

const asked = ({ id, headers }: FastifyRequest) => ({
  correlationId: id,
  language: headers['accept-language']?.toLowerCase().startsWith('da') ? ('da' as const) : ('en' as const),
});
